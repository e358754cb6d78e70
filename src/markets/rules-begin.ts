import { tickKey, type TickSubject } from './tick-size.ts';
import { tickTables } from './tick-tables.ts';

/** First day, yyyymmdd, on which a board or a kind had rules: 2002-10-14 for funds; 0 where they are older than our tables. */
export function rulesBegin(of: TickSubject): number {
  // The board of its earliest days, where it moved.
  const key = tickKey(of, 0);
  return tickTables.find(({ market }) => market === key)?.from ?? Infinity;
}
