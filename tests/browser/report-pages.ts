import assert from 'node:assert/strict';
import { runBacktest } from '#backtest/engine.ts';
import { renderReport } from '#backtest/report/html.ts';
import type { ReportValidation } from '#backtest/report/report-input.ts';
import { tutorialStudies } from '#backtest/report/tutorial-studies.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { judgePromotion } from '#backtest/validation/promotion-gate.ts';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { standard } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { madeMinutes } from '#store/fixtures/made-minutes.ts';
import { presetById } from '#strategy/rules/presets/presets.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { tutorialConfig } from '../support/tutorial-config.ts';
import { backtestResult } from './stand-in-backtest.ts';
import { rows } from './stand-in-data.ts';

/** Closes that rise by 100 won a day from 50,000, so that every price of a day is known. */
function seriesOf(symbol: string, { equity }: BacktestResult): BarSeries {
  const close = Float64Array.from(equity, (_, row) => 50_000 + row * 100);
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.from(equity, (day) => day.date),
    startsAtMs: Float64Array.from(equity, (_, row) => row),
    open: close.map((price) => price - 50),
    high: close.map((price) => price + 200),
    low: close.map((price) => price - 300),
    close,
    volume: new Float64Array(equity.length).fill(1_000),
  };
}

/** All that the tests of an optimum can have found. */
const validation: ReportValidation = {
  trials: 96,
  overfitProbability: 0.27,
  deflatedSharpe: 0.48,
  efficiency: 0.31,
  neighbours: { profitable: 6, all: 8 },
  gate: judgePromotion({
    'overfit-probability': 0.27,
    'deflated-sharpe': 0.48,
    'round-trips': 89,
    'neighbour-stability': null,
    'worst-neighbour': 0.1,
    'walk-forward-folds': 9,
    'walk-forward-efficiency': 0.31,
    'winning-folds': 0.6,
  }),
  halves: [0, 1, 4, 9, 12, 8, 3, 1],
  heatMap: {
    x: { name: 'ma_short', values: Array.from({ length: 18 }, (_, place) => place + 3) },
    y: { name: 'ma_long', values: [20, 40, 60] },
    scores: [20, 40, 60].map((long) => Array.from({ length: 18 }, (_, place) => (place - long / 8) / 10)),
    optimum: { x: 17, y: 0 },
  },
  folds: Array.from({ length: 9 }, (_, year) => ({
    from: 20140102 + year * 10_000,
    to: 20141230 + year * 10_000,
    inSampleAnnual: 0.12,
    outOfSampleAnnual: (year - 4) / 50,
    outOfSampleReturn: (year - 4) / 50,
  })),
  histories: {
    runs: 2_000,
    returns: [-0.2, -0.1, 0, 0.1, 0.2],
    drawdowns: [-0.5, -0.4, -0.3, -0.2, -0.1],
    bands: [0, 252, 504, 756].map((step) => ({
      step,
      values: [0.8, 0.95, 1, 1.05, 1.3].map((end) => 1 + ((end - 1) * step) / 756),
    })),
  },
};

/** A run with everything in it: four stocks, a refused order, a validation, settings. */
export function reportIn(language: 'ko' | 'en'): string {
  const all = backtestResult();
  // A dozen trades have every kind of row; axe looks at each cell.
  const plain = { ...all, trades: all.trades.slice(-24) };
  const [day] = plain.equity.slice(100, 101);
  const order = {
    symbol: '005930',
    side: 'buy' as const,
    date: day!.date,
    price: 60_000,
    quantity: 20,
    reason: '골든크로스',
  };
  const denials = [{ code: 'order-value', actual: 1_200_000, limit: 1_000_000 }];
  const result = { ...plain, orders: [{ ...order, state: 'denied', denials }] };
  const series = result.symbols.slice(0, 4).map((symbol) => seriesOf(symbol, result));
  return renderReport(result, {
    language,
    names: new Map(rows.map(([symbol, name]) => [symbol, name])),
    series,
    studies: series.map((one) => tutorialStudies(one, tutorialConfig, language)),
    decisionLog: [],
    validation,
  });
}

/** A run in which no day met the conditions. */
export function emptyReport(): string {
  const all = backtestResult();
  const metrics = { ...all.metrics, totalReturn: 0, roundTrips: 0, winRate: null, deniedOrders: 0 };
  const result = { ...all, metrics, trades: [], orders: [] };
  return renderReport(result, { language: 'ko', names: new Map(), series: [seriesOf('005930', all)], decisionLog: [] });
}

/** A run over made-up minutes of three sessions; on the first no base price is known and every order is refused. */
export function minuteReport(): string {
  const series = [madeMinutes('KRX:005930', { days: [20240103, 20240104, 20240105] })];
  const { program } = presetById('golden_cross')!;
  const rules = resolveProgram(program, {});
  assert.ok(rules.kind === 'rules');
  const { result, decisionLog } = runBacktest({
    strategy: ruleStrategy({ name: 'cross', rules: rules.rules, program, instruments: ['KRX:005930'], interval: '1m' }),
    series,
    instruments: [listingOf('005930')!],
    from: 20240103,
    to: 20240105,
    initialCash: won(10_000_000),
    limits: standard,
    sha256: () => '',
  });
  return renderReport(result, { language: 'en', names: new Map([['005930', 'Samsung']]), series, decisionLog });
}
