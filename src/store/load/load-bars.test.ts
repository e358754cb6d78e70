import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { openBarStore } from '../bar-store.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';
import { loadBars, type LoadRequest, type LoadSource } from './load-bars.ts';
import { threadHelper, type LoadHelper } from './load-helper.ts';
import { helperState, helperStates, type LoadJob } from './load-job.ts';
import { loadMemory } from './load-memory.ts';
import { SeriesRows } from './series-rows.ts';
import { openStoreFile } from '../store-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-load-'));
after(() => rmSync(folder, { recursive: true }));

const always = { interval: '1d', from: 0, to: 99_999_999 } as const;
const days = Int32Array.from({ length: 24_000 }, (_, row) => {
  const day = new Date(Date.UTC(1950, 0, 1) + row * 86_400_000);
  return day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
});
const startsAtMs = Float64Array.from(days, dayStartsAtMs);

/** @param skip days before its first bar @param price of every bar, so that versions can be told apart */
function aSeries(symbol: string, skip: number, price: number): BarSeries {
  const date = days.subarray(skip);
  const prices = Float64Array.from(date, (_, row) => price + (row % 50));
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date,
    startsAtMs: startsAtMs.subarray(skip),
    open: prices,
    high: prices.map((one) => one + 7),
    low: prices.map((one) => one - 7),
    close: prices,
    volume: prices.map((one, row) => one * row),
  };
}

/** Seven long series, two parts of a load; the sixth is a short one that is too dear for blocks. */
function aMarket(price: number): readonly BarSeries[] {
  return Array.from({ length: 8 }, (_, place) =>
    place === 5
      ? aSeries('100005', days.length - 40, 2 ** 31 + price)
      : aSeries(String(100_000 + place), place * 10, price + place),
  );
}

const marketFile = join(folder, 'market.sqlite');
const filling = openBarStore(marketFile);
put(filling, aMarket(1_000));
filling.close();

/** A store of its own with the market at 1,000 won. */
function storeIn(name: string): string {
  const file = join(folder, name);
  copyFileSync(marketFile, file);
  return file;
}

function put(store: ReturnType<typeof openBarStore>, market: readonly BarSeries[]): void {
  store.importSeries(
    market.map((series) => ({ series, name: '이름' })),
    { source: 'test' },
  );
}

function sourceOf(file: string, helper: LoadHelper | null): LoadSource & { readonly close: () => void } {
  const database = openStoreFile(file);
  const close = (): void => {
    helper?.close();
    database.close();
  };
  return { file, database, rows: new SeriesRows(database), helper, close };
}

/** A real thread that is given all the time it wants: the caller finds nothing left to do. */
function patientHelper(onCall: () => void = () => {}): LoadHelper & { readonly jobs: LoadJob[] } {
  const inner = threadHelper({ startBars: 0, callBars: 0 });
  const jobs: LoadJob[] = [];
  return {
    jobs,
    call: (job, bars) => {
      onCall();
      const isCalled = inner.call(job, bars);
      jobs.push(job);
      const { called, working } = helperStates;
      for (const state of [called, working]) Atomics.wait(job.control, helperState, state, 10_000);
      return isCalled;
    },
    isGone: (job) => inner.isGone(job),
    close: () => inner.close(),
  };
}

/** By whether and not by what: a difference of a million numbers takes a minute to print. */
function assertSame(found: readonly BarSeries[], expected: readonly BarSeries[]): void {
  assert.equal(found.length, expected.length);
  for (const [place, series] of found.entries()) {
    assert.ok(isDeepStrictEqual(series, expected[place]), `${series.instrument} is what was stored`);
  }
}

const doneBy = ({ jobs }: { readonly jobs: readonly LoadJob[] }) => jobs.map(({ done }) => [...done]);

