import { createRequire } from 'node:module';
import { serveRounds, startClock } from '../harness/contestant.ts';
import { madeUpBars } from '../harness/made-up-bars.ts';
import { settledSum } from '../harness/settled-sum.ts';

/**
 * The six indicators by one library, each called as its README has it. What it wants as input (plain arrays) is made
 * outside of the clock; what it allocates for its answers is its own affair.
 */
const require = createRequire(import.meta.url);
const [library, length] = [process.argv[2], Number(process.argv[3])];
const bars = madeUpBars(length, 1);
const [high, low, close] = [bars.high, bars.low, bars.close].map((column) => Array.from(column));

const libraries = {
  '@ixjb94/indicators': () => {
    const { IndicatorsSync } = require('@ixjb94/indicators');
    const all = new IndicatorsSync();
    return () => {
      const [lower, , upper] = all.bbands(close, 20, 2);
      const [line, signal] = all.macd(close, 12, 26, 9);
      return {
        sma: all.sma(close, 20),
        ema: all.ema(close, 20),
        rsi: all.rsi(close, 14),
        upperBand: upper,
        lowerBand: lower,
        macd: line,
        signal,
        atr: all.atr(high, low, close, 14),
      };
    };
  },
  indicatorts: () => {
    const all = require('indicatorts');
    return () => {
      const { upper, lower } = all.bb(close, { period: 20 });
      const { macdLine, signalLine } = all.macd(close, { fast: 12, slow: 26, signal: 9 });
      return {
        sma: all.sma(close, { period: 20 }),
        ema: all.ema(close, { period: 20 }),
        rsi: all.rsi(close, { period: 14 }),
        upperBand: upper,
        lowerBand: lower,
        macd: macdLine,
        signal: signalLine,
        atr: all.atr(high, low, close, { period: 14 }).atrLine,
      };
    };
  },
  technicalindicators: () => objectsOf(require('technicalindicators')),
  'fast-technical-indicators': () => objectsOf(require('fast-technical-indicators')),
  'trading-signals': () => streamsOf(require('trading-signals')),
};

function objectsOf({ SMA, EMA, RSI, BollingerBands, MACD, ATR }) {
  return () => {
    const bands = BollingerBands.calculate({ values: close, period: 20, stdDev: 2 });
    const differences = MACD.calculate({
      values: close,
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    });
    return {
      sma: SMA.calculate({ values: close, period: 20 }),
      ema: EMA.calculate({ values: close, period: 20 }),
      rsi: RSI.calculate({ values: close, period: 14 }),
      upperBand: [bands, ({ upper }) => upper],
      lowerBand: [bands, ({ lower }) => lower],
      macd: [differences, (value) => value.MACD],
      signal: [differences, (value) => value.signal],
      atr: ATR.calculate({ high, low, close, period: 14 }),
    };
  };
}

function streamsOf({ SMA, EMA, RSI, BollingerBands, MACD, ATR }) {
  const fed = (indicator, valueAt) => Array.from({ length }, (_, index) => indicator.add(valueAt(index)));
  const closeAt = (index) => close[index];
  return () => {
    const bands = fed(new BollingerBands(20, 2), closeAt);
    const differences = fed(new MACD(new EMA(12), new EMA(26), new EMA(9)), closeAt);
    return {
      sma: fed(new SMA(20), closeAt),
      ema: fed(new EMA(20), closeAt),
      rsi: fed(new RSI(14), closeAt),
      upperBand: [bands, ({ upper }) => upper],
      lowerBand: [bands, ({ lower }) => lower],
      macd: [differences, ({ macd }) => macd],
      signal: [differences, ({ signal }) => signal],
      atr: fed(new ATR(14), (index) => ({ high: high[index], low: low[index], close: close[index] })),
    };
  };
}

const work = libraries[library]();
await serveRounds(() => {
  const spent = startClock();
  const answers = work();
  const took = spent();
  const sums = Object.entries(answers).map(([key, answer]) => {
    const [rows, valueOf] = typeof answer[1] === 'function' ? answer : [answer, (value) => value];
    return [key, settledSum(rows.slice(1_000 - length).map(valueOf), length)];
  });
  return { ...took, checksum: Object.fromEntries(sums) };
});
