import type { RuleDialect } from '../program.ts';

/**
 * Which of the two programs wrote a file: parameters, `value:` and `compare_scalar` are the backtester's, `equals` and
 * plain numbers in `compare_to` the strategy builder's. A file with nothing of either is good for both.
 *
 * @param strategy the `strategy` map as it was parsed, whatever it is
 */
export function guessDialect(strategy: unknown): RuleDialect {
  const top = fields(strategy);
  const conditions = ['entry', 'exit'].flatMap((side) => {
    const list = fields(top[side])['conditions'];
    return Array.isArray(list) ? list.map(fields) : [];
  });
  const has = (test: (condition: Readonly<Record<string, unknown>>) => boolean): boolean => conditions.some(test);
  const hasParams = Object.keys(fields(top['params'])).length > 0;
  if (hasParams || has((one) => 'value' in one || 'compare_scalar' in one)) return 'b';
  const isOfS = (one: Readonly<Record<string, unknown>>): boolean =>
    one['operator'] === 'equals' || one['operator'] === 'eq' || typeof one['compare_to'] === 'number';
  return has(isOfS) ? 's' : 'neutral';
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value));
}
