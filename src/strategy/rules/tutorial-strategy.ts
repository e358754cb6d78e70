import type { Bar, BarInterval } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Strategy, StrategyCheck, StrategyReading } from '../strategy.ts';
import type { TradingConfig } from '../trading-config.ts';
import { foreseenTutorial } from './foreseen-tutorial.ts';
import { signalStrategy } from './signal-strategy.ts';
import type { Signal, Signals } from './signal.ts';
import { tutorialChecks } from './tutorial-checks.ts';
import { TutorialIndicators, type TutorialReading } from './tutorial-indicators.ts';
import { entrySignal, exitSignal } from './tutorial-signals.ts';

export interface TutorialOptions {
  readonly name: string;
  readonly config: TradingConfig;
  readonly instruments: readonly InstrumentId[];
  readonly interval: BarInterval;
}

/**
 * The strategy that tutorials of this field teach: moving-average cross and oversold rebound in, stop, profit, dead cross
 * and overheating out. docs/strategies/tutorial.md has every rule with its formula.
 */
export function tutorialStrategy({ name, config, instruments, interval }: TutorialOptions): Strategy {
  return signalStrategy({
    name,
    instruments,
    interval,
    warmUpBars: Math.max(config.maLong + 1, config.rsiPeriod + 1, config.bbPeriod),
    startSignals: () => new TutorialSignals(config),
    foreseeSignals: (bars, range) => foreseenTutorial(bars, range, config),
    positionsMax: config.maxPosition,
    positionSize: config.positionSize,
    takeProfit: config.takeProfit,
  });
}

class TutorialSignals implements Signals {
  entry: Signal | null = null;
  exit: Signal | null = null;
  readonly #config: TradingConfig;
  readonly #indicators: TutorialIndicators;
  #reading: TutorialReading | null = null;

  constructor(config: TradingConfig) {
    this.#config = config;
    this.#indicators = new TutorialIndicators(config);
  }

  next(bar: Bar, averagePrice: number | null): void {
    const reading = this.#indicators.next(bar.close);
    this.#reading = reading;
    this.entry = entrySignal(reading, this.#config);
    this.exit = averagePrice === null ? null : exitSignal(reading, averagePrice, this.#config);
  }

  readings(): readonly StrategyReading[] {
    if (this.#reading === null) return [];
    const { maShort, maLong, rsi, upper, lower } = this.#reading;
    const values = { ma_short: maShort, ma_long: maLong, rsi, bb_upper: upper, bb_lower: lower };
    return Object.entries(values).map(([name, value]) => ({ name, value }));
  }

  checks(): readonly StrategyCheck[] {
    return this.#reading === null ? [] : tutorialChecks(this.#reading, this.#config);
  }
}
