import { resolve } from 'node:path';
import { Command } from 'commander';
import { dayText } from '#backtest/report/report-numbers.ts';
import type { BarInterval } from '#domain/bar.ts';
import type { BarReading } from '#store/bar-reading.ts';
import type { StoredSeries } from '#store/bar-store.ts';
import type { ImportedFile, CsvImport } from '#store/csv/csv-import.ts';
import { readBarFiles } from '#store/read-bar-files.ts';
import { addStamp, intervalOf, stampOption } from '../backtest/run-bars.ts';
import { krxCalendar } from '../bars/backtest-bars.ts';
import { krxMinutes } from '../bars/krx-minutes.ts';
import { stampNote } from '../bars/stamp-note.ts';
import { say } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';
import { counted, numberText } from '../terminal/numbers.ts';
import { progressLine } from '../terminal/progress.ts';
import { leanTableLines } from '../terminal/lean-table.ts';
import { tableLines } from '../terminal/table.ts';
import { cutText } from '../terminal/text-width.ts';
import { withBarStore, withStoredBars } from '../bars/stored-bars.ts';
import { adjustCommand } from './data-adjust.ts';
import { checkCommand } from './data-check.ts';
import { exportCommand } from './data-export.ts';
import { screenCommand } from './data-screen.ts';
import { instrumentsCommand } from './data-instruments.ts';

interface Options {
  readonly json?: boolean;
}

interface ImportOptions extends Options {
  readonly interval?: string;
  readonly stamp?: string;
}

const json = ['--json', say('JSON으로 출력', 'print JSON')] as const;

/** `snowball data …`: bars of days and minutes between files and the store, what is wrong with them, and who fulfils a condition. */
export function dataCommand(): Command {
  const data = new Command('data').description(
    say(
      '일봉과 분봉을 가져오고, 확인하고, 꺼내고, 골라요.',
      'Import, check, export and screen bars of days and minutes.',
    ),
  );
  const bringIn = data
    .command('import')
    .description(
      say(
        '일봉·분봉 CSV나 Parquet을 저장소에 넣어요.',
        'Put bars of days or minutes from CSV or Parquet into the store.',
      ),
    )
    .argument('<path>', say('CSV나 Parquet 파일, 또는 폴더', 'CSV or Parquet file, or a folder of them'))
    .option('--interval <bars>', say('1d나 1m (없으면 파일을 보고 알아내요)', '1d or 1m (default: told by the file)'));
  addStamp(bringIn)
    .option(...json)
    .action((path: string, options: ImportOptions) => importBars(path, options));
  data
    .command('list')
    .description(say('저장소에 있는 봉을 보여줘요.', 'Show what the store holds.'))
    .option(...json)
    .action((options: Options) => listBars(options));
  data.addCommand(exportCommand());
  data.addCommand(checkCommand());
  data.addCommand(adjustCommand());
  data.addCommand(screenCommand());
  data.addCommand(instrumentsCommand());
  return data;
}

/** Everything is read and checked before the store is opened, and goes in as one transaction. */
async function importBars(path: string, options: ImportOptions): Promise<void> {
  const stamp = stampOption(options.stamp);
  const progress = progressLine(say('읽는 중', 'reading'));
  const reading: BarReading = {
    interval: intervalOf(options.interval) ?? 'detect',
    stamp: stamp ?? 'detect',
    sessions: krxMinutes,
    onProgress: progress.show,
  };
  const read = await readBarFiles(path, krxCalendar, reading);
  progress.end();
  storeBars(read, path, options);
}

function storeBars(read: CsvImport, path: string, options: Options): void {
  const stored = withBarStore((store) => store.importSeries(read.series, { source: resolve(path) }));
  const report = read.files.map((file, index) => ({ ...file, ...stored[index] }));
  if (options.json === true) {
    printJson(report);
    return;
  }
  process.stdout.write(`${importLines(read.files, stored).join('\n')}\n`);
}

