import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { handSeries } from '#backtest/hand-bars.ts';
import type { Bar } from '#domain/bar.ts';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { ActedDay } from '../acted-day.ts';
import { DayFeed } from './day-feed.ts';

const folder = mkdtempSync(join(tmpdir(), 'snow-'));
const [kodex, kosdaq] = [instrumentId('069500'), instrumentId('229200')];
/** From Monday, 2 January 2023. */
const week = barsOf(5);

after(() => rmSync(folder, { recursive: true }));

function barsOf(count: number): readonly Bar[] {
  const { date, startsAtMs } = handSeries(
    '069500',
    20_230_102,
    Array.from({ length: count }, () => 10_000),
  );
  const prices = { open: won(10_000), high: won(10_000), low: won(10_000), close: won(10_000), volume: 1 };
  return [...date].map((day, row) => ({ ...prices, date: day, startsAtMs: startsAtMs[row]! }));
}

/** A feed at a market time, and what it did: `date±` is a bar that was (+) or was not (−) to be acted upon. */
function aFeed(name: string, at: string, bars: ReadonlyMap<InstrumentId, readonly Bar[] | null>) {
  const done: string[] = [];
  const clock = { now: Temporal.Instant.from(at), elapsedMs: 0 };
  const reads = { count: 0 };
  const feed = new DayFeed({
    instruments: [...bars.keys()],
    read: async (instrument) => {
      reads.count += 1;
      const found = bars.get(instrument);
      if (found === null || found === undefined) throw new Error('no answer');
      return found;
    },
    now: () => clock.now,
    elapsedMs: () => clock.elapsedMs,
    notBeforeMs: 0,
    acted: new ActedDay(join(folder, name)),
    show: (instrument, { date }, isWarmUp) => done.push(`${instrument.slice(4)} ${date}${isWarmUp ? '−' : '+'}`),
    close: (date) => done.push(`close ${date}`),
    onDone: (sentence) => done.push(sentence ?? 'done'),
  });
  return { feed, done, clock, reads };
}

describe('DayFeed', () => {
  test('DayFeed shows closed days by day in the declared order, and acts on the session before this one alone', async () => {
    const bars = new Map([[kosdaq, week.slice(0, 3)] as const, [kodex, week.slice(1, 4)] as const]);
    // Thursday, 10:00 in Seoul: the bar of Thursday is not over.
    const { feed, done } = aFeed('order', '2023-01-05T01:00:00Z', bars);

    await feed.look();

    assert.deepEqual(done, [
      '229200 20230102−',
      '229200 20230103−',
      '069500 20230103−',
      '229200 20230104+',
      '069500 20230104+',
      'close 20230104',
      'done',
    ]);
  });

  test('DayFeed acts on a Friday on Monday, once, and again on the next session', async () => {
    const { feed, done, clock } = aFeed('weekend', '2023-01-09T00:30:00Z', new Map([[kodex, barsOf(7)]]));

    await feed.look();
    await feed.look();
    assert.deepEqual(done.slice(-3), ['069500 20230106+', 'close 20230106', 'done']);
    done.length = 0;
    clock.now = Temporal.Instant.from('2023-01-10T00:30:00Z');
    clock.elapsedMs = 60_000;
    await feed.look();

    assert.deepEqual(
      done.filter((line) => !line.endsWith('−')),
      ['069500 20230109+', 'close 20230109', 'done'],
    );
  });

  test('DayFeed reads nothing before the opening, after the close, or on a holiday', async () => {
    for (const at of ['2023-01-04T23:59:00Z', '2023-01-05T06:31:00Z', '2023-01-07T03:00:00Z', '2023-01-23T03:00:00Z']) {
      const { feed, reads } = aFeed('closed', at, new Map([[kodex, week]]));
      await feed.look();
      assert.equal(reads.count, 0, at);
    }
  });

  test('DayFeed tries a failed read again after five seconds, and shows nothing by halves', async () => {
    const bars = new Map<InstrumentId, readonly Bar[] | null>([
      [kodex, week.slice(0, 3)],
      [kosdaq, null],
    ]);
    const { feed, done, clock, reads } = aFeed('failed', '2023-01-05T01:00:00Z', bars);

    await feed.look();
    await feed.look();
    assert.deepEqual([done, reads.count], [[], 2]);
    bars.set(kosdaq, week.slice(0, 3));
    clock.elapsedMs = 5_000;
    await feed.look();

    assert.equal(done.at(-2), 'close 20230104');
  });

  test('DayFeed acts on nothing when it cannot write the day down, or cannot read what it wrote', async () => {
    mkdirSync(join(folder, 'full.new'));
    writeFileSync(join(folder, 'damaged'), 'what');
    for (const name of ['full', 'damaged']) {
      const { feed, done } = aFeed(name, '2023-01-05T01:00:00Z', new Map([[kodex, week.slice(0, 3)]]));

      await feed.look();

      assert.ok(!done.some((line) => line.startsWith('close') || line.endsWith('+')), name);
    }
  });
});
