import type { CommanderError } from 'commander';
import { say } from '#link/language.ts';

/**
 * One sentence, and where to look, for a command line that cannot be read, in the terminal's language.
 *
 * @param error what the parser found; its own text is English and may take two lines
 * @param path the command so far, such as "snowball order buy"
 */
export function commandSentence(error: CommanderError, path: string): string {
  const [, found = ''] = /'(.*?)'/.exec(error.message) ?? [];
  const [, nearest] = /Did you mean (?:one of )?(.+?)\?\)/.exec(error.message) ?? [];
  const help = say(`"${path} --help"로 쓰는 법을 볼 수 있어요.`, `See "${path} --help".`);
  const hint = nearest === undefined ? help : say(`혹시 ${nearest}인가요?`, `Did you mean ${nearest}?`);
  switch (error.code) {
    case 'commander.unknownCommand':
      return say(`"${path}"에 "${found}" 명령이 없어요. ${hint}`, `"${path}" has no command "${found}". ${hint}`);
    case 'commander.unknownOption':
      return say(`"${path}"에 ${found} 옵션이 없어요. ${hint}`, `"${path}" has no option ${found}. ${hint}`);
    case 'commander.missingArgument':
      return say(`"${path}"에 <${found}> 값이 빠졌어요. ${help}`, `"${path}" lacks its <${found}>. ${help}`);
    case 'commander.missingMandatoryOptionValue':
      return say(`"${path}"에 ${found} 옵션이 빠졌어요. ${help}`, `"${path}" lacks the option ${found}. ${help}`);
    case 'commander.optionMissingArgument':
      return say(`${found} 옵션에 값이 빠졌어요. ${help}`, `The option ${found} lacks its value. ${help}`);
    case 'commander.excessArguments':
      return say(`"${path}"에 값이 너무 많아요. ${help}`, `"${path}" was given too many values. ${help}`);
    case 'commander.invalidArgument':
      return invalid(error.message) ?? `${error.message.replace(/^error: /, '')} ${help}`;
    default:
      return `${error.message.replace(/^error: /, '').replaceAll('\n', ' ')}. ${help}`;
  }
}

/** A value that is none of an option's choices. */
function invalid(text: string): string | null {
  const [, option, found, choices] =
    /option '(?:-\w, )?(--[\w-]+).*?' argument '(.*?)' is invalid\. Allowed choices are (.+?)\.$/s.exec(text) ?? [];
  if (option === undefined || found === undefined || choices === undefined) return null;
  const shown = found.slice(0, 60);
  return say(
    `${option} 값을 쓸 수 없어요: "${shown}". 쓸 수 있는 값: ${choices}.`,
    `Cannot use ${option} "${shown}": wanted one of ${choices}.`,
  );
}
