import { portionOfWon, won, type Won } from '#domain/won.ts';
import { ruleOn, type RuleRow } from './rule-table.ts';

/** Income tax withheld from a dividend in Korea, parts per billion; local income tax is a tenth of it on top. */
const dividendIncomeTaxPpb: readonly RuleRow<'dividend', number>[] = [
  // No document at hand for the years before 2005; 20 % stands in for rates between 15 and 25 %.
  { from: 0, market: 'dividend', value: 200_000_000, mark: 'inferred' },
  { from: 2001_01_01, market: 'dividend', value: 150_000_000, mark: 'inferred' },
  { from: 2005_01_01, market: 'dividend', value: 140_000_000, mark: 'inferred' },
];

/**
 * What is withheld from a dividend of a listed Korean share paid on `date`: 14 % and 1.4 % since 2005, 15.4 % together.
 * Each part is cut off to whole won. Global taxation of large incomes and accounts with privileges are not counted.
 */
export function dividendTax(gross: Won, date: Temporal.PlainDate): Won {
  const income = portionOfWon(gross, ruleOn(dividendIncomeTaxPpb, 'dividend', date));
  return won(income + portionOfWon(income, 100_000_000));
}
