import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Silence } from './silence.ts';

const looks = (silence: Silence, fromMs: number, count: number): number => {
  for (let at = 1; at <= count; at += 1) silence.look(fromMs + at * 100);
  return fromMs + count * 100;
};

test('Silence counts from the last sign of life', () => {
  const silence = new Silence({ lookEveryMs: 100, lostAfterMs: 500 });
  silence.look(0);
  silence.heard();

  const at = looks(silence, 0, 4);
  const early = silence.isLost;
  silence.look(at + 100);

  assert.deepEqual([early, silence.isLost, silence.silentMs], [false, true, 500]);
});

test('Silence takes a late look for our own standstill', () => {
  const silence = new Silence({ lookEveryMs: 100, lostAfterMs: 500 });
  silence.look(0);
  silence.heard();

  silence.look(60_000);

  assert.deepEqual([silence.isLost, silence.silentMs], [false, 200]);
});

test('Silence gives one that never spoke, and one that was started anew, their first time', () => {
  const silence = new Silence({ lookEveryMs: 100, lostAfterMs: 500, firstWithinMs: 1_000 });
  silence.look(0);

  const at = looks(silence, 0, 9);
  const early = silence.isLost;
  looks(silence, at, 1);
  const late = silence.isLost;
  silence.restart();

  assert.deepEqual([early, late, silence.isLost], [false, true, false]);
});
