import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';

/** One trade of the market, as bars need it. */
export interface BarTick {
  readonly instrument: InstrumentId;
  /** Epoch milliseconds of the market's clock. */
  readonly atMs: number;
  readonly price: number;
  readonly quantity: number;
}

export interface ClosedBar {
  readonly instrument: InstrumentId;
  readonly bar: Bar;
}

const minuteMs = 60_000;
/** How long a finished minute waits for trades that are still on their way. */
const graceMs = 2_000;

interface Growing {
  readonly startsAtMs: number;
  readonly date: number;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/**
 * One-minute bars of market time from trades, handed out minute by minute in the declared order of the instruments.
 *
 * A minute closes when the clock, or any trade, is two seconds past its end, or as soon as every instrument has traded in
 * a later one. A minute without a trade makes no bar. A trade of a minute that was handed out already is dropped, and so
 * is the unfinished minute of an earlier day: deciding on yesterday's last bar at today's opening would be wrong.
 * Holds one bar for each instrument and each minute since the last `takeClosed`, which is called after every trade; while
 * minutes are kept back, one for each of those, at most a day's.
 */
export class MinuteBars {
  readonly #instruments: readonly InstrumentId[];
  readonly #growing = new Map<InstrumentId, Growing>();
  /** Minutes that a later trade has ended and nobody has taken yet. */
  readonly #waiting = new Map<InstrumentId, Growing[]>();
  /** Start of the last minute handed out; trades up to its end come too late. */
  #doneUntilMs = -Infinity;
  #latestMs = -Infinity;
  /** Minutes from here on are not handed out: trades in them may be missing. */
  #heldFromMs = Infinity;

  constructor(instruments: readonly InstrumentId[]) {
    this.#instruments = instruments;
  }

  /** Puts in what is known of the running minute from elsewhere, so that the first bar after a start is whole. */
  seed(instrument: InstrumentId, bar: Bar): void {
    if (!this.#growing.has(instrument)) this.#growing.set(instrument, { ...bar });
  }

  /** Keeps back the minute of `fromMs` and every later one, until `release`; Infinity keeps back nothing. */
  hold(fromMs: number): void {
    this.#heldFromMs = Math.floor(fromMs / minuteMs) * minuteMs;
  }

  /** Puts bars from elsewhere in the place of ours from `fromMs` up to, not including, `toMs`; minutes handed out stay. */
  repair(
    instrument: InstrumentId,
    bars: readonly Bar[],
    { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  ): void {
    const growing = this.#growing.get(instrument);
    const own = [...(this.#waiting.get(instrument) ?? []), ...(growing === undefined ? [] : [growing])];
    const isMissing = ({ startsAtMs }: { readonly startsAtMs: number }): boolean =>
      startsAtMs >= fromMs && startsAtMs < toMs && startsAtMs > this.#doneUntilMs;
    const whole = [...own.filter((bar) => !isMissing(bar)), ...bars.filter(isMissing).map((bar) => ({ ...bar }))];
    whole.sort((a, b) => a.startsAtMs - b.startsAtMs);
    const last = whole.pop();
    this.#waiting.set(instrument, whole);
    if (last === undefined) this.#growing.delete(instrument);
    else this.#growing.set(instrument, last);
  }

  push(tick: BarTick): void {
    const startsAtMs = Math.floor(tick.atMs / minuteMs) * minuteMs;
    this.#latestMs = Math.max(this.#latestMs, tick.atMs);
    if (startsAtMs <= this.#doneUntilMs || !this.#instruments.includes(tick.instrument)) return;
    const bar = this.#growing.get(tick.instrument);
    if (bar === undefined || startsAtMs > bar.startsAtMs) this.#begin(tick, startsAtMs, bar);
    else if (startsAtMs === bar.startsAtMs) grow(bar, tick);
    else {
      // A straggler of the minute before, while that one still waits.
      const earlier = this.#waiting.get(tick.instrument)?.find((one) => one.startsAtMs === startsAtMs);
      if (earlier !== undefined) grow(earlier, tick);
    }
  }

  /** The bars that are closed at `nowMs`, oldest minute first, then in the declared order; each only once. */
  takeClosed(nowMs: number): readonly ClosedBar[] {
    const now = Math.max(nowMs, this.#latestMs);
    const closed: { readonly order: number; readonly instrument: InstrumentId; readonly bar: Growing }[] = [];
    for (const [order, instrument] of this.#instruments.entries()) {
      for (const bar of this.#take(instrument, now)) closed.push({ order, instrument, bar });
    }
    closed.sort((a, b) => a.bar.startsAtMs - b.bar.startsAtMs || a.order - b.order);
    this.#doneUntilMs = Math.max(this.#doneUntilMs, closed.at(-1)?.bar.startsAtMs ?? -Infinity);
    const today = dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(Math.trunc(now))));
    return closed
      .filter(({ bar }) => bar.date === today)
      .map(({ instrument, bar }) => ({ instrument, bar: asBar(bar) }));
  }

  /** Removes and gives the bars of one instrument that are closed at `nowMs`. */
  #take(instrument: InstrumentId, nowMs: number): readonly Growing[] {
    const waiting = this.#waiting.get(instrument) ?? [];
    const growing = this.#growing.get(instrument);
    const all = growing === undefined ? waiting : [...waiting, growing];
    const closed = all.filter((bar) => bar.startsAtMs < this.#heldFromMs && this.#isClosed(bar, nowMs));
    if (closed.length === 0) return closed;
    this.#waiting.set(
      instrument,
      waiting.filter((bar) => !closed.includes(bar)),
    );
    if (growing !== undefined && closed.includes(growing)) this.#growing.delete(instrument);
    return closed;
  }

  #begin(tick: BarTick, startsAtMs: number, before: Growing | undefined): void {
    if (before !== undefined)
      this.#waiting.set(tick.instrument, [...(this.#waiting.get(tick.instrument) ?? []), before]);
    const { price, quantity } = tick;
    const date = dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(startsAtMs)));
    const bar = { startsAtMs, date, open: price, high: price, low: price, close: price, volume: quantity };
    this.#growing.set(tick.instrument, bar);
  }

  #isClosed(bar: Growing, nowMs: number): boolean {
    if (nowMs >= bar.startsAtMs + minuteMs + graceMs) return true;
    return this.#instruments.every(
      (instrument) => (this.#growing.get(instrument)?.startsAtMs ?? -Infinity) > bar.startsAtMs,
    );
  }
}

function grow(bar: Growing, tick: BarTick): void {
  bar.high = Math.max(bar.high, tick.price);
  bar.low = Math.min(bar.low, tick.price);
  bar.close = tick.price;
  bar.volume += tick.quantity;
}

function asBar(bar: Growing): Bar {
  const { startsAtMs, date, volume } = bar;
  const prices = { open: won(bar.open), high: won(bar.high), low: won(bar.low), close: won(bar.close) };
  return { startsAtMs, date, ...prices, volume };
}
