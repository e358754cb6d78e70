import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import { plainDate } from '#domain/trading-date.ts';
import type { BacktestTrade } from '../result.ts';
import { denialName } from './denial-names.ts';
import { daysOfLog } from './log-days.ts';
import { minuteOfDay, type MinuteDay } from './minute-days.ts';
import { packNumbers } from './packed-numbers.ts';
import { newestDecisions, newestTrades } from './report-bounds.ts';
import { reasonIn } from './reason-in.ts';
import type { ReportInput, ReportStudies } from './report-input.ts';
import { scriptTextsOf } from './script-texts.ts';

/** Decimals kept of a column that is no price. */
const decimalsScale = 100;

/**
 * What the page's script needs, as JSON that may stand in a `<script type="application/json">`.
 *
 * Columns of numbers are packed (`packed-numbers.ts`). `days` are days since 1970; of a symbol, `c` is the close, `o` the
 * open less the close before, `h` the high above the higher of both, `l` the low below the lower, and `gaps` are the places
 * among `days` on which it has no bar. Sentences stand once, in `words`. Twenty years of five symbols with five columns
 * of studies stay below a megabyte so.
 */
export function reportData(input: ReportInput): string {
  const { result, options, nameOf } = input;
  const dates = result.equity.map((day) => day.date);
  const places = new Map(dates.map((date, place) => [date, place]));
  const words = new Words();
  const symbolPlaces = new Map(result.symbols.map((symbol, place) => [symbol, place]));
  const at = (row: { readonly symbol: string; readonly date: number }): readonly [number, number] => [
    symbolPlaces.get(row.symbol) ?? -1,
    places.get(row.date) ?? -1,
  ];
  const orders = newestDecisions(result.orders);
  const notes = newestDecisions(daysOfLog(options.decisionLog ?? []));
  const trades = newestTrades(result.trades);
  const since = Math.max(orders.since, notes.since, trades.since);
  const data = {
    texts: scriptTextsOf(options.language, result.interval ?? '1d'),
    /** Decisions and trades then carry their minute of the day in the last place. */
    isMinute: result.interval === '1m',
    days: packNumbers(dates.map(epochDay)),
    /** Returns so far in hundredths of a percent. */
    equity: returnsOf(result.equity, result.initialCash),
    held: returnsOf(result.benchmark, result.initialCash),
    hasLog: options.decisionLog !== undefined,
    /** Place of the first tradable day. */
    from: Math.max(
      0,
      dates.findIndex((date) => date >= (result.tradableFrom ?? 0)),
    ),
    /** Place of the first day whose decisions are all here. */
    since: since === 0 ? 0 : dates.findIndex((date) => date >= since),
    symbols: result.symbols.map((symbol) => {
      const series = options.series?.find((one) => symbolOf(one.instrument) === symbol);
      const studies = options.studies?.find((one) => one.symbol === symbol);
      const bars = series === undefined ? {} : barsOf(series, places);
      return { code: symbol, name: nameOf(symbol), ...bars, ...studiesOf(series, studies, places) };
    }),
    /** Shares of each symbol, and what they cost, before the first of `trades`; left out where that is nothing. */
    ...(trades.before.length === 0
      ? {}
      : { opening: result.symbols.map((symbol) => heldAfter(trades.before, symbol)) }),
    trades: trades.kept.map((trade) => [
      ...at(trade),
      trade.side === 'buy' ? 1 : -1,
      trade.price,
      trade.quantity,
      trade.profit,
      ...minuteOf(trade),
    ]),
    orders: orders.kept.map((order) => [
      ...at(order),
      order.side === 'buy' ? 1 : -1,
      order.price,
      order.quantity,
      words.place(order.state),
      words.place(reasonIn(order.reason, options.language)),
      order.denials.map(({ code, actual, limit }) => [words.place(denialName(code, options.language)), actual, limit]),
      ...minuteOf(order),
    ]),
    notes: notes.kept.map((note) => [...at(note), words.place(reasonIn(note.text, options.language))]),
    words: words.all,
    minutes: input.minutes.map((day) => minutesOf(day, symbolPlaces, places)),
  };
  // Neither an end tag nor a comment can begin inside.
  return JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
}

