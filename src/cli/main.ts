import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { SnowballError } from '#domain/errors.ts';
import { CsvProblem } from '#store/csv/csv-problem.ts';
import { koreanOfCsv } from './bars/csv-sentence.ts';
import { koreanAnswers } from './house/answer-sentences.ts';
import { commandSentence } from './terminal/command-sentence.ts';
import { commands } from './commands.ts';
import { say } from '#link/language.ts';
import { prepareHelp } from './terminal/help-words.ts';

/**
 * `snowball …`: one file a command; a wrong option, file or value ends with one sentence and the fix. Only what was asked
 * for is loaded: a halt waits for no back-test engine.
 */
const { [process.argv[2] ?? '']: asked, ...others } = commands;
const loaded = await Promise.all((asked === undefined ? Object.values(others) : [asked]).map((load) => load()));

const program = new Command('snowball')
  .description(
    say('한 사람이 자기 증권 계좌를 안전하게 굴리는 도구예요.', 'Trade and watch your own brokerage account, safely.'),
  )
  .version(version(), '-V, --version', say('버전을 보여줘요', 'show the version'))
  .showHelpAfterError(false);
/** The command whose words could not be read. */
let misread = 'snowball';

for (const command of loaded) program.addCommand(command());
prepare(program, 'snowball');

// A reader such as `head` that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error);
}

function version(): string {
  const text: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof text === 'object' && text !== null && 'version' in text ? String(text.version) : 'unknown';
}

/** Commander must throw instead of ending the process under us, and leave the sentence to us. */
function prepare(command: Command, path: string): void {
  prepareHelp(command)
    .exitOverride()
    .configureOutput({ outputError: () => void (misread = path) });
  for (const child of command.commands) prepare(child, `${path} ${child.name()}`);
}

/** One sentence on the terminal; the stack only when SNOWBALL_DEBUG asks for it. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    const isSaid = error.code.startsWith('commander.help') || error.code === 'commander.version';
    if (!isSaid) process.stderr.write(`${commandSentence(error, misread)}\n`);
    return error.exitCode;
  }
  process.stderr.write(`${sentenceOf(error)}\n`);
  if (process.env['SNOWBALL_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return 1;
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof SnowballError)) return error instanceof Error ? error.message : String(error);
  const korean = error instanceof CsvProblem ? koreanOfCsv(error) : koreanAnswers[error.code];
  return `${say(korean ?? error.message, error.message)} [${error.code}]`;
}
