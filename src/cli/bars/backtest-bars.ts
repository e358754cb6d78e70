import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { plainDate } from '#domain/trading-date.ts';
import { tradingDay } from '#markets/calendar.ts';
import { openBarStore, type NamedSeries } from '#store/bar-store.ts';
import type { ImportedFile } from '#store/csv/csv-import.ts';
import type { BarStamp } from '#store/minutes/bar-stamps.ts';
import { readBarFiles } from '#store/read-bar-files.ts';
import { homeFolder } from '../house/home.ts';
import { krxMinutes } from './krx-minutes.ts';
import { say } from '#link/language.ts';
import { stampNote } from './stamp-note.ts';

export interface BacktestBars {
  /** In the order of the symbols asked for. */
  readonly series: readonly BarSeries[];
  readonly names: ReadonlyMap<string, string>;
  /** What reading files found out about each instrument; empty for bars of the store. */
  readonly files: readonly ImportedFile[];
}

/** Where `snowball data import` keeps bars and every backtest finds them. */
export function barStoreFile(): string {
  return join(homeFolder(), 'store', 'bars.sqlite');
}

/** KRX's calendar for the store, which knows none. */
export function krxCalendar(date: number): 'open' | 'closed' | 'unknown' {
  return tradingDay(plainDate(date)).kind;
}

export interface BarWish {
  /** Days when left out. */
  readonly interval?: BarInterval;
  /** What the times of minute bars in files are; looked for in the file when left out, and the start where that is not clear. */
  readonly stamp?: BarStamp;
}

/**
 * Bars of `symbols` from CSV or Parquet at `path` or, when it is undefined, from the store.
 *
 * @throws {FixConfiguration} `backtest.no-bars` naming the first symbol without bars, and whether there are others of it;
 *   the codes of `readBarFiles`
 */
export async function loadBars(
  symbols: readonly string[],
  path: string | undefined,
  wish: BarWish = {},
): Promise<BacktestBars> {
  const interval = wish.interval ?? '1d';
  return path === undefined ? fromStore(symbols, interval) : fromFiles(symbols, path, { interval, stamp: wish.stamp });
}

function fromStore(symbols: readonly string[], interval: BarInterval): BacktestBars {
  const file = barStoreFile();
  if (!existsSync(file))
    throw noBars(symbols[0] ?? '', say('아직 가져온 봉이 없어요', 'no bars have been imported yet'), interval);
  const store = openBarStore(file);
  try {
    const datasets = store.datasets();
    const names = new Map(datasets.map((dataset) => [dataset.symbol, dataset.name]));
    const series = symbols.map((symbol) => {
      const found = store.series(symbol, interval, 0, 99_999_999);
      if (found !== null) return found;
      const isOther = datasets.some((dataset) => dataset.symbol === symbol);
      throw isOther
        ? otherBars(symbol, say('저장소', 'the store'), interval)
        : noBars(symbol, say('저장소에 없어요', 'the store has none'), interval);
    });
    return { series, names, files: [] };
  } finally {
    store.close();
  }
}

interface FileWish {
  readonly interval: BarInterval;
  readonly stamp: BarStamp | undefined;
}

async function fromFiles(symbols: readonly string[], path: string, wish: FileWish): Promise<BacktestBars> {
  const { interval } = wish;
  const own = ownPaths(symbols, path);
  let read = await readPaths(own ?? [path], wish);
  // Beside files named after the codes there may be others with the wanted bars.
  const isMissing = symbols.some((symbol) => !read.some((one) => one.file.symbol === symbol && isOf(one, interval)));
  if (isMissing && own !== null) read = await readPaths([path], wish);
  const found = new Map(read.filter((one) => isOf(one, interval)).map((one) => [one.file.symbol, one]));
  const series = symbols.map((symbol) => {
    const one = found.get(symbol);
    if (one !== undefined) return one.series.series;
    const isOther = read.some(({ file }) => file.symbol === symbol);
    throw isOther
      ? otherBars(symbol, `"${path}"`, interval)
      : noBars(symbol, say(`"${path}"에 없어요`, `"${path}" has none`), interval);
  });
  const files = [...found.values()].map(({ file }) => file).filter((file) => symbols.includes(file.symbol));
  tellStamps(files);
  return { series, names: new Map([...found].map(([symbol, one]) => [symbol, one.series.name])), files };
}

interface ReadSeries {
  readonly series: NamedSeries;
  readonly file: ImportedFile;
}

function isOf({ file }: ReadSeries, interval: BarInterval): boolean {
  return file.interval === interval;
}

async function readPaths(paths: readonly string[], { interval, stamp }: FileWish): Promise<readonly ReadSeries[]> {
  const read: ReadSeries[] = [];
  for (const path of paths) {
    const { series, files } = await readBarFiles(path, krxCalendar, {
      interval: 'detect',
      intervalIfUnclear: interval,
      stamp: stamp ?? 'detect',
      stampIfUnclear: 'start',
      sessions: krxMinutes,
    });
    for (const [index, file] of files.entries()) {
      const one = series[index];
      if (one !== undefined) read.push({ series: one, file });
    }
  }
  return read;
}

/**
 * Of a folder with one file a code only the files that are asked for, Parquet before CSV as in an import; null for a file
 * or any other folder.
 */
function ownPaths(symbols: readonly string[], path: string): readonly string[] | null {
  for (const ending of ['parquet', 'csv']) {
    const own = symbols.map((symbol) => join(path, `${symbol}.${ending}`));
    if (own.every((file) => existsSync(file))) return own;
  }
  return null;
}

/** Starts that were found are what everybody expects; anything else is said. */
function tellStamps(files: readonly ImportedFile[]): void {
  for (const { symbol, stamp } of files) {
    const note = stamp === undefined ? null : stampNote(stamp);
    if (note !== null) process.stderr.write(`${symbol}: ${note}\n`);
  }
}

function otherBars(symbol: string, place: string, interval: BarInterval): FixConfiguration {
  const isMinute = interval === '1m';
  return new FixConfiguration(
    'backtest.no-bars',
    isMinute
      ? say(
          `분봉이 필요한데 ${place}에는 ${symbol}의 일봉만 있어요. 분봉을 "snowball data import <csv|폴더>"로 가져오거나, 일봉으로 판단하는 전략은 --interval 1m을 빼 주세요.`,
          `Minute bars are wanted, but ${place} has only day bars of ${symbol}: import its minutes with "snowball data import <csv|folder>", or leave --interval 1m out where the strategy can decide on days.`,
        )
      : say(
          `일봉이 필요한데 ${place}에는 ${symbol}의 분봉만 있어요. 분봉으로 판단하려면 --interval 1m을 더하고, 아니면 일봉을 가져와 주세요.`,
          `Day bars are wanted, but ${place} has only minute bars of ${symbol}: add --interval 1m to decide on minutes, or import its days.`,
        ),
  );
}

function noBars(symbol: string, found: string, interval: BarInterval): FixConfiguration {
  const [korean, english] = interval === '1m' ? ['분봉', 'minute'] : ['일봉', 'daily'];
  return new FixConfiguration(
    'backtest.no-bars',
    say(
      `${symbol}의 ${korean}이 없어요: ${found}. --bars로 CSV나 Parquet을 고르거나, "snowball data import <csv|폴더>"로 먼저 가져와 주세요.`,
      `No ${english} bars of ${symbol}: ${found}. Name a CSV or Parquet file with --bars, or import one first with "snowball data import <csv|folder>".`,
    ),
  );
}
