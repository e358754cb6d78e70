import type { IndicatorBar } from '../definition.ts';

/** Bars that the longest pattern and its averages look at: five candles, and ten before the oldest of them; a power of 2. */
const remembered = 16;
const places = remembered - 1;

/** One number for each remembered candle, NaN where there is none yet. */
const column = (): Float64Array => new Float64Array(remembered).fill(NaN);

/**
 * The last candles, by age: 0 is the current one. Every measure of a candle that is "long" or "near" is a share of the
 * mean of the candles before it, that candle not included.
 */
export class Candles {
  readonly #open = column();
  readonly #high = column();
  readonly #low = column();
  readonly #close = column();
  // Means of the candles before each, kept once they are asked for: several rules ask for one, of several ages.
  readonly #meanBodies = column();
  readonly #meanRanges = column();
  readonly #meanRangesOfFive = column();
  #count = 0;

  push({ open, high, low, close }: Readonly<IndicatorBar>): void {
    const place = this.#count & places;
    this.#open[place] = open;
    this.#high[place] = high;
    this.#low[place] = low;
    this.#close[place] = close;
    this.#meanBodies[place] = NaN;
    this.#meanRanges[place] = NaN;
    this.#meanRangesOfFive[place] = NaN;
    this.#count += 1;
  }

  open(ago: number): number {
    return this.#at(this.#open, ago);
  }

  high(ago: number): number {
    return this.#at(this.#high, ago);
  }

  low(ago: number): number {
    return this.#at(this.#low, ago);
  }

  close(ago: number): number {
    return this.#at(this.#close, ago);
  }

  /** 1 for white, close at or above open, and -1 for black. */
  colour(ago: number): 1 | -1 {
    return this.close(ago) >= this.open(ago) ? 1 : -1;
  }

  isWhite(ago: number): boolean {
    return this.colour(ago) === 1;
  }

  isBlack(ago: number): boolean {
    return this.colour(ago) === -1;
  }

  body(ago: number): number {
    return Math.abs(this.close(ago) - this.open(ago));
  }

  top(ago: number): number {
    return Math.max(this.open(ago), this.close(ago));
  }

  bottom(ago: number): number {
    return Math.min(this.open(ago), this.close(ago));
  }

  upperShadow(ago: number): number {
    return this.high(ago) - this.top(ago);
  }

  lowerShadow(ago: number): number {
    return this.bottom(ago) - this.low(ago);
  }

  range(ago: number): number {
    return this.high(ago) - this.low(ago);
  }

  /** Whether the body of `later` lies wholly above that of `earlier`. */
  bodyGapsUp(earlier: number, later: number): boolean {
    return this.bottom(later) > this.top(earlier);
  }

  bodyGapsDown(earlier: number, later: number): boolean {
    return this.top(later) < this.bottom(earlier);
  }

  /** Shadows included. */
  gapsUp(earlier: number, later: number): boolean {
    return this.low(later) > this.high(earlier);
  }

  gapsDown(earlier: number, later: number): boolean {
    return this.high(later) < this.low(earlier);
  }

  hasLongBody(ago: number): boolean {
    return this.body(ago) > this.#meanBody(ago);
  }

  hasShortBody(ago: number): boolean {
    return this.body(ago) < this.#meanBody(ago);
  }

  /** `hasShortBody` and as long as the mean: what some patterns ask of a small candle. */
  hasNoLongBody(ago: number): boolean {
    return this.body(ago) <= this.#meanBody(ago);
  }

  isDoji(ago: number): boolean {
    return this.body(ago) <= this.dojiBody(ago);
  }

  dojiBody(ago: number): number {
    return 0.1 * this.#meanRange(ago);
  }

  hasLongLowerShadow(ago: number): boolean {
    return this.lowerShadow(ago) > this.body(ago);
  }

  hasLongUpperShadow(ago: number): boolean {
    return this.upperShadow(ago) > this.body(ago);
  }

  /** A shadow that hardly shows is shorter than this. */
  veryShortShadow(ago: number): number {
    return 0.1 * this.#meanRange(ago);
  }

  /** Half of the mean of both shadows. */
  shortShadow(ago: number): number {
    let sum = 0;
    for (let each = ago + 1; each <= ago + 10; each += 1) sum += this.upperShadow(each) + this.lowerShadow(each);
    return sum / 10 / 2;
  }

  hasNoUpperShadow(ago: number): boolean {
    return this.upperShadow(ago) < this.veryShortShadow(ago);
  }

  hasNoLowerShadow(ago: number): boolean {
    return this.lowerShadow(ago) < this.veryShortShadow(ago);
  }

  near(ago: number): number {
    return 0.2 * this.#meanRangeOfFive(ago);
  }

  far(ago: number): number {
    return 0.6 * this.#meanRangeOfFive(ago);
  }

  equal(ago: number): number {
    return 0.05 * this.#meanRangeOfFive(ago);
  }

  #at(values: Float64Array, ago: number): number {
    return values[(this.#count - 1 - ago) & places] ?? NaN;
  }

  #meanBody(ago: number): number {
    const kept = this.#at(this.#meanBodies, ago);
    return Number.isNaN(kept) ? this.#keep(this.#meanBodies, ago, this.#sumOfBodies(ago) / 10) : kept;
  }

  #meanRange(ago: number): number {
    const kept = this.#at(this.#meanRanges, ago);
    return Number.isNaN(kept) ? this.#keep(this.#meanRanges, ago, this.#sumOfRanges(ago, 10) / 10) : kept;
  }

  #meanRangeOfFive(ago: number): number {
    const kept = this.#at(this.#meanRangesOfFive, ago);
    return Number.isNaN(kept) ? this.#keep(this.#meanRangesOfFive, ago, this.#sumOfRanges(ago, 5) / 5) : kept;
  }

  #keep(means: Float64Array, ago: number, mean: number): number {
    means[(this.#count - 1 - ago) & places] = mean;
    return mean;
  }

  #sumOfBodies(ago: number): number {
    let sum = 0;
    for (let each = ago + 1; each <= ago + 10; each += 1) sum += this.body(each);
    return sum;
  }

  #sumOfRanges(ago: number, count: number): number {
    let sum = 0;
    for (let each = ago + 1; each <= ago + count; each += 1) sum += this.range(each);
    return sum;
  }
}
