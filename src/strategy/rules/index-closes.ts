import { indicatorById } from '#indicators/catalogue.ts';
import type { RuleProgram } from './program.ts';
import type { ResolvedRules } from './resolve-program.ts';

/** The closes of the index that `beta` and `alpha` compare with; data only, so that a worker can be given it. */
export interface IndexCloses {
  /** Days as yyyymmdd, ascending, one for each close. */
  readonly dates: readonly number[];
  readonly closes: readonly number[];
}

/** Whether any indicator of the rules is computed against an index. */
export function readsIndex(rules: RuleProgram | ResolvedRules): boolean {
  return rules.indicators.some((one) => {
    const definition = 'definition' in one ? one.definition : indicatorById(one.id);
    return definition?.inputs.includes('benchmark') === true;
  });
}

/** The index's close of a day; NaN on a day without one, and on every day when there is no index. */
export function closeOfDay(index: IndexCloses | undefined): (date: number) => number {
  if (index === undefined) return () => NaN;
  const closes = new Map(index.dates.map((date, row) => [date, index.closes[row] ?? NaN]));
  return (date) => closes.get(date) ?? NaN;
}
