import { dateNumber, plainDate } from '#domain/trading-date.ts';

/**
 * Where a row comes from: computed from real prices, read in a dated public article, exchange page or filing, read in
 * public source code, read in a broker's documents, or inferred with no document at hand.
 */
export type Mark = 'data' | 'source' | 'code' | 'broker' | 'inferred';

/** One rule of a market; it holds from its day until the next row of the same key. */
export interface RuleRow<Key extends string, Value> {
  /** First day, inclusive, as yyyymmdd; 0 for a rule older than anything we know. */
  readonly from: number;
  readonly market: Key;
  readonly value: Value;
  readonly mark: Mark;
}

/** The day of a rule: a date or, where many are asked for, the same as yyyymmdd. */
export type RuleDate = Temporal.PlainDate | number;

/**
 * The rule in force on `date`. Rows of one key stand oldest first; rows of different keys may be mixed.
 *
 * @throws {RangeError} when no row of `market` had begun by `date`: the market or the kind did not exist then
 */
export function ruleOn<Key extends string, Value>(
  rows: readonly RuleRow<Key, Value>[],
  market: Key,
  date: RuleDate,
): Value {
  const day = typeof date === 'number' ? date : dateNumber(date);
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row !== undefined && row.market === market && row.from <= day) return row.value;
  }
  throw new RangeError(`No rule of ${market} on ${plainDate(day).toString()}: the first known one begins later`);
}
