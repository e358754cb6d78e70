import { stripTypeScriptTypes } from 'node:module';

import { parse, type Node } from 'acorn';

/** One small change of a source file that a good test should notice. */
export interface Mutant {
  readonly line: number;
  /** Where the source must have been run for the change to be noticed, in UTF-16 units. */
  readonly offset: number;
  /** What was written, and what stands there instead. */
  readonly before: string;
  readonly after: string;
  /** The whole file with the change in it. */
  readonly source: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly after: string;
  /** Absent: `start`. */
  readonly ranAt?: number;
}

type Tree = Node & Readonly<Record<string, unknown>>;

/**
 * Every mutant of a TypeScript file: comparisons moved by one, equalities and logic turned round, arithmetic swapped,
 * constants off by one, conditions fixed, negations and statements left out. Types are blanked first, which keeps every
 * position, so a mutant that the compiler would refuse is judged by the tests alone.
 */
export function mutantsOf(typescript: string): readonly Mutant[] {
  const source = stripTypeScriptTypes(typescript);
  const tree = parse(source, { ecmaVersion: 'latest', sourceType: 'module' }) as unknown as Tree;
  const edits: Edit[] = [];
  walk(tree, (node) => edits.push(...editsOf(node, source)));
  return edits.map(({ start, end, after, ranAt = start }) => ({
    line: source.slice(0, start).split('\n').length,
    offset: ranAt,
    before: source.slice(start, end).replace(/\s+/g, ' ').trim(),
    after,
    source: source.slice(0, start) + after + source.slice(end),
  }));
}

const swaps: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
};

const callSwaps: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
};

function editsOf(node: Tree, source: string): readonly Edit[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return operatorEdits(node, source);
    case 'UnaryExpression':
      return node['operator'] === '!' ? [{ start: node.start, end: node.start + 1, after: '' }] : [];
    case 'Literal':
      return literalEdits(node);
    case 'IfStatement':
    case 'ConditionalExpression':
      return whole(node['test'] as Tree, ['true', 'false']);
    case 'ExpressionStatement':
      return isCall(node['expression'] as Tree) ? whole(node, ['']) : [];
    case 'MemberExpression':
      return memberEdits(node);
    default:
      return [];
  }
}

/** To V8 `&& b`, sign included, has not run where `a` alone decided: a change of the sign is noticed where `a` ran. */
function operatorEdits(node: Tree, source: string): readonly Edit[] {
  const operator = String(node['operator']);
  const left = node['left'] as Tree;
  const start = source.indexOf(operator, left.end);
  return (swaps[operator] ?? []).map((after) => ({ start, end: start + operator.length, after, ranAt: left.start }));
}

/** Sentences are not for logic to notice, so only booleans and numbers change. */
function literalEdits(node: Tree): readonly Edit[] {
  const value = node['value'];
  if (typeof value === 'boolean') return whole(node, [String(!value)]);
  if (typeof value !== 'number') return [];
  return whole(node, value === 0 ? ['1'] : [String(value + 1)]);
}

function memberEdits(node: Tree): readonly Edit[] {
  const property = node['property'] as Tree;
  const name = String(property['name']);
  // Own names alone: `toString` is a property of every table, and no change that could be judged.
  const swap = node['computed'] === true || !Object.hasOwn(callSwaps, name) ? undefined : callSwaps[name];
  return swap === undefined ? [] : whole(property, [swap]);
}

function isCall(node: Tree): boolean {
  return node.type === 'CallExpression' || (node.type === 'AwaitExpression' && isCall(node['argument'] as Tree));
}

function whole(node: Tree, replacements: readonly string[]): readonly Edit[] {
  return replacements.map((after) => ({ start: node.start, end: node.end, after }));
}

function walk(node: Tree, visit: (node: Tree) => void): void {
  if (node.type === 'ImportDeclaration') return;
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

function isNode(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
