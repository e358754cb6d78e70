import type { Bar } from '#domain/bar.ts';
import type { RuleDate } from '#markets/rule-table.ts';
import { tickAt, tickTable, type TickSubject } from '#markets/tick-size.ts';

/**
 * The first price that can print when the market comes to a level on its way: a trailing stop at 98 % of a high, or a stop
 * somebody wrote down, may lie between two ticks, where nothing trades. Below the level for a market that falls to it, above
 * it for one that rises, and never outside of the bar, whose own prices need not lie on ticks when they were adjusted.
 *
 * @param date the day whose ticks hold
 */
export function triggerPrint(
  level: number,
  direction: 'down' | 'up',
  { of, date, bar }: { readonly of: TickSubject; readonly date: RuleDate; readonly bar: Bar },
): number {
  const tick = tickAt(tickTable(of, date), level);
  const excess = level % tick;
  if (excess === 0) return level;
  const print = direction === 'down' ? level - excess : level - excess + tick;
  return Math.min(bar.high, Math.max(bar.low, print));
}
