import { createHash } from 'node:crypto';
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { areOrdinary, ordinaryFills } from '#backtest/desk/fill-model.ts';
import { packRun, unpackRun } from '#backtest/sweep/packed-runs.ts';
import type { SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';

const format = 1;

/** A file of finished runs that a sweep goes on from. */
export interface FinishedRuns {
  /** Found in the file. */
  readonly runs: readonly SweepRun[];
  /** Adds runs at its end. */
  readonly add: (runs: readonly SweepRun[]) => void;
  /** Takes every run out again. */
  readonly clear: () => void;
  readonly close: () => void;
}

/**
 * Opens or begins the file at `path`. Each line is a checksum (CRC-32, eight hexadecimal digits) and JSON; the first says
 * which sweep it is of, each other one holds runs of one series. It is only ever added to; what a crash left behind after
 * the last whole line is cut off, and those runs are run again. A million runs are about 150 MB.
 *
 * @throws {FixConfiguration} `optimise.other-sweep` when the file is of another strategy, grid, range, account, fills or bars
 */
export function openFinishedRuns(path: string, options: Omit<SweepOptions, 'keep' | 'onRun'>): FinishedRuns {
  const head = lineOf({ format, sweep: sweepKey(options) });
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = wholeLines(text);
  if (text !== '' && lines[0] !== head.trimEnd()) throw otherSweep(path);
  const runs = lines.slice(1).flatMap(runsOf);
  const file = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600);
  let end = Buffer.byteLength(lines.map((line) => `${line}\n`).join(''));
  ftruncateSync(file, end);
  const append = (line: string): void => {
    end += writeSync(file, line, end);
  };
  if (lines.length === 0) append(head);
  const clear = (): void => {
    end = Buffer.byteLength(head);
    ftruncateSync(file, end);
  };
  return { runs, add: (found) => append(linesOf(found)), clear, close: () => closeSync(file) };
}

/** Everything that decides what comes out, so that runs of another sweep are never taken for this one's. */
function sweepKey({ series, fills, ...options }: Omit<SweepOptions, 'keep' | 'onRun'>): string {
  // The ordinary ones, named or not, have always gone without.
  const chosen = areOrdinary(fills) ? {} : { fills: { ...ordinaryFills, ...fills } };
  const hash = createHash('sha256').update(JSON.stringify({ ...options, ...chosen }));
  for (const { instrument, interval, date, startsAtMs, open, high, low, close, volume } of series) {
    hash.update(instrument);
    // The times of days follow from their dates; files of searches over days have always gone without them.
    const times = interval === '1d' ? [] : [startsAtMs];
    for (const column of [date, ...times, open, high, low, close, volume]) {
      hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    }
  }
  return hash.digest('hex');
}

/** From the beginning as far as every line is whole and its checksum right. */
function wholeLines(text: string): readonly string[] {
  const lines = text.split('\n').slice(0, -1);
  const broken = lines.findIndex((line) => line.slice(0, 8) !== checksum(line.slice(9)));
  return broken === -1 ? lines : lines.slice(0, broken);
}

function linesOf(runs: readonly SweepRun[]): string {
  const symbols = [...new Set(runs.map(({ symbol }) => symbol))];
  return symbols
    .map((symbol) => lineOf({ symbol, rows: runs.filter((run) => run.symbol === symbol).map(packRun) }))
    .join('');
}

function lineOf(value: object): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

function runsOf(line: string): readonly SweepRun[] {
  const value: unknown = JSON.parse(line.slice(9));
  if (typeof value !== 'object' || value === null || !('symbol' in value) || !('rows' in value)) return [];
  const { symbol, rows } = value;
  if (typeof symbol !== 'string' || !Array.isArray(rows)) return [];
  return rows.map((row) => unpackRun(symbol, row)).filter((run) => run !== null);
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function otherSweep(path: string): FixConfiguration {
  return new FixConfiguration(
    'optimise.other-sweep',
    say(
      `"${path}"에서 이어 할 수 없어요: 전략, 격자, 기간, 금액, 한도, 체결 가정이나 봉이 다른 탐색의 파일이에요. 같은 것으로 다시 부르거나 다른 파일을 적어 주세요.`,
      `Cannot go on from "${path}": it is of another strategy, grid, range, account, fills or bars, wanted the file of this search. Ask for the same again, or name another file.`,
    ),
  );
}