function importLines(files: readonly ImportedFile[], stored: readonly StoredSeries[]): readonly string[] {
  const rows = files.map((file, index) => [
    file.symbol,
    cutText(file.name, 15),
    file.interval,
    dayText(file.from),
    dayText(file.to),
    numberText(file.bars),
    numberText(stored[index]?.added ?? 0),
    numberText(stored[index]?.changed ?? 0),
    numberText(file.duplicates),
    numberText(file.gaps.reduce((sum, gap) => sum + gap.sessions, 0)),
    numberText(file.haltedDays),
  ]);
  const table = leanTableLines(
    [
      { head: say('코드', 'code'), align: 'left' },
      { head: say('종목', 'name'), align: 'left' },
      { head: say('봉', 'of'), align: 'left' },
      { head: say('첫날', 'from'), align: 'left' },
      { head: say('마지막 날', 'to'), align: 'left' },
      { head: say('개수', 'bars'), align: 'right' },
      { head: say('새로', 'new'), align: 'right' },
      { head: say('바뀜', 'changed'), align: 'right' },
      { head: say('겹침', 'repeated'), align: 'right' },
      { head: say('빠진 날', 'missing'), align: 'right' },
      { head: say('무거래', 'untraded'), align: 'right' },
    ],
    rows,
  );
  return [...table, ...files.flatMap((file) => notesOf(file))];
}

/** How people call the bars of an interval. */
function intervalText(interval: BarInterval): string {
  return interval === '1d' ? say('일', 'days') : say('1분', 'minutes');
}

function notesOf(file: ImportedFile): readonly string[] {
  const notes: string[] = [];
  if (file.encoding === 'CP949') notes.push(say('CP949로 읽었어요.', 'read as CP949'));
  const stamp = file.stamp === undefined ? null : stampNote(file.stamp);
  if (stamp !== null) notes.push(stamp);
  const known = file.gaps.filter((gap) => gap.isKnown).reduce((sum, gap) => sum + gap.sessions, 0);
  if (known > 0) {
    notes.push(
      say(
        `빠진 날 가운데 ${known}일은 1999년 전 공개 자료에 원래 없는 날이에요.`,
        `${known} of those missing are holes that public files have before 1999`,
      ),
    );
  }
  const gap = file.gaps.find((one) => !one.isKnown);
  if (gap !== undefined) {
    notes.push(
      say(
        `${dayText(gap.from, true)}부터 ${gap.sessions}거래일이 빠졌어요. 검증할 때 이 구간은 피해 주세요.`,
        `${counted(gap.sessions, 'session')} missing from ${dayText(gap.from, true)}: do not test across`,
      ),
    );
  }
  if (file.closedDays.length > 0) {
    const day = dayText(file.closedDays[0] ?? 0, true);
    notes.push(
      say(
        `휴장일에 봉이 ${file.closedDays.length}개 있어요. 처음은 ${day}이에요.`,
        `${file.closedDays.length} bars lie on days KRX was closed, the first on ${day}`,
      ),
    );
  }
  if (file.wasUnsorted) notes.push(say('시간 순서로 다시 놓았어요.', 'rows were put in order of time'));
  if (file.haltFilled > 0) {
    notes.push(
      say(
        `거래가 없던 봉 ${file.haltFilled}개의 시가·고가·저가 0을 종가로 채웠어요.`,
        `open, high and low of 0 in ${file.haltFilled} bars without trading were set to the close`,
      ),
    );
  }
  if (file.codesPadded > 0) {
    notes.push(say('코드 앞에서 사라진 0을 되살렸어요.', 'leading zeros of the code were put back'));
  }
  return notes.map((note) => `  ${file.symbol}: ${note}`);
}

function listBars(options: Options): void {
  const datasets = withStoredBars((store) => store.datasets()) ?? [];
  if (options.json === true) {
    printJson(datasets);
    return;
  }
  if (datasets.length === 0) {
    const empty = say(
      '저장소가 비어 있어요. "snowball data import <csv|폴더>"로 봉을 가져와 주세요.',
      'The store is empty: bring in bars with "snowball data import <csv|folder>".',
    );
    process.stdout.write(`${empty}\n`);
    return;
  }
  const lines = tableLines(
    [
      { head: say('코드', 'code'), align: 'left' },
      { head: say('종목', 'name'), align: 'left' },
      { head: say('봉', 'bars of'), align: 'left' },
      { head: say('첫날', 'from'), align: 'left' },
      { head: say('마지막 날', 'to'), align: 'left' },
      { head: say('개수', 'bars'), align: 'right' },
      { head: say('바이트', 'bytes'), align: 'right' },
    ],
    datasets.map((dataset) => [
      dataset.symbol,
      dataset.name,
      intervalText(dataset.interval),
      dayText(dataset.from, true),
      dayText(dataset.to, true),
      numberText(dataset.bars),
      numberText(dataset.bytes),
    ]),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}
