import type { DatabaseSync } from 'node:sqlite';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import type { BarColumns } from './block-layout.ts';
import { freshColumns } from './series-blob.ts';
import type { SeriesRows } from './series-rows.ts';

/** Every series of an interval at once. */
export interface LoadedBars {
  /** By listing code. Prices and volumes are views on `memory`, days views on lists that several series share: read only. */
  readonly series: readonly BarSeries[];
  /** By the place of their series. */
  readonly names: readonly string[];
  /** Can be handed to workers as it is, and to the next load of the same store, which then need not ask for new memory. */
  readonly memory: SharedArrayBuffer;
}

export interface DayRequest {
  readonly interval: BarInterval;
  /** yyyymmdd, both included. */
  readonly from: number;
  readonly to: number;
}

/** Given a series that is good until it returns. */
export type VisitBars = (series: BarSeries, name: string) => void;

export interface LoadRequest extends DayRequest {
  /** Memory of an earlier load whose series are no longer needed: it is written over when it is large enough. */
  readonly memory?: SharedArrayBuffer;
}

const numberBytes = 8;
const columnsOfBar = 5;

/**
 * Loads every series of one interval, as of one moment, whatever is written meanwhile. 40 bytes of memory a bar.
 *
 * @throws {FixConfiguration} `store.damaged`
 */
export function loadBars(database: DatabaseSync, rows: SeriesRows, request: LoadRequest): LoadedBars {
  database.exec('BEGIN');
  try {
    const memory = memoryFor(database, request);
    const make = columnsIn(memory);
    const series: BarSeries[] = [];
    const names: string[] = [];
    for (const row of rows.all(request.interval)) {
      series.push(rows.decode(row, request, make));
      names.push(row.name);
    }
    return { series, names, memory };
  } finally {
    database.exec('COMMIT');
  }
}

/**
 * Hands every series of one interval to `visit`, by listing code, as of one moment. Their columns lie in memory that the
 * next series is written into, which costs a fraction of `loadBars`: whoever needs a number longer copies it.
 *
 * @throws {FixConfiguration} `store.damaged`, and whatever `visit` throws
 */
export function visitBars(database: DatabaseSync, rows: SeriesRows, request: DayRequest, visit: VisitBars): void {
  let pool = freshColumns(0);
  const make = (length: number): BarColumns => {
    if (length > pool.close.length) pool = freshColumns(2 * length);
    const { open, high, low, close, volume } = pool;
    return {
      open: open.subarray(0, length),
      high: high.subarray(0, length),
      low: low.subarray(0, length),
      close: close.subarray(0, length),
      volume: volume.subarray(0, length),
    };
  };
  database.exec('BEGIN');
  try {
    for (const row of rows.all(request.interval)) visit(rows.decode(row, request, make), row.name);
  } finally {
    database.exec('COMMIT');
  }
}

function memoryFor(database: DatabaseSync, { interval, memory }: LoadRequest): SharedArrayBuffer {
  const row = database.prepare('SELECT total(count) AS bars FROM series WHERE interval = ?').get(interval);
  const bytes = Number(row?.['bars'] ?? 0) * columnsOfBar * numberBytes;
  return memory !== undefined && memory.byteLength >= bytes ? memory : new SharedArrayBuffer(bytes);
}

/** Columns one behind the other. */
function columnsIn(memory: SharedArrayBuffer): (rows: number) => BarColumns {
  let used = 0;
  return (rows) => {
    const column = (): Float64Array => {
      const start = used;
      used += rows * numberBytes;
      invariant(used <= memory.byteLength, 'the memory of a load holds every series');
      return new Float64Array(memory, start, rows);
    };
    return { open: column(), high: column(), low: column(), close: column(), volume: column() };
  };
}
