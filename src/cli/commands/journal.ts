import { Command } from 'commander';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { FixConfiguration } from '#domain/errors.ts';
import { verifyJournal } from '#journal/verify-journal.ts';
import { modeFolder } from '../home.ts';
import { say } from '../language.ts';
import { printJson } from '../terminal/json.ts';

/** `snowball journal verify`: reads the whole record and checks the chain; works with everything else stopped. */
export function journalCommand(): Command {
  const journal = new Command('journal').description(say('기록을 확인해요.', 'Check the record.'));
  journal
    .command('verify')
    .description(
      say('기록이 한 글자도 바뀌지 않았는지 확인해요.', 'Check that not one byte of the record was changed.'),
    )
    .option('--file <path>', say('기록 파일', 'the journal file'), join(modeFolder('trial'), 'gateway', 'journal'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action((options: { file: string; json?: boolean }) => verify(options.file, options.json === true));
  return journal;
}

function verify(file: string, isJson: boolean): void {
  if (!existsSync(file)) {
    const korean = `기록 파일이 없어요: "${file}". 먼저 npm start로 시작하거나 --file로 알려 주세요.`;
    const english = `There is no journal at "${file}": run npm start first, or name one with --file.`;
    throw new FixConfiguration('journal.not-found', say(korean, english));
  }
  const verdict = verifyJournal(file);
  if (verdict.kind === 'broken') process.exitCode = 1;
  if (isJson) return printJson(verdict);
  const text =
    verdict.kind === 'intact'
      ? say(
          `기록 ${verdict.records}개가 온전해요. 머리 ${verdict.head.hash}`,
          `${verdict.records} records are intact. Head ${verdict.head.hash}`,
        )
      : say(
          `기록 ${verdict.sequence}번이 바뀌었어요. 파일을 그대로 두고 사본과 견줘 주세요.`,
          `Record ${verdict.sequence} was changed: ${verdict.reason}`,
        );
  process.stdout.write(`${text}\n`);
}
