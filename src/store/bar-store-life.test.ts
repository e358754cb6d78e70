import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { encodeBars } from './bar-columns.ts';
import { openBarStore } from './bar-store.ts';
import { dayStartsAtMs } from './csv/csv-series.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-store-life-'));
after(() => rmSync(folder, { recursive: true }));
const always = { interval: '1d', from: 0, to: 99_999_999 } as const;

function aSeries(instrument: InstrumentId, dates: readonly number[], close = 1_000): BarSeries {
  const prices = () => Float64Array.from(dates, (_, row) => close + row * 5);
  return {
    instrument,
    interval: '1d',
    date: Int32Array.from(dates),
    startsAtMs: Float64Array.from(dates, dayStartsAtMs),
    open: prices(),
    high: prices(),
    low: prices(),
    close: prices(),
    volume: Float64Array.from(dates, (_, row) => row * 7),
  };
}

const week = [20231218, 20231219, 20231220, 20231221, 20231222];

/** A file as the first version of the store wrote it. */
function oldFile(name: string, all: readonly BarSeries[]): string {
  const file = join(folder, name);
  const database = new DatabaseSync(file);
  database.exec(
    'CREATE TABLE bars (symbol TEXT NOT NULL, interval TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, count INTEGER NOT NULL, columns BLOB NOT NULL, PRIMARY KEY (symbol, interval)) STRICT, WITHOUT ROWID',
  );
  const insert = database.prepare('INSERT INTO bars VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const one of all) {
    const { length } = one.date;
    const symbol = one.instrument.slice(4);
    insert.run(
      symbol,
      one.interval,
      `이름 ${symbol}`,
      'old',
      one.date[0]!,
      one.date[length - 1]!,
      length,
      encodeBars(one),
    );
  }
  database.close();
  return file;
}

test('openBarStore() takes over every bar of a file of the first layout, once', () => {
  const minutes: BarSeries = { ...aSeries('KRX:005930', week), interval: '1m' };
  const all = [minutes, aSeries('KRX:005930', week, 2_000_000_000), aSeries('KRX:069500', week.slice(1, 4))];
  const file = oldFile('old.sqlite', all);

  const first = openBarStore(file);

  assert.equal(first.takenOver, 3);
  for (const one of all) assert.deepEqual(first.series(one.instrument.slice(4), one.interval, 0, 99_999_999), one);
  assert.deepEqual(
    first.datasets().map(({ symbol, name, source, bars }) => [symbol, name, source, bars]),
    [
      ['005930', '이름 005930', 'old', 5],
      ['005930', '이름 005930', 'old', 5],
      ['069500', '이름 069500', 'old', 3],
    ],
  );
  first.close();
  const again = openBarStore(file);
  assert.equal(again.takenOver, 0);
  assert.equal(again.datasets().length, 3);
  again.close();
});

test('openBarStore() carries a damaged series of the first layout over and says so when it is read', () => {
  const file = oldFile('old-damaged.sqlite', [aSeries('KRX:005930', week), aSeries('KRX:069500', week)]);
  const database = new DatabaseSync(file);
  database.exec("UPDATE bars SET columns = x'01ffff' WHERE symbol = '005930'");
  database.close();

  const store = openBarStore(file);

  assert.throws(() => store.series('005930', '1d', 0, 99_999_999), { code: 'store.damaged' });
  assert.deepEqual(store.series('069500', '1d', 0, 99_999_999), aSeries('KRX:069500', week));
  store.close();
});

test('openBarStore() refuses a file of a later layout and leaves it as it is', () => {
  const file = join(folder, 'later.sqlite');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 99');
  database.close();

  assert.throws(() => openBarStore(file), { code: 'store.open', message: /layout 99/ });
});

test('series() finds one changed bit anywhere in what is stored', () => {
  const file = join(folder, 'bits.sqlite');
  const store = openBarStore(file);
  store.importSeries([{ series: aSeries('KRX:005930', week), name: '' }], { source: 'test' });
  const database = new DatabaseSync(file);
  const { bytes, days } = database.prepare('SELECT bytes, days FROM series').get() as {
    bytes: Uint8Array;
    days: Uint8Array;
  };
  database.exec('PRAGMA synchronous = OFF');
  const change = database.prepare('UPDATE series SET bytes = ?, days = ?');

  for (let bit = 0; bit < (bytes.length + days.length) * 8; bit += 1) {
    const both = [...bytes, ...days];
    both[bit >>> 3]! ^= 1 << (bit & 7);
    change.run(Uint8Array.from(both.slice(0, bytes.length)), Uint8Array.from(both.slice(bytes.length)));
    assert.throws(() => store.series('005930', '1d', 0, 99_999_999), { code: 'store.damaged' });
  }

  database.close();
  store.close();
});

