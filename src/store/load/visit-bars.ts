import type { DatabaseSync } from 'node:sqlite';
import type { BarSeries } from '#domain/bar.ts';
import type { BarColumns } from '../blocks/block-layout.ts';
import type { DayRequest } from './load-bars.ts';
import { freshColumns } from '../blocks/series-blob.ts';
import type { SeriesRows } from './series-rows.ts';
import { inSnapshot } from '../store-file.ts';

/** Given a series that is good until it returns. */
export type VisitBars = (series: BarSeries, name: string) => void;

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
  inSnapshot(database, () => {
    for (const row of rows.all(request.interval)) visit(rows.decode(row, request, make), row.name);
  });
}
