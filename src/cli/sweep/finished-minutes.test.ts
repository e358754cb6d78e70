import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { won } from '#domain/won.ts';
import { madeMinutes } from '#store/fixtures/made-minutes.ts';
import { presetById } from '#strategy/rules/presets/presets.ts';
import { openFinishedRuns } from './finished-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-finished-'));
after(() => rmSync(folder, { recursive: true }));

test('openFinishedRuns() goes on over the same minutes, and not over the same bars at other times', () => {
  const series = madeMinutes('KRX:005930', { days: [20240103] });
  const later = { ...series, startsAtMs: series.startsAtMs.map((at) => at + 60_000) };
  const search = {
    subject: { kind: 'program', name: 'cross', program: presetById('golden_cross')!.program },
    instruments: [],
    combinations: [{ fast: 3 }],
    from: 20240103,
    to: 20240103,
    initialCash: won(1_000_000),
    limits: limitProfiles.starter,
  } as const;
  const file = join(folder, 'runs');
  openFinishedRuns(file, { ...search, series: [series] }).close();

  openFinishedRuns(file, { ...search, series: [series] }).close();

  assert.throws(
    () => openFinishedRuns(file, { ...search, series: [later] }),
    (error) => error instanceof FixConfiguration && error.code === 'optimise.other-sweep',
  );
});
