import type { DatabaseSync } from 'node:sqlite';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import { seriesOfCut } from '../blocks/block-cut.ts';
import type { LoadHelper } from './load-helper.ts';
import { loadJob, takeParts, takeRest } from './load-job.ts';
import { loadMemory, machinePlaces, type LoadMemory } from './load-memory.ts';
import { LoadParts } from './load-parts.ts';
import {
  bytesOfPlan,
  plannedColumns,
  planLoad,
  planSeries,
  rowsOfPlan,
  type LoadPlan,
  type PlannedSeries,
} from './load-plan.ts';
import { freshColumns } from '../blocks/series-blob.ts';
import type { SeriesRows } from './series-rows.ts';
import { inSnapshot } from '../store-file.ts';

/** Every series of an interval at once. */
export interface LoadedBars {
  /** By listing code. Prices and volumes are views on `memory`, days views on lists that several series share: read only. */
  readonly series: readonly BarSeries[];
  /** By the place of their series. */
  readonly names: readonly string[];
  /** Can be handed to workers as it is, and to the next load of the same store, which then need not ask for new memory. */
  readonly memory: SharedArrayBuffer;
}

/** Which bars are wanted. */
export interface DayRequest {
  readonly interval: BarInterval;
  /** yyyymmdd, both included. */
  readonly from: number;
  readonly to: number;
}

/** What a load is asked for. */
export interface LoadRequest extends DayRequest {
  /** Memory of an earlier load whose series are no longer needed: it is written over when it is large enough. */
  readonly memory?: SharedArrayBuffer;
}

/** Where a load reads, and who helps. */
export interface LoadSource {
  /** Its path, from the root. */
  readonly file: string;
  readonly database: DatabaseSync;
  readonly rows: SeriesRows;
  /** Null where no other thread can open the store: when it lies in memory. */
  readonly helper: LoadHelper | null;
}

/**
 * Loads every series of one interval, as of one moment, whatever is written meanwhile. 40 bytes of memory a bar. A large
 * store is decoded in two threads. The helper reads through a connection of its own, so what it did counts only where the
 * checksum is that of this one's transaction, and only if nothing was written between its beginning and its end.
 *
 * @throws {FixConfiguration} `store.damaged`
 */
export function loadBars(source: LoadSource, request: LoadRequest): LoadedBars {
  const first = tryLoad(source, request);
  if (first.kind === 'loaded') return first.bars;
  const { interval, from, to } = request;
  const again = first.kind === 'stuck' ? { interval, from, to } : request;
  const alone = tryLoad({ ...source, helper: null }, again);
  invariant(alone.kind === 'loaded', 'a load without help is done when it ends');
  return alone.bars;
}

type LoadTry =
  | { readonly kind: 'loaded'; readonly bars: LoadedBars }
  /** The helper may have read a later state of the store than the caller. */
  | { readonly kind: 'changed' }
  /** The helper does not end: it may write into the memory of this load for as long as it likes. */
  | { readonly kind: 'stuck' };

function tryLoad(source: LoadSource, request: LoadRequest): LoadTry {
  const { database } = source;
  const [result, version] = inSnapshot(database, () => {
    const begun = versionOf(database);
    return [decodeAll(source, request), begun];
  });
  if (result.bars === null) return { kind: 'stuck' };
  const isOneState = !result.isHelped || versionOf(database) === version;
  return isOneState ? { kind: 'loaded', bars: result.bars } : { kind: 'changed' };
}

/** A number that is another one when another connection has written since it was asked for. */
function versionOf(database: DatabaseSync): unknown {
  return database.prepare('PRAGMA data_version').get()?.['data_version'];
}

/** @returns no bars when a helper was called who does not leave */
function decodeAll(
  { file, database, rows, helper }: LoadSource,
  request: LoadRequest,
): { readonly bars: LoadedBars | null; readonly isHelped: boolean } {
  const series = planSeries(rows, request.interval, request);
  const plan = planLoad(request.interval, series);
  const memory = loadMemory(bytesOfPlan(plan), request.memory);
  const job = loadJob(file, plan, memory);
  const parts = new LoadParts(database, job, machinePlaces.caller);
  const isHelped = helper?.call(job, rowsOfPlan(plan)) ?? false;
  let isAlone = false;
  try {
    takeParts(job, (part) => parts.decode(part));
  } finally {
    // Also after a failure: the caller may use the memory for something else as soon as this returns.
    takeRest(job);
    isAlone = !isHelped || helper === null || helper.isGone(job);
  }
  if (!isAlone) return { bars: null, isHelped };
  for (const [part, isDone] of job.done.entries()) if (isDone === 0) parts.decode(part);
  return { bars: { ...loadedSeries(rows, request, { series, plan, memory }), memory: memory.buffer }, isHelped };
}

function loadedSeries(
  rows: SeriesRows,
  { interval, from, to }: DayRequest,
  {
    series,
    plan,
    memory,
  }: { readonly series: readonly PlannedSeries[]; readonly plan: LoadPlan; readonly memory: LoadMemory },
): Pick<LoadedBars, 'series' | 'names'> {
  const all = series.map(({ head, cut }, place) => {
    if (cut !== null) return seriesOfCut(head, cut, plannedColumns(plan, place, memory));
    const row = rows.find(head.symbol, interval);
    invariant(row !== null, `${head.symbol} is there as long as the transaction`);
    return rows.decode(row, { from, to }, freshColumns);
  });
  return { series: all, names: series.map(({ head }) => head.name) };
}
