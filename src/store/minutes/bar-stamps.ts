import type { CsvRow } from '../csv/csv-rows.ts';
import type { SessionsOf } from './session-minutes.ts';

/** Whether the time of a row is the start of its minute or the end. */
export type BarStamp = 'start' | 'end';

/** What the times of a file say of themselves. */
export interface StampEvidence {
  /** Days with a bar in the minute of the opening, which only the start of a minute can name. */
  readonly startDays: number;
  /** Days without such a bar and with trades in the minute of the closing auction's begin, which then is an end. */
  readonly endDays: number;
}

/**
 * Home trading systems of Korea differ: some stamp the minute from 09:00 to 09:01 with 09:00, some with 09:01. Trading
 * begins at 09:00 and the closing auction at 15:20 (other times on other days: `sessions`), so a bar of 09:00 can only be a
 * start, and trades of 15:20 on a day without a bar of 09:00 only an end.
 */
export function stampEvidence(rows: readonly CsvRow[], sessions: SessionsOf): StampEvidence {
  const days = new Map<string, { isStart: boolean; isEnd: boolean }>();
  for (const { symbol, date, minute, volume } of rows) {
    const hours = sessions(date);
    if (hours === null) continue;
    const [isOpening, isAuction] = [
      minute === hours.continuous[0]?.from,
      minute === hours.continuous.at(-1)?.to && volume > 0,
    ];
    if (!isOpening && !isAuction) continue;
    const key = `${symbol} ${date}`;
    const day = days.get(key) ?? { isStart: false, isEnd: false };
    days.set(key, { isStart: day.isStart || isOpening, isEnd: day.isEnd || isAuction });
  }
  const found = [...days.values()];
  return {
    startDays: found.filter(({ isStart }) => isStart).length,
    endDays: found.filter(({ isStart, isEnd }) => isEnd && !isStart).length,
  };
}

/** Null where the times speak for neither or for both. */
export function stampOf({ startDays, endDays }: StampEvidence): BarStamp | null {
  if (startDays > 0 && endDays === 0) return 'start';
  return endDays > 0 && startDays === 0 ? 'end' : null;
}

/**
 * Rows stamped with the end of their minute as rows stamped with its start: one minute earlier. The print of the closing
 * auction keeps the minute of the close, to which it belongs, unless the next minute is there for it.
 */
export function startsOfEnds(rows: readonly CsvRow[], sessions: SessionsOf): readonly CsvRow[] {
  const later = new Set<string>();
  for (const { symbol, date, minute } of rows) {
    if (minute === (sessions(date)?.closesAt ?? NaN) + 1) later.add(`${symbol} ${date}`);
  }
  return rows.map((row) => {
    const isClose =
      row.minute === sessions(row.date)?.closesAt && row.volume > 0 && !later.has(`${row.symbol} ${row.date}`);
    return isClose ? row : { ...row, minute: row.minute - 1 };
  });
}
