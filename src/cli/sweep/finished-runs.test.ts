import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ordinaryFills, type FillModel } from '#backtest/desk/fill-model.ts';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { won } from '#domain/won.ts';
import { madeMinutes } from '#store/fixtures/made-minutes.ts';
import { presetById } from '#strategy/rules/presets/presets.ts';
import { openFinishedRuns } from './finished-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-finished-'));
after(() => rmSync(folder, { recursive: true }));

const search = {
  subject: { kind: 'program', name: 'cross', program: presetById('golden_cross')!.program },
  instruments: [],
  combinations: [{ fast: 3 }],
  from: 20240103,
  to: 20240103,
  initialCash: won(1_000_000),
  limits: limitProfiles.starter,
} as const;
const series = madeMinutes('KRX:005930', { days: [20240103] });

function isOtherSweep(error: unknown): boolean {
  return error instanceof FixConfiguration && error.code === 'optimise.other-sweep';
}

test('openFinishedRuns() goes on over the same minutes, and not over the same bars at other times', () => {
  const later = { ...series, startsAtMs: series.startsAtMs.map((at) => at + 60_000) };
  const file = join(folder, 'runs');
  openFinishedRuns(file, { ...search, series: [series] }).close();

  openFinishedRuns(file, { ...search, series: [series] }).close();

  assert.throws(() => openFinishedRuns(file, { ...search, series: [later] }), isOtherSweep);
});

test('openFinishedRuns() goes on with the same fills alone, by whatever words; the default ones are those of a file without', () => {
  const open = (name: string, fills?: Partial<FillModel>): void =>
    openFinishedRuns(join(folder, name), {
      ...search,
      series: [series],
      ...(fills === undefined ? {} : { fills }),
    }).close();
  const ticks = { slippage: { kind: 'ticks', ticks: 1 } } as const;
  open('plain');
  open('chosen', ticks);

  open('plain', { slippage: { kind: 'none' }, lots: 'single' });
  open('plain', ordinaryFills);
  open('chosen', { lots: 'single', volumeShareBps: 1_000, ...ticks });

  for (const other of [
    undefined,
    { slippage: { kind: 'ticks', ticks: 2 } },
    { ...ticks, volumeShareBps: 500 },
  ] as const) {
    assert.throws(() => open('chosen', other), isOtherSweep);
  }
  for (const other of [ticks, { lots: 'market' }, { volumeShareBps: 999 }] as const) {
    assert.throws(() => open('plain', other), isOtherSweep);
  }
});
