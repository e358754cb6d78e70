import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BarHoles } from './bar-holes.ts';

const minute = (minutes: number, seconds = 0): number => (minutes * 60 + seconds) * 1_000;
const instrument = 'KRX:005930';

test('BarHoles gives whole minutes that are over, and keeps the one that still runs', () => {
  const holes = new BarHoles();
  holes.open(instrument, { fromMs: minute(10, 30), toMs: minute(12, 5) });

  const early = holes.fillable(instrument, minute(12, 50));
  holes.filled(instrument, early?.toMs ?? 0);
  const tooEarly = holes.fillable(instrument, minute(12, 55));
  const late = holes.fillable(instrument, minute(14));
  holes.filled(instrument, late?.toMs ?? 0);

  assert.deepEqual(early, { fromMs: minute(10), toMs: minute(12) });
  assert.equal(tooEarly, null);
  assert.deepEqual(late, { fromMs: minute(12), toMs: minute(13) });
  assert.deepEqual(holes.instruments(), []);
});

test('BarHoles joins a second gap to the first that is not filled yet', () => {
  const holes = new BarHoles();
  holes.open(instrument, { fromMs: minute(10), toMs: minute(11) });
  holes.open(instrument, { fromMs: minute(15, 1), toMs: minute(15, 2) });

  assert.deepEqual(holes.fillable(instrument, minute(20)), { fromMs: minute(10), toMs: minute(16) });
  assert.equal(holes.fillable('KRX:000660', minute(20)), null);
});
