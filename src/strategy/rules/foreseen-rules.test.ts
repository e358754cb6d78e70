import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { goldenBars } from '#indicators/fixtures/golden-bars.ts';
import { ForeseenRules } from './foreseen-rules.ts';
import type { RuleProgram } from './program.ts';
import { resolveProgram } from './resolve-program.ts';
import { RunningRules } from './running-rules.ts';

const rising: RuleProgram = {
  metadata: { id: 'rising', name: 'rising', description: '', author: '', category: '', tags: [] },
  params: {},
  indicators: [{ alias: 'mean', label: 'mean', id: 'sma', params: { period: 5 }, output: 'value' }],
  candlesticks: [],
  entry: { kind: 'all', rules: [closeAgainstMean('cross_above')] },
  exit: { kind: 'all', rules: [closeAgainstMean('cross_below')] },
  risk: { stopLossBps: null, takeProfitBps: null, trailingStopBps: null },
  sizing: { equityBps: 1_000, positionsMax: 1 },
};

test('ForeseenRules foresees the first series of a process as it does every longer one after it', () => {
  const resolved = resolveProgram(rising);
  assert.ok(resolved.kind === 'rules');

  for (const length of [40, 300, 4_000, 300]) {
    const series = seriesOf(length);
    const { entryRows } = new ForeseenRules(
      resolved.rules,
      series,
      { start: 0, end: length },
      {
        tellsWhy: true,
        benchmark: null,
      },
    );

    const running = new RunningRules(resolved.rules);
    const entries = Array.from({ length }, (_, row) => row).filter((row) => {
      const at = (column: Float64Array): number => column[row] ?? NaN;
      const { open, high, low, close, volume } = series;
      running.next({
        open: at(open),
        high: at(high),
        low: at(low),
        close: at(close),
        volume: at(volume),
        benchmark: NaN,
      });
      return running.entry;
    });
    assert.ok(entries.length > 2);
    assert.deepEqual([...entryRows], entries);
  }
});

function closeAgainstMean(operator: 'cross_above' | 'cross_below') {
  const left = { kind: 'price', word: 'close', barsAgo: 0, scale: null } as const;
  const right = { kind: 'indicator', alias: 'mean', output: 'value', barsAgo: 0, scale: null } as const;
  return { kind: 'compare', left, operator, right } as const;
}

function seriesOf(length: number): BarSeries {
  const days = Int32Array.from({ length }, (_, day) => 20_000_000 + day);
  return {
    instrument: 'KRX:005930',
    interval: '1d',
    date: days,
    startsAtMs: Float64Array.from(days),
    ...goldenBars(length),
  };
}
