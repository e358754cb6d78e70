import { dayText } from '#backtest/report/report-numbers.ts';
import { say } from '#link/language.ts';
import { numberText } from '../terminal/numbers.ts';
import { leanTableLines } from '../terminal/lean-table.ts';
import { wrappedText } from '../terminal/wrapped-text.ts';
import { adjustedNote } from './fault-text.ts';

/** What a check of days and one of minutes have in common. */
interface Checked {
  readonly symbol: string;
  /** yyyymmdd. */
  readonly from: number;
  readonly to: number;
  readonly isAdjusted: boolean;
}

/** One line an instrument: its first and last day and what was counted, and how many have adjusted prices. */
export function overviewTable<Check extends Checked>(
  checks: readonly Check[],
  columns: {
    /** Over the listing codes. */
    readonly head: string;
    readonly counts: readonly string[];
    readonly countsOf: (check: Check) => readonly number[];
  },
): readonly string[] {
  const lines = leanTableLines(
    [
      ...[columns.head, say('첫날', 'from'), say('마지막', 'to')].map((head) => ({ head, align: 'left' }) as const),
      ...columns.counts.map((head) => ({ head, align: 'right' }) as const),
    ],
    checks.map((check) => [
      check.symbol,
      dayText(check.from),
      dayText(check.to),
      ...columns.countsOf(check).map(numberText),
    ]),
  );
  const adjusted = checks.filter(({ isAdjusted }) => isAdjusted).length;
  return adjusted === 0 ? lines : [...lines, wrappedText(adjustedNote(adjusted))];
}
