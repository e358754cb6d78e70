import type { BarInterval } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import { cutBlocks, type BlockCut } from '../blocks/block-cut.ts';
import type { BarColumns } from '../blocks/block-layout.ts';
import type { LoadMemory } from './load-memory.ts';
import type { ColumnPlace } from '../blocks/place-blocks.ts';
import type { HeadRow, SeriesRows } from './series-rows.ts';
import { damagedSeries } from '../blocks/series-checksum.ts';

/**
 * What a load decodes where to, in a form that a thread is handed as it is. Arrays go by the place of the series, which
 * stand by listing code; each part is a stretch of them.
 */
export interface LoadPlan {
  readonly interval: BarInterval;
  readonly symbols: readonly string[];
  /** What each row must have, so that whoever else reads the file reads the same one, and not another in its place. */
  readonly checksums: Uint32Array;
  /** Blocks from the first to before the end one; none where a series is not kept in blocks. */
  readonly firstBlocks: Uint32Array;
  readonly endBlocks: Uint32Array;
  /** Bars of these blocks, and the places for bars that lie before them in memory. */
  readonly rows: Uint32Array;
  readonly placesBefore: Float64Array;
  /** Where each part begins, and behind that the number of series. */
  readonly partStarts: Uint32Array;
}

/** What a series becomes when its part is decoded; null where it is not kept in blocks. */
export interface PlannedSeries {
  readonly head: HeadRow;
  readonly cut: BlockCut | null;
}

/** Enough that asking for the next part costs nothing, few enough that two threads end at about the same time: 4 ms or less. */
const rowsOfPart = 80_000;
const columnsOfBar = 5;
const numberBytes = 8;

/** Columns end where four bars end, because a decoder writes four at a time. */
const placesFor = (rows: number): number => Math.ceil(rows / 4) * 4;

/** Every series of an interval, by listing code, with what there is of it. @throws {FixConfiguration} `store.damaged` when the days of a series are not what was written */
export function planSeries(
  rows: SeriesRows,
  interval: BarInterval,
  days: { readonly from: number; readonly to: number },
): readonly PlannedSeries[] {
  return rows.heads(interval).map((head) => {
    if (head.format === 1) return { head, cut: null };
    try {
      return { head, cut: cutBlocks(head, rows.daysOf(head), days) };
    } catch (cause) {
      throw damagedSeries(head.symbol, cause);
    }
  });
}

/** Gives every series its place in memory, in the order given, and makes parts of them. */
export function planLoad(interval: BarInterval, series: readonly PlannedSeries[]): LoadPlan {
  const rows = Uint32Array.from(series, ({ cut }) => cut?.rows ?? 0);
  const placesBefore = new Float64Array(series.length);
  const partStarts: number[] = [];
  let [before, partEnd] = [0, 0];
  for (const [place, count] of rows.entries()) {
    if (place === 0 || before >= partEnd) {
      partStarts.push(place);
      partEnd = before + rowsOfPart;
    }
    placesBefore[place] = before;
    before += placesFor(count);
  }
  return {
    interval,
    symbols: series.map(({ head }) => head.symbol),
    checksums: Uint32Array.from(series, ({ head }) => head.checksum),
    firstBlocks: Uint32Array.from(series, ({ cut }) => cut?.range.firstBlock ?? 0),
    endBlocks: Uint32Array.from(series, ({ cut }) => cut?.range.endBlock ?? 0),
    rows,
    placesBefore,
    partStarts: Uint32Array.from([...partStarts, series.length]),
  };
}

/** Bars that a plan decodes, or up to three more a series. */
export function rowsOfPlan({ rows, placesBefore }: LoadPlan): number {
  return (placesBefore.at(-1) ?? 0) + placesFor(rows.at(-1) ?? 0);
}

/** Bytes of all columns of a plan. */
export function bytesOfPlan(plan: LoadPlan): number {
  return rowsOfPlan(plan) * columnsOfBar * numberBytes;
}

/** Where the columns of a series of the plan lie: one behind the other, series behind series. */
export function columnPlace({ rows, placesBefore }: LoadPlan, place: number, memory: LoadMemory): ColumnPlace {
  const at = memory.columnsAt + (placesBefore[place] ?? 0) * columnsOfBar * numberBytes;
  const columnBytes = placesFor(rows[place] ?? 0) * numberBytes;
  invariant(at + columnsOfBar * columnBytes <= memory.buffer.byteLength, 'the memory of a load holds every series');
  return { at, columnBytes };
}

/** The columns of a series of the plan. */
export function plannedColumns(plan: LoadPlan, place: number, memory: LoadMemory): BarColumns {
  const { at, columnBytes } = columnPlace(plan, place, memory);
  const count = plan.rows[place] ?? 0;
  const column = (index: number) => new Float64Array(memory.buffer, at + index * columnBytes, count);
  return { open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) };
}
