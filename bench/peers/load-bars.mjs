import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveRounds, startClock } from '../harness/contestant.ts';
import { daysOfTwentyYears, madeUpBars } from '../harness/made-up-bars.ts';

/**
 * `load-bars.mjs duckdb|sqlite <symbols>`: all bars of a table, sorted as they were written, into typed columns. DuckDB by
 * its chunks, whose vectors are typed arrays already: the fastest way that its package has. SQLite by rows.
 */
const [which, symbols] = [process.argv[2], Number(process.argv[3])];
const count = symbols * daysOfTwentyYears;
const names = ['date', 'open', 'high', 'low', 'close', 'volume'];
const folder = mkdtempSync(join(tmpdir(), 'bench-load-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const columns = Object.fromEntries(
  ['symbol', ...names].map((name) => [
    name,
    name === 'symbol' || name === 'date' ? new Int32Array(count) : new Float64Array(count),
  ]),
);
const load = await (which === 'duckdb' ? duckdb() : sqlite());

await serveRounds(async () => {
  const spent = startClock();
  await load();
  const took = spent();
  let [close, volume] = [0, 0];
  for (let row = 0; row < count; row += 1) {
    close += columns.close[row];
    volume += columns.volume[row];
  }
  return { ...took, checksum: { bars: count, close, volume } };
});

async function duckdb() {
  const { DuckDBDataChunk, DuckDBInstance, DOUBLE, INTEGER } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(join(folder, 'bars.duckdb'), { threads: '2' });
  const connection = await instance.connect();
  await connection.run(
    'CREATE TABLE bars (symbol INTEGER, date INTEGER, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE)',
  );
  const appender = await connection.createAppender('bars');
  const types = [INTEGER, INTEGER, DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE];
  for (let symbol = 1; symbol <= symbols; symbol += 1) {
    const bars = madeUpBars(daysOfTwentyYears, symbol);
    for (let first = 0; first < daysOfTwentyYears; first += 2_048) {
      const part = names.map((name) => Array.from(bars[name].subarray(first, first + 2_048)));
      const chunk = DuckDBDataChunk.create(types);
      chunk.setColumns([part[0].map(() => symbol), ...part]);
      appender.appendDataChunk(chunk);
    }
  }
  appender.closeSync();
  await connection.run('CHECKPOINT');
  return async () => {
    const result = await connection.stream('SELECT symbol, date, open, high, low, close, volume FROM bars');
    let at = 0;
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      ['symbol', ...names].forEach((name, index) => columns[name].set(chunk.getColumnVector(index).items, at));
      at += chunk.rowCount;
    }
  };
}

async function sqlite() {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(join(folder, 'bars.sqlite'));
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  database.exec(
    'CREATE TABLE bars (symbol INTEGER, date INTEGER, open REAL, high REAL, low REAL, close REAL, volume REAL); BEGIN',
  );
  const insert = database.prepare('INSERT INTO bars VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (let symbol = 1; symbol <= symbols; symbol += 1) {
    const bars = madeUpBars(daysOfTwentyYears, symbol);
    for (let row = 0; row < daysOfTwentyYears; row += 1) insert.run(symbol, ...names.map((name) => bars[name][row]));
  }
  database.exec('COMMIT');
  const select = database.prepare('SELECT symbol, date, open, high, low, close, volume FROM bars ORDER BY rowid');
  select.setReturnArrays(true);
  return async () => {
    let at = 0;
    for (const row of select.iterate()) {
      columns.symbol[at] = row[0];
      columns.date[at] = row[1];
      columns.open[at] = row[2];
      columns.high[at] = row[3];
      columns.low[at] = row[4];
      columns.close[at] = row[5];
      columns.volume[at] = row[6];
      at += 1;
    }
  };
}
