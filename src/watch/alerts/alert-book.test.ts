import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlertBook, waitingMax } from './alert-book.ts';
import type { Alert, Attempt } from './alert.ts';

const channels = [
  { name: 'file', from: 'notice' },
  { name: 'phone', from: 'critical' },
] as const;
const delivered: Attempt = { kind: 'delivered', detail: 'HTTP 200' };
const again = (afterMs = 0): Attempt => ({ kind: 'again', detail: 'HTTP 500', afterMs });
const anAlert = (id: string, code = 'gateway-lost'): Alert => ({ id, code, at: '2026-11-20T01:00:00Z', line: null });

function aBook(dropped: string[] = []): AlertBook {
  return new AlertBook({ channels, random: () => 1 - Number.EPSILON, onDropped: ({ id }) => dropped.push(id) });
}

test('INV-32 take() hands critical alerts to every channel first, and a notice only where it is wanted', () => {
  const book = aBook();
  book.add(anAlert('n', 'policy-changed'), 0);
  book.add(anAlert('c'), 0);

  assert.deepEqual([book.take('file', 0)?.id, book.take('file', 0)?.id, book.take('file', 0)], ['c', 'n', null]);
  assert.deepEqual([book.take('phone', 0)?.id, book.take('phone', 0)], ['c', null]);
});

test('INV-32 a critical alert is sent again after 1, 5, 15 and 30 minutes, then every half hour, until it is acknowledged', () => {
  const book = aBook();
  book.add(anAlert('c'), 0);
  const sentAt: number[] = [];

  for (let minute = 0; minute <= 95; minute += 1) {
    const nowMs = minute * 60_000;
    book.repeat(nowMs);
    while (book.take('phone', nowMs) !== null) {
      book.settle('phone', 'c', delivered, nowMs);
      sentAt.push(minute);
    }
  }
  book.close(['c']);
  book.repeat(200 * 60_000);

  assert.deepEqual(sentAt, [0, 1, 5, 15, 30, 60, 90]);
  assert.equal(book.take('phone', 200 * 60_000), null);
});

test('INV-32 a failed delivery is tried again after 1 to 30 seconds, ten times, and its failure is told once', () => {
  const book = aBook();
  book.add(anAlert('w', 'server-lost'), 0);
  const waits: number[] = [];
  let nowMs = 0;
  let failure = null;

  while (failure === null) {
    const before = nowMs;
    while (book.take('file', nowMs) === null) nowMs += 100;
    waits.push(nowMs - before);
    failure = book.settle('file', 'w', again(), nowMs);
  }

  assert.deepEqual(waits, [0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  assert.deepEqual(failure, { id: 'w', channel: 'file', outcome: 'failed', detail: 'HTTP 500' });
  assert.equal(book.size, 0, 'nothing waits for it any more');
});

test('INV-32 a delivery that succeeds with a later repeat is told, after the failure that was told before', () => {
  const book = aBook();
  book.add(anAlert('c'), 0);
  book.take('phone', 0);
  const first = book.settle('phone', 'c', { kind: 'refused', detail: 'HTTP 401' }, 0);
  book.repeat(60_000);
  book.take('phone', 60_000);
  const second = book.settle('phone', 'c', delivered, 60_000);
  book.repeat(300_000);
  book.take('phone', 300_000);
  const third = book.settle('phone', 'c', delivered, 300_000);

  assert.deepEqual([first?.outcome, second?.outcome, third], ['failed', 'delivered', null]);
});

test('settle() waits as long as the other side asked, and tries no refused delivery again', () => {
  const book = aBook();
  book.add(anAlert('a', 'server-lost'), 0);
  book.add(anAlert('b', 'standby-lost'), 0);
  book.take('file', 0);
  book.take('file', 0);

  book.settle('file', 'a', again(20_000), 0);
  const refused = book.settle('file', 'b', { kind: 'refused', detail: 'HTTP 404' }, 0);

  assert.equal(book.take('file', 19_999), null);
  assert.equal(book.take('file', 20_000)?.id, 'a');
  assert.equal(refused?.outcome, 'failed');
});

test('INV-32 an alert that was told is not told again after a restart, and one that waits goes on waiting', () => {
  const book = aBook();
  book.add(anAlert('done', 'server-lost'), 0);
  book.take('file', 0);
  book.settle('file', 'done', delivered, 0);
  book.add(anAlert('c'), 0);
  const state = JSON.parse(JSON.stringify(book.state));

  const next = new AlertBook({ channels, random: Math.random, state, onDropped: () => undefined });

  assert.equal(next.add(anAlert('done', 'server-lost'), 1), false);
  assert.equal(next.add(anAlert('c'), 1), false);
  assert.equal(next.take('phone', 1)?.id, 'c');
});

test('INV-40 five hundred alerts wait at most: notices make room first, and a critical one that must is told', () => {
  const dropped: string[] = [];
  const book = aBook(dropped);
  book.add(anAlert('notice', 'policy-changed'), 0);
  for (let index = 0; index < waitingMax; index += 1) book.add(anAlert(`c${index}`), 0);

  assert.deepEqual([book.size, dropped], [waitingMax, []]);
  assert.ok(book.state.entries.every(({ alert }) => alert.id !== 'notice'));

  book.add(anAlert('one too many'), 0);

  assert.deepEqual([book.size, dropped], [waitingMax, ['c0']]);
});
