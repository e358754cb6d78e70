import { createHash } from 'node:crypto';
import { runBacktest } from '#backtest/engine.ts';
import type { Bar, BarSeries } from '#domain/bar.ts';
import { instrumentId, type Instrument, type InstrumentId } from '#domain/instrument.ts';
import { seriesOfBars } from '#domain/series-of-bars.ts';
import { won, type Won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import type { ReplayedStrategy } from '#link/day-replay.ts';
import type { Strategy } from '#strategy/strategy.ts';
import type { StrategyPlan } from '../plans/strategy-plan.ts';
import type { DayEvent } from './day-event.ts';
import { dayOf } from './day-of.ts';
import { firstDifference } from './first-difference.ts';
import type { RecordedRun } from './recorded-runs.ts';

export interface BarsAloneOptions {
  readonly plan: StrategyPlan;
  /** yyyymmdd. */
  readonly date: number;
  /** The decision log of that day. */
  readonly recorded: string;
}

/**
 * The recorded bars of a day in the ordinary backtest, beside its decision log: what a person would have seen before the
 * day. It knows no moment inside a bar and fills by its own rules, so a difference is news about the market and no fault.
 *
 * @returns null where it does not apply: a strategy file, a day begun with holdings or open orders, more than one run
 */
export function byBarsAlone(runs: readonly RecordedRun[], options: BarsAloneOptions): ReplayedStrategy['byBarsAlone'] {
  const { plan, date, recorded } = options;
  const [run, another] = runs.filter(({ events }) => barsOf(events).some(({ bar }) => bar.date === date));
  if (plan.strategy === undefined || run === undefined || another !== undefined) return null;
  const start = startOf(run, date);
  if (start === null) return null;
  const basePrices = basePricesOf(run.events, date);
  const { decisionLog } = runBacktest({
    strategy: actingAsShown(plan.strategy(), barsOf(run.events)),
    series: seriesOf(barsOf(run.events), plan),
    instruments: start.instruments,
    from: date,
    to: date,
    initialCash: start.cash,
    limits: { ...starter, orderValueMax: start.orderValueMax, priceCollarBps: start.collarBps },
    // Decisions on day bars are meant for the next session, whose base price the day's close is.
    ...(plan.interval === '1d' ? {} : { basePrice: (instrument) => basePrices.get(instrument) ?? null }),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  const difference = firstDifference(recorded, decisionLog.map((line) => `${line}\n`).join(''));
  return { difference: difference?.line ?? null };
}

/** A day that was begun in its middle had its morning as history: there the strategy is warmed up in the backtest too. */
function actingAsShown(strategy: Strategy, shown: readonly ShownBar[]): Strategy {
  const history = new Set(shown.filter(({ isWarmUp }) => isWarmUp).map(nameOf));
  return {
    ...strategy,
    onBar: (context, instrument, bar, isWarmUp) =>
      strategy.onBar(context, instrument, bar, isWarmUp || history.has(nameOf({ instrument, bar }))),
  };
}

function nameOf({ instrument, bar }: { readonly instrument: InstrumentId; readonly bar: Bar }): string {
  return `${instrument} ${bar.startsAtMs}`;
}

interface DayStart {
  readonly instruments: readonly Instrument[];
  readonly cash: Won;
  readonly orderValueMax: Won;
  readonly collarBps: number;
}

/** The account at the first bar that was acted upon; null when it held something, had ordered before, or is not known. */
function startOf({ open, events }: RecordedRun, date: number): DayStart | null {
  const first = events.findIndex((event) => actedDate(event) !== null);
  const before = events.slice(0, first);
  if (actedDate(events[first]) !== date || before.some(({ kind }) => kind === 'news')) return null;
  const told = before.flatMap((event) => (event.kind === 'facts' ? [event.facts] : []));
  const { cash = 0, orderValueMax, collarBps, shares }: Facts = Object.assign({}, ...told);
  const isFlat = shares?.every(({ quantity }) => quantity === 0) ?? true;
  if (!isFlat || cash === 0 || orderValueMax === undefined || collarBps === undefined) return null;
  const instruments = open.instruments.map((view) => ({ ...view, id: instrumentId(view.symbol) }));
  return { instruments, cash: won(cash), orderValueMax: won(orderValueMax), collarBps };
}

type Facts = Extract<DayEvent, { kind: 'facts' }>['facts'];

/** The day of a bar that was no history to the strategy, yyyymmdd; null for every other event. */
function actedDate(event: DayEvent | undefined): number | null {
  if (event?.kind !== 'shown' || event.shown.kind !== 'bar' || event.shown.isWarmUp) return null;
  return event.shown.bar.date;
}

/** The exchange's own, as the quotes of that day told them. */
function basePricesOf(events: readonly DayEvent[], date: number): ReadonlyMap<InstrumentId, Won> {
  const told = events.flatMap((event) =>
    event.kind === 'facts' && dayOf(event.at) === date ? (event.facts.quotes ?? []) : [],
  );
  return new Map(told.map(({ instrument, basePrice }) => [instrument, won(basePrice)]));
}

type ShownBar = Extract<Extract<DayEvent, { kind: 'shown' }>['shown'], { kind: 'bar' }>;

function barsOf(events: readonly DayEvent[]): readonly ShownBar[] {
  return events.flatMap((event) => (event.kind === 'shown' && event.shown.kind === 'bar' ? [event.shown] : []));
}

function seriesOf(shown: readonly ShownBar[], { symbols, interval }: StrategyPlan): readonly BarSeries[] {
  return symbols.map((symbol) => {
    const id = instrumentId(symbol);
    const bars = shown.flatMap(({ instrument, bar }) => (instrument === id ? [bar] : []));
    return seriesOfBars(id, interval, bars);
  });
}
