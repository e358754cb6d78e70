import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { progressLine } from './progress.ts';

afterEach(() => mock.restoreAll());

/** What a terminal is told at the given seconds after the beginning, with the share done by then. */
function toldAt(before: number, moments: readonly (readonly [seconds: number, fraction: number])[]): string {
  let [now, told] = [0, ''];
  process.env['SNOWBALL_LANGUAGE'] = 'en';
  mock.method(performance, 'now', () => now);
  mock.method(process.stderr, 'write', (text: string) => {
    told += text;
    return true;
  });
  const isTTY = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
  Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
  try {
    const progress = progressLine('searching', before);
    for (const [seconds, fraction] of moments) {
      now = seconds * 1_000;
      progress.show(fraction);
    }
  } finally {
    mock.restoreAll();
    if (isTTY === undefined) Reflect.deleteProperty(process.stderr, 'isTTY');
    else Object.defineProperty(process.stderr, 'isTTY', isTTY);
  }
  return told;
}

test('progressLine() tells the time left by what it has done itself, not by what a file brought along', () => {
  assert.match(toldAt(0, [[10, 0.25]]), / 25% 30 s left$/);
  assert.match(toldAt(0.5, [[10, 0.625]]), / 63% 30 s left$/);
  assert.match(toldAt(0.5, [[10, 0.505]]), / 51%$/, 'a guess out of the blue is not told');
  assert.match(toldAt(0, [[10, 1]]), / 100%$/);
  assert.equal(toldAt(0, [[0.9, 0.5]]), '', 'nothing within the first second');
});
