import type { Instrument, Market } from '#domain/instrument.ts';
import { dateNumber } from '#domain/trading-date.ts';
import type { RuleDate } from './rule-table.ts';

/** What says on which board an instrument is, and was. */
export type BoardSubject = Pick<Instrument, 'market' | 'movedFrom'>;

/** The board whose rules hold on `date`: listings move, NAVER from KOSDAQ to KOSPI on 2008-11-28 (krx-rules §0.7). */
export function boardOn({ market, movedFrom }: BoardSubject, date: RuleDate): Market {
  if (movedFrom === undefined) return market;
  const day = typeof date === 'number' ? date : dateNumber(date);
  return day <= movedFrom.until ? movedFrom.market : market;
}
