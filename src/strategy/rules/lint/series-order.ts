import { indicatorById } from '#indicators/catalogue.ts';
import { defaultParams } from '#indicators/params.ts';
import { defaultOf } from '../kis-yaml/flat-condition.ts';
import type { RuleOperand, RuleProgram, RuleScale } from '../program.ts';
import { outputRange } from './output-ranges.ts';

/** One side of a comparison with its parameters as numbers; null where it is no series that can be ordered. */
interface Line {
  /** A price word, or the id of an indicator. */
  readonly id: string;
  readonly output: string;
  readonly values: Readonly<Record<string, number | string>>;
  readonly scale: RuleScale | null;
}

/** True when `low` can be proven never to lie above `high` on any bar, prices and averages of them being above 0. */
export function isAtMost(low: RuleOperand, high: RuleOperand, program: RuleProgram): boolean {
  if (low.kind === 'number' || high.kind === 'number' || low.barsAgo !== high.barsAgo) return false;
  const [lower, upper] = [lineOf(low, program), lineOf(high, program)];
  if (lower === null || upper === null || !isRaised(upper) || !isLowered(lower)) return false;
  return isSame(lower, upper) || isOrdered(lower, upper);
}

/** True where today's bar is part of what it is held against: a highest or lowest value of a window. */
export function isExtreme(operand: RuleOperand, program: RuleProgram): boolean {
  if (operand.kind !== 'indicator') return false;
  const id = program.indicators.find(({ alias }) => alias === operand.alias)?.id ?? '';
  return ['maximum', 'minimum', 'donchian'].includes(id);
}

function lineOf(operand: Exclude<RuleOperand, { kind: 'number' }>, program: RuleProgram): Line | null {
  const scale = operand.scale ?? null;
  if (operand.kind === 'price') return { id: operand.word, output: 'value', values: {}, scale };
  const found = program.indicators.find(({ alias }) => alias === operand.alias);
  const definition = indicatorById(found?.id ?? '');
  if (found === undefined || definition === null || found.average !== undefined) return null;
  const given = Object.entries(found.params).map(
    ([name, value]) => [name, typeof value === 'string' ? value : defaultOf(value, program.params)] as const,
  );
  const values = { ...defaultParams(definition.params), ...Object.fromEntries(given) };
  return { id: found.id, output: operand.output, values, scale };
}

function isSame(lower: Line, upper: Line): boolean {
  return lower.id === upper.id && lower.output === upper.output && hasSameValues(lower, upper);
}

function hasSameValues(lower: Line, upper: Line): boolean {
  const names = Object.keys(lower.values);
  return (
    names.length === Object.keys(upper.values).length &&
    names.every((name) => lower.values[name] === upper.values[name])
  );
}

const prices: readonly string[] = ['open', 'high', 'low', 'close'];

/** What can never lie above the value of the same bar that stands before it. */
const below: Readonly<Record<string, readonly string[]>> = {
  high: ['open', 'low', 'close'],
  open: ['low'],
  close: ['low'],
  maximum: ['close', 'low'],
  'donchian.upper': prices,
};
const above: Readonly<Record<string, readonly string[]>> = {
  minimum: ['close', 'high'],
  'donchian.lower': prices,
};
/** Of two windows the longer reaches at least as far. */
const longer: Readonly<Record<string, readonly string[]>> = {
  maximum: ['maximum'],
  'donchian.upper': ['maximum', 'donchian.upper'],
};
const longerDown: Readonly<Record<string, readonly string[]>> = {
  minimum: ['minimum'],
  'donchian.lower': ['minimum', 'donchian.lower'],
};

function isOrdered(lower: Line, upper: Line): boolean {
  const [low, high] = [nameOf(lower), nameOf(upper)];
  if (lists(below, high, low) || lists(above, low, high)) return true;
  if (lists(longer, high, low)) return isShorter(lower, upper);
  return lists(longerDown, low, high) ? isShorter(upper, lower) : isBand(lower, upper);
}

function lists(table: Readonly<Record<string, readonly string[]>>, key: string, name: string): boolean {
  return Object.hasOwn(table, key) && table[key]?.includes(name) === true;
}

function nameOf({ id, output }: Line): string {
  return output === 'value' ? id : `${id}.${output}`;
}

function isShorter(one: Line, other: Line): boolean {
  return Number(one.values['period']) <= Number(other.values['period']);
}

/** Bands lie in their order by construction. */
function isBand(lower: Line, upper: Line): boolean {
  const order = ['lower', 'middle', 'upper'];
  const isOfBands = ['bollinger', 'keltner'].includes(lower.id) && lower.id === upper.id && hasSameValues(lower, upper);
  return isOfBands && order.indexOf(lower.output) <= order.indexOf(upper.output);
}

/** A factor above 1 raises what is not below 0, and lowers what is. */
function isRaised(line: Line): boolean {
  if (line.scale === null) return true;
  const { operation, by } = line.scale;
  if (operation === 'mul') return by >= 1 && isNeverBelowZero(line);
  if (operation === 'div') return by > 0 && by <= 1 && isNeverBelowZero(line);
  return operation === 'add' ? by >= 0 : by <= 0;
}

function isLowered(line: Line): boolean {
  if (line.scale === null) return true;
  const { operation, by } = line.scale;
  if (operation === 'mul') return by >= 0 && by <= 1 && isNeverBelowZero(line);
  if (operation === 'div') return by >= 1 && isNeverBelowZero(line);
  return operation === 'add' ? by <= 0 : by >= 0;
}

function isNeverBelowZero({ id, output }: Line): boolean {
  return [...prices, 'volume'].includes(id) || outputRange(id, output).least >= 0;
}
