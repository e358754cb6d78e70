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
  /** Gets the value after each close from `tables.start` on. */
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
function hold(options: SparseOptions, place: number): number {
  const { tables, account, equity } = options;
  const { traded, start, end } = tables;
  const { close } = tables.series;
  const bought = traded[place] ?? end;
  let at = wishToLeave(options, place);
  let row = traded[at] ?? end;
  // Until then nothing but the price changes.
  account.meter.addHolding(account, close, { from: bought, to: Math.min(row + 1, end), offset: start }, equity);
  account.daysHeld += Math.min(row + 1, end) - bought;
  while (row < end) {
    if (traded[at] === row) {
      account.leave(row);
      at += 1;
    }
    row += 1;
    if (row >= end) break;
    account.settle(row);
    const value = account.equityAt(row);
    account.meter.add(value);
    equity[row - start] = value;
    if (account.shares === 0) return at;
    account.daysHeld += 1;
  }
  return traded.length;
}

/** The place of the first close from `place` on at which a rule or a price says to leave; the length of `traded` if none. */
function wishToLeave({ tables, rules, exit, firstTraded, account }: SparseOptions, place: number): number {
  const { traded } = tables;
  const { close } = tables.series;
  const byRule = Math.min(traded.length, exit.next(place - firstTraded) + firstTraded);
  const average = account.cost / account.shares;
  const stop = average * rules.stopFactor;
  const take = average * rules.takeFactor;
  const { trailFactor } = rules;
  if (Number.isNaN(stop) && Number.isNaN(take) && Number.isNaN(trailFactor)) return byRule;
  let peak = 0;
  for (let at = place; at < byRule; at += 1) {
    const price = close[traded[at] ?? 0] ?? NaN;
    if (price > peak) peak = price;
    if (price <= stop || price >= take || price <= peak * trailFactor) return at;
  }
  return byRule;
}