function returnsOf(values: readonly { readonly value: number }[], initialCash: number): string {
  return packNumbers(values.map(({ value }) => Math.round((value / initialCash - 1) * 10_000)));
}

/** Counted as the page's script counts on. */
function heldAfter(trades: readonly BacktestTrade[], of: string): readonly [quantity: number, cost: number] {
  let [held, cost] = [0, 0];
  for (const { symbol, side, price, quantity } of trades) {
    if (symbol !== of) continue;
    cost += side === 'buy' ? price * quantity : -(cost / held) * quantity;
    held += side === 'buy' ? quantity : -quantity;
  }
  return [held, cost];
}

function minuteOf({ barStartsAtMs }: { readonly barStartsAtMs?: number }): readonly number[] {
  return barStartsAtMs === undefined ? [] : [minuteOfDay(barStartsAtMs)];
}

/** As `barsOf`, with `t` the minute of the day of each bar and every price divided by `step`. */
function minutesOf(
  { symbol, date, series, start, end }: MinuteDay,
  symbolPlaces: ReadonlyMap<string, number>,
  places: ReadonlyMap<number, number>,
) {
  const prices = [series.open, series.high, series.low, series.close].map((column) => [...column.subarray(start, end)]);
  const step = prices.flat().reduce(greatestDivisor, 0) || 1;
  const [open = [], high = [], low = [], close = []] = prices.map((column) => column.map((price) => price / step));
  return {
    s: symbolPlaces.get(symbol) ?? -1,
    d: places.get(date) ?? -1,
    step,
    t: packNumbers(Array.from(series.startsAtMs.subarray(start, end), minuteOfDay)),
    ...packedPrices({ open, high, low, close }),
  };
}

function greatestDivisor(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

interface Prices {
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
}

/** Each near 0, so that it takes few letters. */
function packedPrices({ open, high, low, close }: Prices) {
  return {
    o: packNumbers(open.map((value, row) => value - (close[row - 1] ?? 0))),
    h: packNumbers(high.map((value, row) => value - Math.max(open[row] ?? 0, close[row] ?? 0))),
    l: packNumbers(low.map((value, row) => Math.min(open[row] ?? 0, close[row] ?? 0) - value)),
    c: packNumbers(close),
  };
}

class Words {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  place(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.all.length);
    return this.all.push(text) - 1;
  }
}

/** Rows of the series whose day is one of the report's. */
function rowsOf(series: BarSeries, places: ReadonlyMap<number, number>): readonly number[] {
  return [...series.date.keys()].filter((row) => places.has(series.date[row] ?? 0));
}

function barsOf(series: BarSeries, places: ReadonlyMap<number, number>) {
  const rows = rowsOf(series, places);
  const column = (values: Float64Array): readonly number[] => rows.map((row) => values[row] ?? 0);
  const [open, high, low, close] = [series.open, series.high, series.low, series.close].map(column);
  if (open === undefined || high === undefined || low === undefined || close === undefined) return {};
  const present = new Set(rows.map((row) => places.get(series.date[row] ?? 0)));
  return {
    gaps: [...places.values()].filter((place) => !present.has(place)),
    ...packedPrices({ open, high, low, close }),
  };
}

function studiesOf(
  series: BarSeries | undefined,
  studies: ReportStudies | undefined,
  places: ReadonlyMap<number, number>,
) {
  if (series === undefined || studies === undefined) return {};
  const rows = rowsOf(series, places);
  const columns = studies.columns.map(({ name, isPrice, values }) => {
    const scale = isPrice ? 1 : decimalsScale;
    const rounded = rows.map((row) => Math.round((values[row] ?? NaN) * scale));
    // The closes are there already.
    return { name, isPrice, scale, d: values === series.close ? null : packNumbers(rounded) };
  });
  const checks = studies.checks.map((check) =>
    check.relation === 'told' ? { ...check, held: packNumbers(rows.map((row) => check.held[row] ?? NaN)) } : check,
  );
  return { columns, checks };
}

function epochDay(date: number): number {
  return plainDate(date).since(plainDate(19_700_101), { largestUnit: 'days' }).days;
}
