import type { InstrumentKind } from '#domain/instrument.ts';
import { boardOn, type BoardSubject } from './board.ts';
import { lotRules } from './lot-sizes.ts';
import { ruleOn, type RuleDate } from './rule-table.ts';

/**
 * Shares an order of the regular session must be a multiple of. Funds and notes trade in single shares on every day.
 *
 * @param basePrice the base price of the day, won; from 2004 to 2014 it decided on KOSPI
 * @throws {RangeError} a day before the market existed
 */
export function lotSize(
  of: BoardSubject & { readonly kind: InstrumentKind },
  basePrice: number,
  date: RuleDate,
): number {
  if (of.kind !== 'stock') return 1;
  const rule = ruleOn(lotRules, boardOn(of, date), date);
  return rule.singleFrom !== null && basePrice >= rule.singleFrom ? 1 : rule.lot;
}