test('loadBars() gives the same bars when the helper decodes them all, cut or whole, in blocks or not, copied or in place', () => {
  const helper = patientHelper();
  const file = storeIn('same.sqlite');
  // Large enough for decoders to work in it.
  const decoding = loadMemory(2 ** 25, undefined).buffer;
  const [alone, helped] = [sourceOf(file, null), sourceOf(file, helper)];

  for (const cut of [{}, { from: 19_700_101, to: 19_701_231 }, { from: 30_000_101 }]) {
    const request: LoadRequest = { ...always, ...cut };
    const expected = loadBars(alone, request);
    const found = loadBars(helped, { ...request, memory: new SharedArrayBuffer(8 * 24_000 * 40) });

    assertSame(found.series, expected.series);
    assert.deepEqual(found.names, expected.names);
    assertSame(loadBars(helped, { ...request, memory: decoding }).series, expected.series);
    assertSame(loadBars(alone, { ...request, memory: decoding }).series, expected.series);
  }
  // Twice each. Whole: two parts. A year: one. The future: one, of eight series without bars.
  assert.deepEqual(doneBy(helper), [[1, 1], [1, 1], [1], [1], [1], [1]]);
  assertSame(loadBars(alone, always).series, aMarket(1_000));
  alone.close();
  helped.close();
});

test('loadBars() gives minutes, too, by the helper', () => {
  const file = join(folder, 'minutes.sqlite');
  const minutes = Array.from({ length: 3 * 390 }, (_, row) => row);
  const date = Int32Array.from(minutes, (row) => 20_240_102 + Math.floor(row / 390));
  const begins = Float64Array.from(minutes, (row) => dayStartsAtMs(date[row]!) + (540 + (row % 390)) * 60_000);
  const aDay = aSeries('005930', days.length - minutes.length, 70_000);
  const { open, high, low, close, volume } = aDay;
  const series: BarSeries = { ...aDay, interval: '1m', date, startsAtMs: begins };
  const store = openBarStore(file);
  put(store, [series]);
  store.close();
  const helper = patientHelper();
  const source = sourceOf(file, helper);

  const found = loadBars(source, { interval: '1m', from: 20_240_103, to: 20_240_103 });

  const ofTheDay = (column: Float64Array): Float64Array => column.slice(390, 780);
  assertSame(found.series, [
    {
      ...series,
      date: date.slice(390, 780),
      startsAtMs: ofTheDay(begins),
      open: ofTheDay(open),
      high: ofTheDay(high),
      low: ofTheDay(low),
      close: ofTheDay(close),
      volume: ofTheDay(volume),
    },
  ]);
  assert.deepEqual(doneBy(helper), [[1]]);
  source.close();
});

test('loadBars() keeps to one state of the store when somebody writes between its own beginning and the helper', () => {
  const file = storeIn('changed.sqlite');
  const writer = openBarStore(file);
  let price = 2_000;
  // The caller's transaction has begun when it calls; the helper's, begun after this, sees what is written here.
  const helper = patientHelper(() => put(writer, aMarket((price += 1_000)).slice(5, 7)));
  const source = sourceOf(file, helper);

  for (const expected of [3_000, 4_000]) {
    const { series } = loadBars(source, always);

    assertSame(series, [...aMarket(1_000).slice(0, 5), ...aMarket(expected).slice(5, 7), ...aMarket(1_000).slice(7)]);
  }
  assert.equal(helper.jobs.length, 2);
  source.close();
  writer.close();
});

test('loadBars() takes nothing from another store that lies where its own has been', () => {
  const other = join(folder, 'other.sqlite');
  const writer = openBarStore(other);
  put(writer, aMarket(9_000));
  writer.close();
  const helper = patientHelper();
  const source = { ...sourceOf(storeIn('moved.sqlite'), helper), file: other };

  const { series } = loadBars(source, always);

  assertSame(series, aMarket(1_000));
  // The helper left at the first series; the second part is the caller's.
  assert.deepEqual(doneBy(helper), [[0, 1]]);
  source.close();
});

