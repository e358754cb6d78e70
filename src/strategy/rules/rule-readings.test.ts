import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bar } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { goldenBars } from '#indicators/fixtures/golden-bars.ts';
import type { StrategyContext } from '../strategy.ts';
import { presets } from './presets/presets.ts';
import { resolveProgram } from './resolve-program.ts';
import { ruleStrategy } from './rule-strategy.ts';
import { RunningRules } from './running-rules.ts';

const samsung = instrumentId('005930');
const bars = barsOf();

function barsOf(): readonly Bar[] {
  const { open, high, low, close, volume } = goldenBars();
  return Array.from({ length: 200 }, (_, row) => ({
    startsAtMs: row * 86_400_000,
    date: 20_200_000 + row,
    open: won(Math.round(open[row] ?? 0)),
    high: won(Math.round(high[row] ?? 0)),
    low: won(Math.round(low[row] ?? 0)),
    close: won(Math.round(close[row] ?? 0)),
    volume: volume[row] ?? 0,
  }));
}

/** Warming up asks nothing of the account. */
const context = {} as StrategyContext;

for (const { program } of presets) {
  const { id } = program.metadata;
  test(`ruleStrategy() tells of ${id} on every bar which conditions hold, as its rules decide, and their values`, () => {
    const resolved = resolveProgram(program);
    assert.equal(resolved.kind, 'rules');
    const { rules } = resolved;
    const strategy = ruleStrategy({ name: id, rules, program, instruments: [samsung], interval: '1d' });
    const running = new RunningRules(rules);

    for (const bar of bars) {
      strategy.onBar(context, samsung, bar, true);
      if (bar.volume > 0) running.next({ ...bar, benchmark: NaN });
      const checks = strategy.checks?.(samsung) ?? [];
      for (const [side, people] of [
        ['entry', 'buy'],
        ['exit', 'sell'],
      ] as const) {
        const own = checks.filter((check) => check.side === people);
        const wanted = running.compared(side);
        assert.deepEqual(
          own.map(({ holds, left, right }) => [holds, left.value, right.value]),
          wanted.map(({ isTrue, left, right }) => [isTrue, left, right]),
        );
        const isFlat = rules[side].rules.every(({ kind }) => kind === 'compare');
        if (isFlat && rules[side].kind === 'all' && own.length > 0) {
          assert.equal(
            own.every(({ holds }) => holds),
            running[side],
            `${side} on ${bar.date}`,
          );
        }
        for (const { text, rule } of own) assert.ok(text.ko !== '' && text.en !== '' && rule.ko !== '');
      }
    }
    const readings = strategy.readings?.(samsung) ?? [];
    assert.equal(new Set(readings.map(({ name }) => name)).size, readings.length);
    assert.ok(readings.some(({ value }) => Number.isFinite(value)));
  });
}
