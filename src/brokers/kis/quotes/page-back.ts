import { unreadable } from '../calls/wire-row.ts';

export interface PageBackOptions<Row, Cursor> {
  readonly trId: string;
  /** Where the newest page ends. */
  readonly first: Cursor;
  /** Rows of one page, newest first. */
  readonly read: (cursor: Cursor) => Promise<readonly Row[]>;
  /** Grows with time, and no two rows share it. */
  readonly placeOf: (row: Row) => number;
  /** Where the next page ends; null when this was the last one. `oldest` is null when the page brought nothing new. */
  readonly next: (page: {
    readonly rows: readonly Row[];
    readonly oldest: Row | null;
    readonly cursor: Cursor;
  }) => Cursor | null;
  /** Rows that an earlier page has shown: an error, or left out because the broker is known to show them again. */
  readonly repeats: 'refuse' | 'skip';
  /** As many of the newest rows are wanted; all when not said. */
  readonly countMax?: number;
  readonly pagesMax: number;
}

/**
 * Follows a chart into the past, page by page, for the charts of KIS have no continuation key: the caller moves a
 * cursor of date or time. Each row comes once, oldest first, however the broker cuts its pages.
 *
 * @throws {RetryLater} `kis.unreadable-answer` when rows do not go back in time, or pages do not end; those of `read`
 */
export async function pageBack<Row, Cursor>(options: PageBackOptions<Row, Cursor>): Promise<readonly Row[]> {
  const { trId, placeOf, repeats, pagesMax, countMax = Number.POSITIVE_INFINITY } = options;
  const newestFirst: Row[] = [];
  let cursor: Cursor | null = options.first;
  for (let pages = 0; cursor !== null && newestFirst.length < countMax; pages += 1) {
    if (pages === pagesMax) throw unreadable(trId, 'page', `still followed by another after ${pagesMax}`);
    const rows = await options.read(cursor);
    const last = newestFirst.at(-1);
    const isOlder = (row: Row): boolean => last === undefined || placeOf(row) < placeOf(last);
    const fresh = repeats === 'skip' ? rows.filter(isOlder) : rows;
    refuseDisorder(options, fresh, last);
    newestFirst.push(...fresh);
    cursor = options.next({ rows, oldest: fresh.at(-1) ?? null, cursor });
  }
  return newestFirst.slice(0, countMax).toReversed();
}

function refuseDisorder<Row, Cursor>(
  { trId, placeOf }: PageBackOptions<Row, Cursor>,
  rows: readonly Row[],
  before: Row | undefined,
): void {
  let newer = before;
  for (const row of rows) {
    if (newer !== undefined && placeOf(row) >= placeOf(newer)) {
      throw unreadable(trId, 'row', 'not older than the row before it');
    }
    newer = row;
  }
}
