import type { Bar, BarInterval, BarSeries, RowRange } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { IndicatorBar } from '#indicators/definition.ts';
import type { Strategy } from '../strategy.ts';
import { percentText, wonText } from '../korean-number.ts';
import { ForeseenRules } from './foreseen-rules.ts';
import { closeOfDay, readsIndex, type IndexCloses } from './index-closes.ts';
import type { RuleProgram, RuleRisk } from './program.ts';
import type { ResolvedRules } from './resolve-program.ts';
import { RuleReadings } from './rule-readings.ts';
import { RuleReasons } from './rule-reasons.ts';
import type { HeldComparison } from './rule-truth.ts';
import { RunningRules } from './running-rules.ts';
import { signalStrategy, type ForeseenSignals } from './signal-strategy.ts';
import type { Signal, Signals } from './signal.ts';

export interface RuleStrategyOptions {
  readonly name: string;
  readonly rules: ResolvedRules;
  /** What the rules were resolved from, its parameters' defaults being those that count: reasons then name the rules. */
  readonly program?: RuleProgram;
  readonly instruments: readonly InstrumentId[];
  readonly interval: BarInterval;
  /** For indicators that compare with an index, on day bars; they have no value when it is left out. */
  readonly index?: IndexCloses;
}

/**
 * Runs a program of rules: in when the entry rules hold and nothing is held, out by stop, target, trailing stop or the
 * exit rules, in that order. Stops look at closes, as the file format means them.
 */
export function ruleStrategy({ name, rules, program, instruments, interval, index }: RuleStrategyOptions): Strategy {
  const { equityBps, positionsMax } = rules.sizing;
  const reasons = program === undefined ? null : new RuleReasons(rules, program);
  const benchmark = readsIndex(rules) ? closeOfDay(index) : null;
  return signalStrategy({
    name,
    instruments,
    interval,
    warmUpBars: rules.warmUpBars,
    startSignals: () => runningSignals(rules, reasons, benchmark),
    foreseeSignals: (bars, range) => foreseenSignals(bars, range, { rules, reasons, benchmark }),
    positionsMax,
    positionSize: equityBps / 10_000,
    takeProfit: (rules.risk.takeProfitBps ?? 0) / 10_000,
  });
}

/** The index's close by day. */
type CloseOfDay = (date: number) => number;

/** Rules that stand at a bar, however they came there. */
interface RulesAtWork {
  next(bar: Bar): void;
  readonly entry: boolean;
  readonly exit: boolean;
  /** Of known bars, whether the exit rules hold at a row; null where nobody traded. */
  exitAt?(row: number): boolean | null;
  because(side: 'entry' | 'exit'): readonly HeldComparison[];
}

function foreseenSignals(
  bars: BarSeries,
  range: RowRange,
  {
    rules,
    reasons,
    benchmark,
  }: {
    readonly rules: ResolvedRules;
    readonly reasons: RuleReasons | null;
    readonly benchmark: CloseOfDay | null;
  },
): ForeseenSignals {
  const known = new ForeseenRules(rules, bars, range, { tellsWhy: reasons !== null, benchmark });
  return { signals: new RuleSignals(known, rules.risk, reasons), entryRows: known.entryRows };
}

/** Entry and exit out of rules, and out of the prices since the position was first seen. */
class RuleSignals implements Signals {
  entry: Signal | null = null;
  exit: Signal | null = null;
  readonly #rules: RulesAtWork;
  readonly #risk: RuleRisk;
  readonly #reasons: RuleReasons | null;
  /** Highest close since the position was first seen; null while flat. */
  #peak: number | null = null;

  constructor(rules: RulesAtWork, risk: RuleRisk, reasons: RuleReasons | null) {
    this.#rules = rules;
    this.#risk = risk;
    this.#reasons = reasons;
  }

  next(bar: Bar, averagePrice: number | null): void {
    const { close } = bar;
    this.#rules.next(bar);
    this.entry = this.#rules.entry ? this.#because('entry', ruleEntry) : null;
    if (averagePrice === null) {
      this.#peak = null;
      this.exit = null;
      return;
    }
    this.#peak = Math.max(this.#peak ?? close, close);
    const risk = riskExit(this.#risk, { close, averagePrice, peak: this.#peak });
    this.exit = risk ?? (this.#rules.exit ? this.#because('exit', ruleExit) : null);
  }

  glance(row: number, close: number, averagePrice: number): boolean {
    const isExit = this.#rules.exitAt?.(row);
    if (isExit === null) return false;
    this.#peak = Math.max(this.#peak ?? close, close);
    return isExit !== false || riskExit(this.#risk, { close, averagePrice, peak: this.#peak }) !== null;
  }

  #because(side: 'entry' | 'exit', plain: Signal): Signal {
    const sentence = this.#reasons?.sentence(this.#rules.because(side)) ?? '';
    const heading = side === 'entry' ? '매수 조건' : '매도 조건';
    return sentence === '' ? plain : { code: plain.code, sentence: `${heading}: ${sentence}` };
  }
}

/** Signals of rules that take one bar after the other, and tell what they saw on the latest. */
function runningSignals(rules: ResolvedRules, reasons: RuleReasons | null, benchmark: CloseOfDay | null): Signals {
  const running = new RunningRules(rules);
  const told = new RuleReadings(rules, reasons);
  const seen: IndicatorBar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN, benchmark: NaN };
  const atWork: RulesAtWork = {
    next: ({ date, open, high, low, close, volume }) => {
      if (benchmark !== null) seen.benchmark = benchmark(date);
      running.next(Object.assign(seen, { open, high, low, close, volume }));
    },
    get entry() {
      return running.entry;
    },
    get exit() {
      return running.exit;
    },
    because: (side) => running.because(side),
  };
  const signals = new RuleSignals(atWork, rules.risk, reasons);
  return Object.assign(signals, { readings: () => told.numbers(running), checks: () => told.checks(running) });
}

const ruleEntry: Signal = { code: 'rule', sentence: '매수 조건이 맞았어요.' };
const ruleExit: Signal = { code: 'rule', sentence: '매도 조건이 맞았어요.' };

interface HeldPrices {
  readonly close: number;
  readonly averagePrice: number;
  readonly peak: number;
}

function riskExit(risk: RuleRisk, { close, averagePrice, peak }: HeldPrices): Signal | null {
  // Asked of every bar on which something is held, and said on few: the words are made only when they are.
  const change = (): string =>
    `종가 ${wonText(close)}, 평균 ${wonText(averagePrice)} (${percentText(close / averagePrice - 1)}).`;
  if (isBelow(close, averagePrice, risk.stopLossBps)) return { code: 'stop', sentence: `손절: ${change()}` };
  if (risk.takeProfitBps !== null && close >= averagePrice * (1 + risk.takeProfitBps / 10_000)) {
    return { code: 'take', sentence: `익절: ${change()}` };
  }
  if (!isBelow(close, peak, risk.trailingStopBps)) return null;
  return { code: 'trail', sentence: `추적 손절: 종가 ${wonText(close)}, 산 뒤 가장 높은 종가 ${wonText(peak)}.` };
}

function isBelow(close: number, from: number, distanceBps: number | null): boolean {
  return distanceBps !== null && close <= from * (1 - distanceBps / 10_000);
}
