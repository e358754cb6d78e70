import type { InstrumentId } from '#domain/instrument.ts';
import { percentText } from './korean-number.ts';
import type { AuthorContext } from './author-context.ts';

/** Closes at which it goes on ordering what is missing; then it waits for the next aim. */
const closesMax = 10;

/**
 * Brings holdings to weights of the equity over as many closes as cash and limits ask for: sales first, and a buy when the
 * money is there. What a sale brings can be ordered with as soon as it has filled, which the exchange settles two days later.
 */
export class Rebalancer {
  readonly #bandBps: number;
  #targets: ReadonlyMap<InstrumentId, number> = new Map();
  #closesLeft = 0;

  /** @param bandBps weights off by no more than this, in hundredths of a percent of the equity, are right */
  constructor(bandBps = 0) {
    this.#bandBps = bandBps;
  }

  /** @param targets fractions of the equity; an instrument that is not named is left alone */
  aim(targets: ReadonlyMap<InstrumentId, number>): void {
    this.#targets = targets;
    this.#closesLeft = closesMax;
  }

  /** Called at every close. */
  work(context: AuthorContext): void {
    if (this.#closesLeft === 0) return;
    this.#closesLeft -= 1;
    let isSelling = false;
    for (const [instrument, weight] of this.#targets) {
      if (this.#isAbove(context, instrument, weight) && this.#order(context, instrument, weight) < 0) isSelling = true;
    }
    // The money of a sale is not there before it has filled.
    if (isSelling) return;
    let isMoving = false;
    for (const [instrument, weight] of this.#targets) {
      if (this.#order(context, instrument, weight) !== 0 || context.hasOpenOrder(instrument)) isMoving = true;
    }
    if (!isMoving) this.#closesLeft = 0;
  }

  #isAbove(context: AuthorContext, instrument: InstrumentId, weight: number): boolean {
    const close = context.lastBar(instrument)?.close ?? 0;
    return context.shares(instrument) * close > context.equity * weight;
  }

  #order(context: AuthorContext, instrument: InstrumentId, weight: number): number {
    const reason = weight === 0 ? '이번 달 대상에서 빠졌어요.' : `목표 비중 ${percentText(weight)}에 맞춰요.`;
    return context.targetWeight(instrument, weight, { reason, bandBps: this.#bandBps });
  }
}
