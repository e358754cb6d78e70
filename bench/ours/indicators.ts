import { averageTrueRange } from '#indicators/kernels/average-true-range.ts';
import { bollinger } from '#indicators/kernels/bollinger.ts';
import { ema } from '#indicators/kernels/ema.ts';
import { macd } from '#indicators/kernels/macd.ts';
import { rsi } from '#indicators/kernels/rsi.ts';
import { sma } from '#indicators/kernels/sma.ts';
import { repeated, serveRounds, timed } from '../harness/contestant.ts';
import { settledSum } from '../harness/settled-sum.ts';
import { madeUpBars } from '../harness/made-up-bars.ts';

/** Six indicators into columns that are there already, as a sweep or a chart that is redrawn does it. */
const count = Number(process.argv[2]);
const bars = madeUpBars(count, 1);
const column = (): Float64Array => new Float64Array(count);
const [simple, exponential, strength, range] = [column(), column(), column(), column()];
const bands = { upper: column(), middle: column(), lower: column() };
const difference = { line: column(), signal: column(), histogram: column() };

const round = () => {
  const spent = timed(() => {
    sma(bars.close, 20, simple);
    ema(bars.close, 20, exponential);
    rsi(bars.close, 14, strength);
    bollinger(bars.close, 20, 2, bands);
    macd(bars.close, { fast: 12, slow: 26, signal: 9 }, difference);
    averageTrueRange(bars, 14, range);
    return {};
  });
  return {
    ...spent,
    checksum: {
      sma: settledSum(simple),
      ema: settledSum(exponential),
      rsi: settledSum(strength),
      upperBand: settledSum(bands.upper),
      lowerBand: settledSum(bands.lower),
      macd: settledSum(difference.line),
      signal: settledSum(difference.signal),
      atr: settledSum(range),
    },
  };
};

await serveRounds(repeated(round));
