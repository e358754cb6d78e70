import { firstDecision } from './fused-run.ts';
import type { RuleSeeker } from './rule-seeker.ts';
import type { SeriesTables } from './series-tables.ts';
import type { SweepAccount } from './sweep-account.ts';
import type { SweepRules } from './sweep-rules.ts';

export interface SparseOptions {
  readonly tables: SeriesTables;
  readonly rules: SweepRules;
  /** Places are those of `tables.traded` less `firstTraded`. */
  readonly entry: RuleSeeker;
  readonly exit: RuleSeeker;
  readonly firstTraded: number;
  /** Restarted with these rules. */
  readonly account: SweepAccount;
  /** Gets the value after each close from `tables.start` on; empty when nobody wants it. */
  readonly equity: Float64Array;
}

/**
 * One combination in jumps: from entry to entry while nothing is held, day by day only while something is. Days without a
 * holding leave the account as it was, so there is nothing to do on them.
 */
export function sparseRun(options: SparseOptions): void {
  const { tables, entry, firstTraded, account, equity } = options;
  const { traded, start, end } = tables;
  let place = firstDecision(traded, start);
  let valuedUpTo = start;
  while (options.rules.positionsMax > 0) {
    place = entry.next(place - firstTraded) + firstTraded;
    const row = traded[place] ?? end;
    if (row >= end) break;
    place += 1;
    if (!account.enter(row) || row + 1 >= end) continue;
    equity.fill(account.cash, valuedUpTo - start, row + 1 - start);
    valuedUpTo = row + 1;
    account.settle(row + 1);
    if (account.shares === 0) continue;
    const flatAt = hold(options, place);
    if (flatAt >= traded.length) return;
    place = flatAt;
    valuedUpTo = (traded[flatAt] ?? end) + 1;
  }
  equity.fill(account.cash, valuedUpTo - start, end - start);
}

/**
 * From the day of a purchase to the day of the sale of its last share, both valued.
 *
 * @param place of the day of the purchase
 * @returns the place of the day of the sale, on which the rules may enter anew; the length of `traded` when something is
 *   still held at the end
 */
function hold({ tables, rules, exit, firstTraded, account, equity }: SparseOptions, place: number): number {
  const { traded, start, end } = tables;
  const { close } = tables.series;
  const { stopFactor, takeFactor, trailFactor } = rules;
  const exitAt = exit.next(place - firstTraded) + firstTraded;
  let at = place;
  let wantsOut = false;
  let peak = 0;
  for (let row = traded[place] ?? end; row < end; row += 1) {
    account.settle(row);
    const value = account.equityAt(row);
    account.meter.add(value);
    equity[row - start] = value;
    if (account.shares === 0) return at;
    account.daysHeld += 1;
    if (traded[at] !== row) continue;
    if (!wantsOut) {
      const price = close[row] ?? NaN;
      const average = account.cost / account.shares;
      if (price > peak) peak = price;
      wantsOut =
        at >= exitAt || price <= average * stopFactor || price >= average * takeFactor || price <= peak * trailFactor;
    }
    if (wantsOut) account.leave(row);
    at += 1;
  }
  return traded.length;
}
