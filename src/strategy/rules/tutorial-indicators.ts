import { StreamingBollinger } from '#indicators/kernels/bollinger.ts';
import { crossedAbove, crossedBelow, type LinePair } from '#indicators/cross.ts';
import { StreamingRsi } from '#indicators/kernels/rsi.ts';
import { StreamingSma } from '#indicators/kernels/sma.ts';
import type { TradingConfig } from '../trading-config.ts';

/** What the tutorial's rules look at, all of one closed bar. NaN where the indicator is still warming up. */
export interface TutorialReading {
  readonly close: number;
  readonly maShort: number;
  readonly maLong: number;
  readonly rsi: number;
  readonly upper: number;
  readonly lower: number;
  /** The fast average crossed the slow one on this bar; false while either is warming up. */
  readonly isGoldenCross: boolean;
  readonly isDeadCross: boolean;
}

/** The four indicators of the tutorial over the closes of one instrument. */
export class TutorialIndicators {
  readonly #short: StreamingSma;
  readonly #long: StreamingSma;
  readonly #rsi: StreamingRsi;
  readonly #bands: StreamingBollinger;
  #before: LinePair = { left: NaN, right: NaN };

  constructor(config: TradingConfig) {
    this.#short = new StreamingSma(config.maShort);
    this.#long = new StreamingSma(config.maLong);
    this.#rsi = new StreamingRsi(config.rsiPeriod);
    this.#bands = new StreamingBollinger(config.bbPeriod, config.bbStd);
  }

  next(close: number): TutorialReading {
    const now = { left: this.#short.next(close), right: this.#long.next(close) };
    const before = this.#before;
    this.#before = now;
    this.#bands.next(close);
    return {
      close,
      maShort: now.left,
      maLong: now.right,
      rsi: this.#rsi.next(close),
      upper: this.#bands.upper,
      lower: this.#bands.lower,
      isGoldenCross: crossedAbove(before, now),
      isDeadCross: crossedBelow(before, now),
    };
  }
}
