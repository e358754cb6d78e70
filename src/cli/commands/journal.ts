import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { checkHistory } from '#journal/check-history.ts';
import { exportJournal } from '#journal/export-journal.ts';
import { readHeadLine } from '#journal/head-line.ts';
import { scanJournal } from '#journal/scan.ts';
import type { JournalRecord } from '#journal/record.ts';
import { verifyJournal, type Intact, type Verification } from '#journal/verify-journal.ts';
import { modeFolder } from '../house/home.ts';
import { brokenText, exportText, historyText, intactText, keyText } from '../journal/journal-sentences.ts';
import { say } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';
import { writeResultFile } from '../terminal/write-file.ts';
import { progressLine } from '../terminal/progress.ts';
import { numberOfDay, rangeEnd } from '../journal/journal-range.ts';

interface Options {
  readonly file: string;
  readonly json?: boolean;
  readonly anchor?: string;
  readonly key?: string;
  readonly head?: string;
}

/** `snowball journal …`: reads the record, checks it, copies it out; works with everything else stopped. */
export function journalCommand(): Command {
  const journal = new Command('journal').description(say('기록을 확인해요.', 'Check the record.'));
  addVerify(journal);
  addKey(journal);
  addExport(journal);
  addHistory(journal);
  return journal;
}

function addVerify(journal: Command): void {
  subcommand(
    journal,
    'verify',
    '기록이 한 글자도 바뀌지 않았는지 확인해요.',
    'Check that not one byte of the record was changed.',
  )
    .option('--anchor <path>', say('바깥에 둔 머리 파일', 'the file of heads kept elsewhere'))
    .option('--head <line>', say('메시지로 받은 머리 줄', 'the head line that a message brought'))
    .option('--key <hex>', say('서명했어야 할 공개 키', 'the public key that must have signed'))
    .action((options: Options) => verify(options));
}

function addKey(journal: Command): void {
  subcommand(
    journal,
    'key',
    '기록에 서명하는 공개 키를 보여 줘요.',
    'Print the public key that signs the record.',
  ).action((options: Options) => {
    const { signed } = mustBeIntact(options);
    if (options.json === true) printJson({ keys: signed.keys });
    else process.stdout.write(keyText(signed));
    if (signed.keys.length === 0) process.exitCode = 1;
  });
}

function addExport(journal: Command): void {
  subcommand(journal, 'export', '기록을 JSON 줄로 내보내요.', 'Copy the record out as JSON lines.')
    .requiredOption('--jsonl <path>', say('쓸 파일', 'the file to write'))
    .option('--from <number|date>', say('첫 기록 번호나 날짜(2026-03-02)', 'first record: its number or day'))
    .option('--to <number|date>', say('마지막 기록 번호나 날짜', 'last record: its number or day'))
    .action((options: Options & { jsonl: string; from?: string; to?: string }) => {
      mustExist(options.file);
      const range = { from: rangeEnd('--from', options.from), to: rangeEnd('--to', options.to) };
      // An empty file first: whoever may not write there should hear it before the whole record is read.
      writeResultFile(options.jsonl, '');
      const exported = exportJournal(options.file, options.jsonl, range);
      if (options.json === true) printJson(exported);
      else process.stdout.write(exportText(exported, options.jsonl));
    });
}

function addHistory(journal: Command): void {
  const english = 'Prove from the record that no order was lost or doubled and that the shares add up.';
  subcommand(journal, 'history', '잃거나 두 번 낸 주문이 없는지, 주식 수가 맞는지 기록만으로 확인해요.', english)
    .option('--day <date>', say('그날만 (2026-03-02)', 'that day only (2026-03-02)'))
    .action((options: Options & { day?: string }) => {
      const { endsAt } = mustBeIntact(options);
      const report = checkHistory(records(options.file, endsAt), numberOfDay(options.day));
      if (report.violationCount > 0) process.exitCode = 1;
      if (options.json === true) printJson(report);
      else process.stdout.write(historyText(report));
    });
}

function subcommand(journal: Command, name: string, korean: string, english: string): Command {
  return journal
    .command(name)
    .description(say(korean, english))
    .option('--file <path>', say('기록 파일', 'the journal file'), join(modeFolder('trial'), 'gateway', 'journal'))
    .option('--json', say('JSON으로 출력', 'print JSON'));
}

function verify(options: Options): void {
  const verdict = checked(options);
  if (verdict.kind === 'broken') process.exitCode = 1;
  if (options.json === true) return printJson(verdict);
  process.stdout.write(verdict.kind === 'intact' ? intactText(verdict) : brokenText(verdict));
}

function mustBeIntact(options: Options): Intact {
  const verdict = checked(options);
  if (verdict.kind === 'intact') return verdict;
  throw new FixConfiguration('journal.changed', brokenText(verdict).trimEnd());
}

function checked({ file, anchor, key, head }: Options): Verification {
  mustExist(file);
  if (key !== undefined && !/^[0-9a-f]{64}$/.test(key)) {
    throw new FixConfiguration('cli.value', say('--key는 16진수 64자리예요.', '--key wants 64 hex digits.'));
  }
  if (anchor !== undefined && !existsSync(anchor)) {
    const korean = `머리 파일이 없어요: "${anchor}". 경로를 확인해 주세요.`;
    throw new FixConfiguration(
      'journal.anchor-missing',
      say(korean, `There is no anchor at "${anchor}": check the path.`),
    );
  }
  const progress = progressLine(say('기록 확인', 'Checking'));
  try {
    return verifyJournal(file, {
      ...(anchor === undefined ? {} : { anchorFile: anchor }),
      ...(key === undefined ? {} : { publicKey: key }),
      ...(head === undefined ? {} : { head: readHeadLine(head) }),
      onProgress: progress.show,
    });
  } finally {
    progress.end();
  }
}

function mustExist(file: string): void {
  if (existsSync(file)) return;
  const korean = `기록 파일이 없어요: "${file}". 먼저 npm start로 시작하거나 --file로 알려 주세요.`;
  const english = `There is no journal at "${file}": run npm start first, or name one with --file.`;
  throw new FixConfiguration('journal.not-found', say(korean, english));
}

function* records(file: string, endsAt: number): Iterable<JournalRecord> {
  for (const step of scanJournal(file, endsAt)) if (step.kind === 'record') yield step.record;
}
