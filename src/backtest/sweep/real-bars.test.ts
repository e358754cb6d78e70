import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import type { RuleGroup, RuleOperand, RuleProgram } from '#strategy/rules/program.ts';
import { runBacktest } from '../engine.ts';
import { runSweep } from './run-sweep.ts';
import { resolveCombination } from './sweep-rules.ts';
import type { Combination, SweepOptions, SweepPath, SweepSubject } from './sweep.ts';
import { tutorialConfig } from '../../../tests/support/tutorial-config.ts';

const folder = new URL('../../../../shared/data/krx-daily/', import.meta.url);
const skip = existsSync(folder) ? false : 'no real prices beside the checkout (shared/data/krx-daily)';
/** Three stocks, one of them split 50 for 1 in these years, and two funds. */
const symbols = ['005930', '000660', '035420', '069500', '122630'];

const tutorial: SweepSubject = {
  kind: 'tutorial',
  name: 'tutorial',
  config: tutorialConfig,
};
const breakout = programOf({
  entry: {
    kind: 'all',
    rules: [
      compare(price('close'), 'cross_above', line('bands', 'upper')),
      compare(price('volume'), 'greater_than', number(0)),
    ],
  },
  exit: { kind: 'any', rules: [compare(price('close'), 'less_than', line('bands', 'middle'))] },
  risk: { stopLossBps: 500, takeProfitBps: null, trailingStopBps: 800 },
});
const dip = programOf({
  entry: {
    kind: 'all',
    rules: [compare(line('rsi'), 'less_than', number(45)), compare(price('close'), 'greater_than', line('ema'))],
  },
  exit: { kind: 'any', rules: [compare(line('rsi'), 'greater_than', number(58))] },
  risk: { stopLossBps: null, takeProfitBps: 1_000, trailingStopBps: null },
});
const strategies: readonly (readonly [string, SweepSubject, readonly Combination[]])[] = [
  ['the tutorial', tutorial, [{}, { ma_short: 8, ma_long: 33, stop_loss: 0.045 }]],
  ['a breakout with a trailing stop', breakout, [{}, { period: 45, trailing_stop: 0.12 }]],
  ['a dip in a rising market', dip, [{ period: 9 }, { period: 4, position_size: 0.5 }]],
];

for (const [name, subject, combinations] of strategies) {
  test(`runSweep() of ${name} on real bars gives on every path what runBacktest() gives, to the won`, { skip }, () => {
    const options = optionsOf(subject, combinations);

    const [event, fused, sparse] = (['event', 'fused', 'sparse'] as const).map((path) => played(options, path));

    assert.deepEqual(fused!.map(withoutPath), event!.map(withoutPath));
    assert.deepEqual(sparse!.map(withoutPath), event!.map(withoutPath));
    assert.deepEqual(counted(sparse!), { sparse: symbols.length * 2 });
    assert.deepEqual(counted(fused!), { fused: symbols.length * 2 });
    assert.ok(event!.every((run) => run.kind === 'run' && run.figures.trades > 4));
  });
}

test('the figures of runSweep() are those of the metrics of a backtest', { skip }, () => {
  const options = { ...optionsOf(tutorial, [{}]), keep: 'figures' } as const;

  for (const run of runSweep(options)) {
    assert.ok(run.kind === 'run');
    const { metrics } = backtestOf(options, run.symbol);
    const { figures } = run;
    const exact = [
      'finalValue',
      'totalReturn',
      'maximumDrawdown',
      'roundTrips',
      'winRate',
      'deniedOrders',
      'fees',
      'tax',
    ] as const;
    for (const figure of exact) assert.equal(figures[figure], metrics[figure], `${run.symbol} ${figure}`);
    assert.ok(Math.abs(figures.sharpe! - metrics.sharpe!) < 1e-9, `${figures.sharpe} and ${metrics.sharpe}`);
    assert.ok(Math.abs(figures.profitFactor! - metrics.profitFactor!) < 1e-9);
    assert.equal(figures.daysHeld / figures.days, metrics.exposure);
  }
});

function backtestOf(options: SweepOptions, symbol: string) {
  const instrument = options.instruments.find((one) => one.symbol === symbol)!;
  const resolved = resolveCombination(options.subject, {});
  assert.ok(resolved.kind === 'rules');
  const { result } = runBacktest({
    ...options,
    strategy: resolved.strategy([instrument.id]),
    series: options.series.filter((one) => one.instrument === instrument.id),
    instruments: [instrument],
    sha256: () => '',
  });
  return result;
}

function played(options: SweepOptions, path: SweepPath) {
  return runSweep({ ...options, path });
}

function withoutPath(run: ReturnType<typeof runSweep>[number]): object {
  return { ...run, path: null };
}

function counted(runs: ReturnType<typeof runSweep>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const run of runs) if (run.kind === 'run') counts[run.path] = (counts[run.path] ?? 0) + 1;
  return counts;
}

/** From the middle of 2018 on, so that there are bars to warm up on before. */
function optionsOf(subject: SweepSubject, combinations: readonly Combination[]): SweepOptions {
  const series = symbols.map(seriesOf);
  return {
    subject,
    series,
    instruments: symbols.map((symbol) => listingOf(symbol)!),
    combinations,
    from: 2018_06_15,
    to: 2020_12_30,
    initialCash: won(10_000_000),
    limits: starter,
    keep: 'trades',
  };
}

function seriesOf(symbol: string): BarSeries {
  const rows = readFileSync(new URL(`${symbol}.csv`, folder), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',', 6).map(Number))
    .filter(([date = 0]) => date > 2018_01_01 && date < 2021_01_01);
  const column = (place: number) => Float64Array.from(rows, (row) => row[place]!);
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.from(rows, (row) => row[0]!),
    startsAtMs: Float64Array.from(rows, (_, row) => row * 86_400_000),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

function programOf(
  parts: Pick<RuleProgram, 'risk'> & { readonly entry: RuleGroup; readonly exit: RuleGroup },
): SweepSubject {
  const period = { param: 'period' } as const;
  const indicator = (alias: string, id: string, params: RuleProgram['indicators'][number]['params']) => ({
    alias,
    label: alias,
    id,
    params,
    output: '',
  });
  const program: RuleProgram = {
    metadata: { id: 'any', name: 'any', description: '', author: '', category: '', tags: [] },
    params: { period: { default: 20, min: null, max: null, step: null, type: 'int', description: '' } },
    indicators: [
      indicator('bands', 'bollinger', { period, std: 1.5 }),
      indicator('rsi', 'rsi', { period }),
      indicator('ema', 'ema', { period: 60 }),
    ],
    candlesticks: [],
    sizing: { equityBps: 3_000, positionsMax: 3 },
    ...parts,
  };
  return { kind: 'program', name: 'any', program };
}

function line(alias: string, output = 'value'): RuleOperand {
  return { kind: 'indicator', alias, output, barsAgo: 0, scale: null };
}

function price(word: 'close' | 'volume'): RuleOperand {
  return { kind: 'price', word, barsAgo: 0 };
}

function number(value: number): RuleOperand {
  return { kind: 'number', value };
}

function compare(left: RuleOperand, operator: 'cross_above' | 'less_than' | 'greater_than', right: RuleOperand) {
  return { kind: 'compare', left, operator, right } as const;
}
