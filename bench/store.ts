import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId, symbolOf } from '#domain/instrument.ts';
import { dateNumber, plainDate } from '#domain/trading-date.ts';
import { tradingDay } from '#markets/calendar.ts';
import { tickAt, tickTable } from '#markets/tick-size.ts';
import { openBarStore, type BarStore } from '#store/bar-store.ts';
import { dayListOf } from '#store/load/day-list.ts';

/**
 * What loading a whole market costs in processor time, against the same rows in a plain SQLite table, in one run:
 * `node bench/store.ts [instruments] [rowsOfSqlite]`. Goals: 40 times faster than SQLite rows, at most 8 bytes a row.
 * SQLite's rows are a part of the market (their cost grows by the row), ours are all of it.
 */
const instruments = Number(process.argv[2] ?? 2_700);
const sqliteRowsMax = Number(process.argv[3] ?? 2_000_000);
const [firstDay, years] = [20040102, 20];
const rounds = 5;
const goals = { timesSqlite: 40, bytesARow: 8 };

const folder = mkdtempSync(join(tmpdir(), 'bench-store-'));
try {
  const days = dayListOf(tradingDays());
  const series = Array.from({ length: instruments }, (_, index) => syntheticSeries(index, days));
  const ours = measureOurs(series);
  const sqlite = measureSqlite(series);
  const ratio = sqlite.nanosecondsARow / ours.nanosecondsARow;
  console.log(
    `store: ${ours.rows} rows of ${instruments} instruments, ${ours.bytesARow.toFixed(2)} bytes a row (goal ${goals.bytesARow}); ` +
      `written in ${ours.writeSeconds.toFixed(1)} s; gone through in ${ours.visitMs.toFixed(0)} ms (wall ${ours.visitWallMs.toFixed(0)}; ${ours.nanosecondsARow.toFixed(1)} ns a row), ` +
      `held all at once in ${ours.coldMs.toFixed(0)} ms in new memory, ${ours.warmMs.toFixed(0)} ms in used memory (processor time, medians of ${rounds}); ` +
      `SQLite rows: ${sqlite.rows} in ${sqlite.ms.toFixed(0)} ms (${sqlite.nanosecondsARow.toFixed(0)} ns a row): ` +
      `${ratio.toFixed(0)} times faster (goal ${goals.timesSqlite}), ${((ratio * ours.visitMs) / ours.coldMs).toFixed(0)} times where all is held`,
  );
  if (ours.checksum !== sqlite.checksum) throw new Error('the two stores hold different bars');
  if (ratio < goals.timesSqlite || ours.bytesARow > goals.bytesARow) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function measureOurs(all: readonly BarSeries[]) {
  const file = join(folder, 'bars.sqlite');
  const store = openBarStore(file);
  const startedAt = performance.now();
  store.importSeries(
    all.map((series) => ({ series, name: '' })),
    { source: 'bench' },
  );
  const writeSeconds = (performance.now() - startedAt) / 1_000;
  store.close();
  const reader = openBarStore(file);
  const request = { interval: '1d', from: 0, to: 99_999_999 } as const;
  const cold = timed(() => reader.loadAll(request));
  const warm = Array.from({ length: rounds }, () =>
    timed(() => reader.loadAll({ ...request, memory: cold.result.memory })),
  );
  const coldAgain = Array.from({ length: rounds }, () => timed(() => reader.loadAll(request)).ms);
  const visits = Array.from({ length: rounds }, () => timed(() => visited(reader)));
  const rows = cold.result.series.reduce((sum, one) => sum + one.date.length, 0);
  reader.close();
  const coldMs = median(coldAgain);
  return {
    rows,
    writeSeconds,
    coldMs,
    warmMs: median(warm.map(({ ms }) => ms)),
    visitMs: median(visits.map(({ ms }) => ms)),
    visitWallMs: median(visits.map(({ wallMs }) => wallMs)),
    nanosecondsARow: (median(visits.map(({ ms }) => ms)) * 1e6) / rows,
    bytesARow: statSync(file).size / rows,
    checksum: checksumOf(cold.result.series.slice(0, partOf(all))),
  };
}

/** Through every series once, as a screen goes; the sum keeps anybody from leaving the work out. */
function visited(reader: BarStore): number {
  let sum = 0;
  reader.visitAll({ interval: '1d', from: 0, to: 99_999_999 }, ({ close, volume }) => {
    sum += (close.at(-1) ?? 0) + (volume.at(-1) ?? 0);
  });
  return sum;
}

/** A table as everybody makes it, read into the same columns. */
function measureSqlite(all: readonly BarSeries[]) {
  const part = all.slice(0, partOf(all));
  const database = new DatabaseSync(join(folder, 'rows.sqlite'));
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE bars (symbol TEXT, date INTEGER, open INTEGER, high INTEGER, low INTEGER, close INTEGER, volume INTEGER, PRIMARY KEY (symbol, date)) STRICT, WITHOUT ROWID; BEGIN',
  );
  const insert = database.prepare('INSERT INTO bars VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const one of part) {
    const symbol = symbolOf(one.instrument);
    for (const [row, date] of one.date.entries()) {
      insert.run(symbol, date, one.open[row]!, one.high[row]!, one.low[row]!, one.close[row]!, one.volume[row]!);
    }
  }
  database.exec('COMMIT');
  const select = database.prepare(
    'SELECT date, open, high, low, close, volume FROM bars WHERE symbol = ? ORDER BY date',
  );
  select.setReturnArrays(true);
  const result: BarSeries[] = [];
  const { ms } = timed(() => {
    for (const one of part) result.push(columnsOf(one, select.all(symbolOf(one.instrument))));
  });
  database.close();
  const rows = result.reduce((sum, one) => sum + one.date.length, 0);
  return { rows, ms, nanosecondsARow: (ms * 1e6) / rows, checksum: checksumOf(result) };
}

