import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { standard } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { presetById } from '#strategy/rules/presets/presets.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { runBacktest } from '../engine.ts';
import { runSweep } from './run-sweep.ts';

const id = instrumentId('005930');
const days = [20240103, 20240104, 20240105, 20240108];

function minutes(): BarSeries {
  const rows = days.flatMap((date) =>
    Array.from({ length: 120 }, (_, minute) => {
      const midnight = Date.UTC(2024, 0, date % 100) - 9 * 3_600_000;
      const close = 70_000 + 100 * Math.round(6 * Math.sin(minute / 9));
      return { date, at: midnight + (540 + minute) * 60_000, close };
    }),
  );
  const close = Float64Array.from(rows, (row) => row.close);
  return {
    instrument: id,
    interval: '1m',
    date: Int32Array.from(rows, ({ date }) => date),
    startsAtMs: Float64Array.from(rows, ({ at }) => at),
    open: close,
    high: close.map((price) => price + 100),
    low: close.map((price) => price - 100),
    close,
    volume: new Float64Array(rows.length).fill(1_000_000),
  };
}

const slipped = { slippage: { kind: 'spread', spreadBps: 20, shareBps: 5_000 }, volumeShareBps: 1 } as const;
for (const [fills, told] of [
  [{}, ''],
  [slipped, ', with chosen fills too'],
] as const) {
  test(`runSweep() runs minute bars by the engine, to the won as a backtest of the same setting${told}`, () => {
    const { program } = presetById('golden_cross')!;
    const common = {
      series: [minutes()],
      instruments: [listingOf('005930')!],
      from: days[0]!,
      to: days.at(-1)!,
      initialCash: won(10_000_000),
      limits: standard,
      fills,
    };
    const name = program.metadata.id;
    const rules = resolveProgram(program, { fast: 4 });
    assert.ok(rules.kind === 'rules');
    const strategy = ruleStrategy({ name, rules: rules.rules, program, instruments: [id], interval: '1m' });

    const [run] = runSweep({
      ...common,
      subject: { kind: 'program', name, program },
      combinations: [{ fast: 4 }],
      keep: 'trades',
    });
    const { result } = runBacktest({ ...common, strategy, sha256: () => '' });

    assert.ok(run?.kind === 'run' && run.path === 'event');
    assert.ok(result.trades.length > 4, 'there was something to compare');
    assert.equal(run.figures.finalValue, result.metrics.finalValue);
    assert.deepEqual(
      run.trades?.map(({ date, side, price }) => [date, side, price]),
      result.trades.map(({ date, side, price }) => [date, side, price]),
    );
    assert.equal(run.equity?.length, days.length, 'one value a day');
  });
}
