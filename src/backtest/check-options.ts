import { FixConfiguration } from '#domain/errors.ts';
import { symbolOf, type Instrument, type InstrumentId } from '#domain/instrument.ts';
import { plainDate } from '#domain/trading-date.ts';
import { sellTax } from '#markets/costs.ts';
import { nextTradingDay, settlementDate } from '#markets/calendar.ts';
import { rulesBegin } from '#markets/rules-begin.ts';
import { won } from '#domain/won.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { rowAtOrAfter } from './bars/timeline.ts';

/**
 * Refuses a backtest that cannot be run to its end, before anything runs.
 *
 * @throws {FixConfiguration} `backtest.cash`, `backtest.range`, `backtest.instrument`, `backtest.no-bars`,
 *   `backtest.calendar`: one sentence each
 */
export function checkOptions(options: BacktestOptions): void {
  if (options.initialCash <= 0) {
    throw refusal('backtest.cash', `the starting cash is ${options.initialCash} won, wanted more than 0`);
  }
  if (options.from > options.to) {
    throw refusal(
      'backtest.range',
      `it begins on ${options.from} and ends on ${options.to}, wanted the end not before`,
    );
  }
  const known = new Map(options.instruments.map((instrument) => [instrument.id, instrument]));
  const seriesOf = Map.groupBy(options.series, ({ instrument }) => instrument);
  for (const id of options.strategy.instruments) {
    if (!known.has(id)) {
      throw refusal('backtest.instrument', `nothing is known of ${symbolOf(id)}, wanted its market and kind`);
    }
    const series = seriesOf.get(id) ?? [];
    if (series.length !== 1) {
      const found = `there are ${series.length} series of ${symbolOf(id)}, wanted one`;
      throw refusal(series.length === 0 ? 'backtest.no-bars' : 'backtest.instrument', found);
    }
    const { interval } = options.strategy;
    if (series[0]?.interval !== interval) {
      const wanted = `bars of ${series[0]?.interval} of ${symbolOf(id)} were given, wanted those of the strategy, ${interval}`;
      throw refusal('backtest.range', wanted);
    }
  }
  checkCalendar(options, known);
}

/** Both ends of the days with bars must lie where calendar, tick tables and tax rates are known. */
function checkCalendar(
  { strategy, series, from, to }: BacktestOptions,
  known: ReadonlyMap<InstrumentId, Instrument>,
): void {
  let hasBars = false;
  const declared = new Set(strategy.instruments);
  for (const one of series.filter((each) => declared.has(each.instrument))) {
    const first = one.date[rowAtOrAfter(one, from)];
    const last = one.date[rowAtOrAfter(one, to + 1) - 1];
    if (first === undefined || last === undefined || first > last) continue;
    hasBars = true;
    const instrument = known.get(one.instrument);
    if (instrument !== undefined) checkBegin(instrument, first);
    try {
      if (instrument !== undefined) sellTax(instrument, won(1), plainDate(first));
      settlementDate(nextTradingDay(plainDate(last)));
    } catch (cause) {
      const span = `${symbolOf(one.instrument)} has bars from ${first} to ${last}`;
      const wanted = 'wanted days whose market rules and next session are known (1990 to 2027)';
      throw refusal('backtest.calendar', `${span}, ${wanted}: choose --from and --to in between`, cause);
    }
  }
  if (hasBars) return;
  const symbols = strategy.instruments.map((id) => symbolOf(id)).join(', ');
  throw refusal('backtest.no-bars', `${symbols} has no bar from ${from} to ${to}, wanted at least one`);
}

/** A fund before there were funds, a KOSDAQ stock before KOSDAQ: no tick and no tax is known, and none is guessed. */
function checkBegin(instrument: Instrument, first: number): void {
  const begin = rulesBegin(instrument);
  if (first >= begin) return;
  const what = instrument.kind === 'stock' ? `a ${instrument.market} stock` : `an ${instrument.kind.toUpperCase()}`;
  const found = `${instrument.symbol} counts as ${what} and has bars from ${first}, but such rules begin on ${begin}`;
  throw refusal('backtest.calendar', `${found}: choose --from ${begin} or later, or say what it is with --listing`);
}

function refusal(code: string, found: string, cause?: unknown): FixConfiguration {
  return new FixConfiguration(code, `Cannot run the backtest: ${found}.`, { cause });
}
