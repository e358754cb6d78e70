import type { InstrumentId } from '#domain/instrument.ts';

const minuteMs = 60_000;

/** A stretch of market time, in epoch milliseconds, in which trades may have been missed. */
export interface Hole {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Which minutes of which instrument were not heard whole, until the broker's own bars stand in them. The broker's bar of
 * a minute is believed once the minute is over: before that it and our ticks would count the same trades twice.
 */
export class BarHoles {
  readonly #holes = new Map<InstrumentId, Hole>();

  /** Adds to what is missing already. */
  open(instrument: InstrumentId, { fromMs, toMs }: Hole): void {
    const known = this.#holes.get(instrument);
    this.#holes.set(instrument, {
      fromMs: Math.min(minuteOf(fromMs), known?.fromMs ?? Infinity),
      toMs: Math.max(toMs, known?.toMs ?? -Infinity),
    });
  }

  /** The part that can be filled now, minutes that are over; null when there is none. */
  fillable(instrument: InstrumentId, nowMs: number): Hole | null {
    const hole = this.#holes.get(instrument);
    if (hole === undefined) return null;
    const toMs = Math.min(minuteOf(hole.toMs) + minuteMs, minuteOf(nowMs));
    return toMs > hole.fromMs ? { fromMs: hole.fromMs, toMs } : null;
  }

  /** The minutes before `toMs` are whole again. */
  filled(instrument: InstrumentId, toMs: number): void {
    const hole = this.#holes.get(instrument);
    if (hole === undefined) return;
    if (toMs > hole.toMs) this.#holes.delete(instrument);
    else this.#holes.set(instrument, { fromMs: toMs, toMs: hole.toMs });
  }

  has(instrument: InstrumentId): boolean {
    return this.#holes.has(instrument);
  }

  /** Instruments with holes, the one that waits longest first. */
  instruments(): readonly InstrumentId[] {
    return [...this.#holes.keys()];
  }
}

function minuteOf(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}
