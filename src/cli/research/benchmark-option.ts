import { basename } from 'node:path';
import type { Command } from 'commander';
import type { SweepSubject } from '#backtest/sweep/sweep.ts';
import type { BarInterval } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import { daysOnly } from '#store/bar-reading.ts';
import { readBarFiles } from '#store/read-bar-files.ts';
import { readsIndex, type IndexCloses } from '#strategy/rules/index-closes.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import { krxCalendar, loadBars } from '../bars/backtest-bars.ts';
import { wrongOption } from './research-options.ts';
import { isListingCode } from '../bars/stored-bars.ts';

/** `--benchmark`. */
export function addBenchmark(command: Command): Command {
  return command.option(
    '--benchmark <code or file>',
    say(
      'beta와 alpha가 견줄 지수: 069500 같은 코드나 일봉 파일',
      'the index that beta and alpha compare with: a code such as 069500, or a file of its days',
    ),
  );
}

/**
 * The closes of the index that `--benchmark` names: a code among the run's bars, or a CSV or Parquet file of its own, which
 * may lack a code, volumes and whole numbers, as files of indices do.
 *
 * @param place what reads it: rules, and the bars they decide on, which must be days since the index's close of a day is not
 *   known within it
 * @returns undefined when the option is left out
 * @throws {FixConfiguration} `cli.option`, the codes of `loadBars` and of `readBarFiles`
 */
export async function benchmarkOf(
  text: string | undefined,
  {
    program,
    bars,
    interval,
  }: {
    readonly program: RuleProgram | null;
    readonly bars: string | undefined;
    readonly interval: BarInterval;
  },
): Promise<IndexCloses | undefined> {
  if (text === undefined) return undefined;
  if (program === null || !readsIndex(program)) throw nobodyReads();
  if (interval === '1m') throw noMinutes();
  return isListingCode(text) ? ofCode(text, bars) : closesIn(text);
}

/** A search's or a validation's subject with its index; as it is when there is none. @throws {FixConfiguration} as `benchmarkOf` */
export async function withBenchmark(
  subject: SweepSubject,
  options: { readonly benchmark?: string; readonly bars?: string },
  interval: BarInterval,
): Promise<SweepSubject> {
  const program = subject.kind === 'program' ? subject.program : null;
  const index = await benchmarkOf(options.benchmark, { program, bars: options.bars, interval });
  return index === undefined || subject.kind !== 'program' ? subject : { ...subject, index };
}

async function ofCode(symbol: string, bars: string | undefined): Promise<IndexCloses> {
  const { series } = await loadBars([symbol], bars);
  return { dates: series.flatMap(({ date }) => [...date]), closes: series.flatMap(({ close }) => [...close]) };
}

/** Of a file with one index. @throws {FixConfiguration} `cli.option` when it holds several, the codes of `readBarFiles` */
async function closesIn(file: string): Promise<IndexCloses> {
  const read = await readBarFiles(file, krxCalendar, { ...daysOnly, looking: { symbol: '000000' } });
  const [first, ...others] = read.series;
  if (first === undefined || others.length > 0) {
    throw wrongOption('--benchmark', basename(file), say('지수 하나의 일봉 파일', 'a file with the days of one index'));
  }
  return { dates: [...first.series.date], closes: [...first.series.close] };
}

function nobodyReads(): FixConfiguration {
  return new FixConfiguration(
    'cli.option',
    say(
      '--benchmark는 beta나 alpha를 쓰는 .kis.yaml과 조건식에만 쓸 수 있어요. --benchmark를 빼 주세요.',
      'Cannot use --benchmark: it is for rules with beta or alpha, and this strategy has neither; leave it out.',
    ),
  );
}

function noMinutes(): FixConfiguration {
  return new FixConfiguration(
    'cli.option',
    say(
      '--benchmark는 일봉에만 쓸 수 있어요. 지수의 그날 종가는 장중에 알 수 없어요.',
      'Cannot use --benchmark over minutes: the close of the index is not known within its day; wanted day bars.',
    ),
  );
}