test('loadAll() gives every series as series() does, holes and short lives included, and into memory used before', () => {
  const store = openBarStore(':memory:');
  const all = [
    aSeries('KRX:000660', week),
    aSeries('KRX:005930', [20231218, 20231222]),
    aSeries('KRX:069500', week.slice(3)),
  ];
  store.importSeries(
    all.map((series) => ({ series, name: `이름 ${series.instrument}` })),
    { source: 'test' },
  );

  const first = store.loadAll(always);
  const second = store.loadAll({ ...always, memory: first.memory });
  const cut = store.loadAll({ ...always, from: 20231219, to: 20231221 });

  assert.deepEqual(first.series, all);
  assert.deepEqual(second.series, all);
  assert.equal(second.memory, first.memory);
  assert.deepEqual(first.names, ['이름 KRX:000660', '이름 KRX:005930', '이름 KRX:069500']);
  assert.deepEqual(
    cut.series,
    all.map(({ instrument }) => store.series(instrument.slice(4), '1d', 20231219, 20231221)),
  );
  store.close();
});

test('visitAll() hands over every series as series() gives it, one after the other in the same memory', () => {
  const store = openBarStore(':memory:');
  const all = [aSeries('KRX:000660', week.slice(1)), aSeries('KRX:005930', week), aSeries('KRX:069500', [20231218])];
  store.importSeries(
    all.map((series) => ({ series, name: '이름' })),
    { source: 'test' },
  );
  const seen: BarSeries[] = [];
  const buffers = new Set<ArrayBufferLike>();

  store.visitAll(always, (series, name) => {
    assert.equal(name, '이름');
    buffers.add(series.close.buffer);
    seen.push(structuredClone(series));
  });

  assert.deepEqual(seen, all);
  assert.equal(buffers.size, 1);
  assert.throws(() => store.visitAll(always, () => assert.fail('stop')), /stop/);
  assert.equal(store.datasets().length, 3);
  store.close();
});

test('a day list is shared, grows with new days, and old ones go when nobody names them', () => {
  const file = join(folder, 'lists.sqlite');
  const store = openBarStore(file);
  const counted = () => {
    const database = new DatabaseSync(file);
    const { lists } = database.prepare('SELECT count(*) AS lists FROM day_lists').get() as { lists: number };
    database.close();
    return lists;
  };

  store.importSeries([{ series: aSeries('KRX:005930', week.slice(0, 3)), name: '' }], { source: 'one' });
  store.importSeries([{ series: aSeries('KRX:069500', week), name: '' }], { source: 'two' });
  assert.equal(counted(), 2);
  store.importSeries([{ series: aSeries('KRX:005930', week.slice(2)), name: '' }], { source: 'three' });

  assert.equal(counted(), 1);
  assert.deepEqual([...store.series('005930', '1d', 0, 99_999_999)!.date], week);
  store.close();
});

test('importSeries() that dies by SIGKILL leaves all of a batch or nothing, while another process reads', async () => {
  const file = join(folder, 'killed.sqlite');
  const reader = openBarStore(file);
  const symbols = Array.from({ length: 40 }, (_, index) => instrumentId(String(100_000 + index)));
  reader.importSeries(
    symbols.map((symbol) => ({ series: aSeries(symbol, week, 1_000), name: '' })),
    { source: 'base' },
  );
  const script = `
    import { openBarStore } from ${JSON.stringify(new URL('bar-store.ts', import.meta.url).href)};
    const store = openBarStore(${JSON.stringify(file)});
    const all = store.loadAll({ interval: '1d', from: 0, to: 99999999 }).series;
    for (let round = 1; ; round += 1) {
      const series = all.map((one) => {
        const prices = one.close.map(() => 1000 + round);
        return { series: { ...one, open: prices, high: prices, low: prices, close: prices }, name: '' };
      });
      store.importSeries(series, { source: String(round) });
      if (round === 3) process.stdout.write('on the way');
    }`;

  for (const delayMs of [0, 5]) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const until = performance.now() + delayMs;
    // Reading goes on while the other process writes, and never sees half of a batch.
    do assert.equal(closesOf(reader).size, 1);
    while (performance.now() < until);
    child.kill('SIGKILL');
    await once(child, 'exit');

    assert.equal(closesOf(reader).size, 1);
  }

  assert.equal(reader.datasets().length, symbols.length);
  reader.importSeries([{ series: aSeries(symbols[0]!, week, 5_000), name: '' }], { source: 'after' });
  assert.equal(reader.series('100000', '1d', 0, 99_999_999)!.close[0], 5_000);
  reader.close();
});

/** The last closes of all series, which a batch always makes equal. */
function closesOf(store: ReturnType<typeof openBarStore>): ReadonlySet<number> {
  return new Set(store.loadAll(always).series.map(({ close }) => close[4]!));
}