function columnsOf(like: BarSeries, rows: readonly unknown[]): BarSeries {
  // With setReturnArrays each row is an array of the numbers selected.
  const cells = rows as readonly (readonly number[])[];
  const column = (index: number): Float64Array => Float64Array.from(cells, (row) => row[index] ?? NaN);
  const date = Int32Array.from(cells, (row) => row[0] ?? 0);
  const { instrument, interval, startsAtMs } = like;
  return {
    instrument,
    interval,
    date,
    startsAtMs,
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

function partOf(all: readonly BarSeries[]): number {
  return Math.min(all.length, Math.ceil(sqliteRowsMax / (all[0]?.date.length ?? 1)));
}

function checksumOf(all: readonly BarSeries[]): number {
  let sum = 0;
  for (const { date, open, high, low, close, volume } of all) {
    for (let row = 0; row < date.length; row += 1) {
      const bar = date[row]! + 3 * open[row]! + 5 * high[row]! + 7 * low[row]! + 11 * close[row]! + 13 * volume[row]!;
      sum = (sum * 31 + bar) % 2_147_483_647;
    }
  }
  return sum;
}

/** Processor time, which a busy machine leaves alone, beside the clock on the wall. */
function timed<Result>(work: () => Result): { readonly ms: number; readonly wallMs: number; readonly result: Result } {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const result = work();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1_000, wallMs, result };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function tradingDays(): Int32Array {
  const dates: number[] = [];
  const end = plainDate(firstDay).add({ years });
  for (let day = plainDate(firstDay); Temporal.PlainDate.compare(day, end) < 0; day = day.add({ days: 1 })) {
    if (tradingDay(day).kind === 'open') dates.push(dateNumber(day));
  }
  return Int32Array.from(dates);
}

/** A random walk on the ticks of today, 2 % a day, with volumes that swing by a factor of two. */
function syntheticSeries(index: number, { dates, startsAtMs }: ReturnType<typeof dayListOf>): BarSeries {
  const random = generator(index + 1);
  const bell = () => random() + random() + random() + random() - 2;
  const table = tickTable({ market: 'KOSPI', kind: 'stock' }, plainDate(20231222));
  const onTick = (price: number) => Math.max(1, Math.round(price / tickAt(table, price)) * tickAt(table, price));
  const columns = Array.from({ length: 5 }, () => new Float64Array(dates.length));
  const [open, high, low, close, volume] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let last = onTick(1_000 * 10 ** (2 * random()));
  const usual = 10 ** (4 + 2.5 * random());
  for (let row = 0; row < dates.length; row += 1) {
    open[row] = onTick(Math.max(500, last * (1 + 0.015 * bell())));
    close[row] = onTick(Math.max(500, open[row]! * (1 + 0.035 * bell())));
    high[row] = onTick(Math.max(open[row]!, close[row]!) * (1 + 0.02 * random()));
    low[row] = onTick(Math.min(open[row]!, close[row]!) * (1 - 0.02 * random()));
    high[row] = Math.max(high[row]!, open[row]!, close[row]!);
    low[row] = Math.min(low[row]!, open[row]!, close[row]!);
    volume[row] = Math.round(usual * Math.exp(0.7 * bell()));
    last = close[row]!;
  }
  const symbol = String(index * 10).padStart(6, '0');
  return { instrument: instrumentId(symbol), interval: '1d', date: dates, startsAtMs, open, high, low, close, volume };
}

/** A linear congruential generator; the same numbers each run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
