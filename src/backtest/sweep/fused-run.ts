import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import type { Mask } from '#strategy/rules/rule-columns.ts';
import type { SeriesTables } from './series-tables.ts';
import type { SweepAccount } from './sweep-account.ts';
import type { SweepRules } from './sweep-rules.ts';

/**
 * One combination in one loop over every bar: what waits is settled, the account is valued, the rules decide.
 *
 * @param masks one value for each row of `tables.traded` from `firstTraded` on
 * @param account restarted with these rules
 * @param equity gets the value after each close from `tables.start` on
 */
export function fusedRun(options: {
  readonly tables: SeriesTables;
  readonly rules: SweepRules;
  readonly entry: Mask;
  readonly exit: Mask;
  readonly firstTraded: number;
  readonly account: SweepAccount;
  readonly equity: Float64Array;
}): void {
  const { tables, rules, entry, exit, firstTraded, account, equity } = options;
  const { start, end, traded } = tables;
  const { close } = tables.series;
  const mayEnter = rules.positionsMax > 0;
  let place = firstDecision(traded, start);
  let wantsOut = false;
  let peak = 0;
  for (let row = start; row < end; row += 1) {
    account.settle(row);
    const value = account.equityAt(row);
    account.meter.add(value);
    equity[row - start] = value;
    if (account.shares > 0) account.daysHeld += 1;
    // Nobody traded: strategies do not see the bar.
    if (traded[place] !== row) continue;
    const at = place - firstTraded;
    place += 1;
    if (account.shares === 0) {
      wantsOut = false;
      peak = 0;
      if (mayEnter && entry[at] === 1) account.enter(row);
      continue;
    }
    const price = close[row] ?? NaN;
    if (price > peak) peak = price;
    if (!wantsOut) wantsOut = exit[at] === 1 || leavesByPrice(rules, price, account.cost / account.shares, peak);
    if (wantsOut) account.leave(row);
  }
}

/** Place in `traded` of the first row that decides. */
export function firstDecision(traded: Int32Array, start: number): number {
  return firstAtOrAfter(traded, start);
}

function leavesByPrice(rules: SweepRules, close: number, average: number, peak: number): boolean {
  return (
    close <= average * rules.stopFactor || close >= average * rules.takeFactor || close <= peak * rules.trailFactor
  );
}
