import { Help, type Command, type HelpConfiguration } from 'commander';
import { say } from '#link/language.ts';

const koreanTitles: Readonly<Record<string, string>> = {
  'Usage:': '쓰는 법:',
  'Arguments:': '값:',
  'Options:': '옵션:',
  'Commands:': '명령:',
};

/** Help in the terminal's language; the empty list that a repeatable option begins with is no default worth a word. */
export function prepareHelp(command: Command): Command {
  command.configureHelp(wording).helpOption('-h, --help', say('쓰는 법을 보여줘요', 'display help for command'));
  if (command.commands.length > 0)
    command.helpCommand('help [command]', say('명령의 쓰는 법', 'display help for command'));
  return command;
}

const plain = new Help();

const wording: HelpConfiguration = {
  styleTitle: (title) => say(koreanTitles[title] ?? title, title),
  optionDescription(option) {
    const isEmptyList = Array.isArray(option.defaultValue) && option.defaultValue.length === 0;
    return isEmptyList ? option.description : plain.optionDescription(option);
  },
};
