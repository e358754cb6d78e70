import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { symbolOf } from '#domain/instrument.ts';
import { plainDate } from '#domain/trading-date.ts';
import { tradingDay } from '#markets/calendar.ts';
import { openBarStore, type NamedSeries } from '#store/bar-store.ts';
import { readCsvBars, type ImportedFile } from '#store/csv-import.ts';
import { homeFolder } from './home.ts';
import { say } from '#link/language.ts';

export interface BacktestBars {
  /** In the order of the symbols asked for. */
  readonly series: readonly BarSeries[];
  readonly names: ReadonlyMap<string, string>;
  /** What reading CSV found out about each instrument; empty for bars of the store. */
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

/**
 * Bars of `symbols`, daily ones unless minutes are asked for, from CSV at `path` or, when it is undefined, from the store.
 *
 * @throws {FixConfiguration} `backtest.no-bars` naming the first symbol without bars; the codes of `readCsvBars`
 */
export function loadBars(
  symbols: readonly string[],
  path: string | undefined,
  interval: BarInterval = '1d',
): BacktestBars {
  return path === undefined ? fromStore(symbols, interval) : fromCsv(symbols, path, interval);
}

function fromStore(symbols: readonly string[], interval: BarInterval): BacktestBars {
  const file = barStoreFile();
  if (!existsSync(file))
    throw noBars(symbols[0] ?? '', say('아직 가져온 봉이 없어요', 'no bars have been imported yet'), interval);
  const store = openBarStore(file);
  try {
    const names = new Map(store.datasets().map((dataset) => [dataset.symbol, dataset.name]));
    const series = symbols.map((symbol) => {
      const found = store.series(symbol, interval, 0, 99_999_999);
      if (found === null) throw noBars(symbol, say('저장소에 없어요', 'the store has none'), interval);
      return found;
    });
    return { series, names, files: [] };
  } finally {
    store.close();
  }
}

function fromCsv(symbols: readonly string[], path: string, interval: BarInterval): BacktestBars {
  const imports = csvPaths(symbols, path).map((one) => readCsvBars(one, krxCalendar, interval));
  const found = new Map<string, NamedSeries>();
  for (const one of imports.flatMap((read) => read.series)) found.set(symbolOf(one.series.instrument), one);
  const series = symbols.map((symbol) => {
    const one = found.get(symbol);
    if (one === undefined) throw noBars(symbol, say(`"${path}"에 없어요`, `"${path}" has none`), interval);
    return one.series;
  });
  const files = imports.flatMap((read) => read.files).filter((file) => symbols.includes(file.symbol));
  return { series, names: new Map([...found].map(([symbol, one]) => [symbol, one.name])), files };
}

/** Of a folder with one file a code only the files that are asked for; else the file or the whole folder. */
function csvPaths(symbols: readonly string[], path: string): readonly string[] {
  const own = symbols.map((symbol) => join(path, `${symbol}.csv`));
  return own.every((file) => existsSync(file)) ? own : [path];
}

function noBars(symbol: string, found: string, interval: BarInterval): FixConfiguration {
  if (interval === '1m') {
    return new FixConfiguration(
      'backtest.no-bars',
      say(
        `${symbol}의 분봉이 없어요: ${found}. --bars로 분봉 CSV를 골라 주세요.`,
        `No minute bars of ${symbol}: ${found}. Name a CSV of minute bars with --bars.`,
      ),
    );
  }
  return new FixConfiguration(
    'backtest.no-bars',
    say(
      `${symbol}의 일봉이 없어요: ${found}. --bars로 CSV를 고르거나, "snowball data import <csv|폴더>"로 먼저 가져와 주세요.`,
      `No daily bars of ${symbol}: ${found}. Name a CSV with --bars, or import one first with "snowball data import <csv|folder>".`,
    ),
  );
}
