import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { progressLine } from './progress.ts';

afterEach(() => mock.restoreAll());

/** What a terminal is told at the given seconds after the beginning, with the share done by then. */
function toldAt(moments: readonly (readonly [seconds: number, fraction: number])[]): string {
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
    const progress = progressLine('searching');
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

test('progressLine() tells the time left by the pace since its first news, not by what threads or a file brought along', () => {
  const [started, resumed] = [
    [5, 0],
    [5, 0.5],
  ] as const;

  assert.match(toldAt([started, [15, 0.25]]), / 25% 30 s left$/);
  assert.match(toldAt([resumed, [15, 0.625]]), / 63% 30 s left$/);
  assert.match(toldAt([resumed]), / 50%$/);
  assert.match(toldAt([resumed, [15, 0.505]]), / 51%$/, 'a guess out of the blue is not told');
  assert.match(toldAt([started, [15, 1]]), / 100%$/);
  assert.match(toldAt([started, [15, 0.125]]), / 13% about 2 min left$/);
  assert.equal(toldAt([[0.9, 0.5]]), '', 'nothing within the first second');
});
