import assert from 'node:assert/strict';
import { test } from 'node:test';
import { krxMinutes } from './krx-minutes.ts';

const at = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const span = (from: string, to: string) => ({ from: at(from), to: at(to) });

test('krxMinutes() knows exam days, first sessions of a year, the lunch break and the after-market of 2026', () => {
  assert.deepEqual(krxMinutes(20240103), {
    continuous: [span('09:00', '15:20')],
    closesAt: at('15:30'),
    extra: [span('08:30', '08:40'), span('15:30', '16:00')],
  });
  assert.deepEqual(krxMinutes(20231116)?.continuous, [span('10:00', '16:20')]);
  assert.deepEqual(krxMinutes(20240102)?.continuous, [span('10:00', '15:20')]);
  assert.deepEqual(krxMinutes(19991220)?.continuous, [span('09:00', '12:00'), span('13:00', '14:50')]);
  assert.deepEqual(krxMinutes(20260914)?.extra.at(-1), span('16:00', '20:00'));
  assert.equal(krxMinutes(20240101), null);
});