test('loadBars() names the damaged series that the helper came upon', () => {
  const file = storeIn('damaged.sqlite');
  const database = new DatabaseSync(file);
  const { bytes } = database.prepare("SELECT bytes FROM series WHERE symbol = '100006'").get() as { bytes: Uint8Array };
  bytes[bytes.length >>> 1]! ^= 1;
  database.prepare("UPDATE series SET bytes = ? WHERE symbol = '100006'").run(bytes);
  database.close();
  const helper = patientHelper();
  const source = sourceOf(file, helper);

  assert.throws(() => loadBars(source, always), { code: 'store.damaged', message: /100006/ });

  assert.deepEqual(doneBy(helper), [[1, 0]]);
  source.close();
});

test('loadBars() does without a helper that fails at its start, that never comes, or that may not be started', async () => {
  const file = storeIn('failing.sqlite');
  const programs = ['throw new Error("no");', 'setInterval(() => {}, 1000);', 'this is no program'];
  for (const program of programs) {
    const helper = threadHelper({
      startBars: 0,
      callBars: 0,
      program: new URL(`data:text/javascript,${encodeURIComponent(program)}`),
    });
    const source = sourceOf(file, helper);

    for (let round = 0; round < 2; round += 1) {
      assertSame(loadBars(source, always).series, aMarket(1_000));
      // Lets the failure of the thread be heard.
      await new Promise((resolve) => setImmediate(resolve));
    }

    source.close();
  }
  const forbidden = threadHelper({ startBars: 0, program: new URL('https://example.invalid/worker.js') });
  const source = sourceOf(file, forbidden);
  assertSame(loadBars(source, always).series, aMarket(1_000));
  source.close();
});

test('loadBars() leaves the memory to a helper that does not end, and calls it no more', () => {
  const file = storeIn('stuck.sqlite');
  const program = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ control }) => {
      Atomics.store(control, ${helperState}, ${helperStates.working});
      Atomics.notify(control, ${helperState});
      for (;;) Atomics.add(control, 0, 1);
    });`;
  const inner = threadHelper({
    startBars: 0,
    callBars: 0,
    patienceMs: 20,
    program: new URL(`data:text/javascript,${encodeURIComponent(program)}`),
  });
  const calls: boolean[] = [];
  const call: LoadHelper['call'] = (job, bars) => {
    calls.push(inner.call(job, bars));
    Atomics.wait(job.control, helperState, helperStates.called, calls.at(-1) === true ? 10_000 : 0);
    return calls.at(-1) === true;
  };
  const source = sourceOf(file, { ...inner, call, isGone: (job) => inner.isGone(job), close: () => inner.close() });
  const memory = new SharedArrayBuffer(8 * 24_000 * 40);

  const first = loadBars(source, { ...always, memory });
  const second = loadBars(source, { ...always, memory: first.memory });

  assertSame(first.series, aMarket(1_000));
  assert.notEqual(first.memory, memory);
  assert.equal(second.memory, first.memory);
  assert.deepEqual(calls, [true, false]);
  source.close();
});

test('a helper keeps no process alive whose store was not closed', () => {
  const file = storeIn('open.sqlite');
  const script = `
    import { loadBars } from ${JSON.stringify(new URL('load-bars.ts', import.meta.url).href)};
    import { threadHelper } from ${JSON.stringify(new URL('load-helper.ts', import.meta.url).href)};
    import { SeriesRows } from ${JSON.stringify(new URL('series-rows.ts', import.meta.url).href)};
    import { openStoreFile } from ${JSON.stringify(new URL('../store-file.ts', import.meta.url).href)};
    const database = openStoreFile(${JSON.stringify(file)});
    const helper = threadHelper({ startBars: 0, callBars: 0 });
    const source = { file: ${JSON.stringify(file)}, database, rows: new SeriesRows(database), helper };
    const { series } = loadBars(source, { interval: '1d', from: 0, to: 99999999 });
    process.stdout.write(String(series.length));`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 20_000,
  });

  assert.deepEqual([stdout, status], ['8', 0]);
});
