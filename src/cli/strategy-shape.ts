import { createHash } from 'node:crypto';
import type { ResearchStrategy } from './research-strategy.ts';

/**
 * A hash of everything in a strategy but the values of the named parameters: a search may move those, and nothing else may
 * have changed between its validation and its promotion. Names, descriptions and tags of a program count for nothing.
 *
 * @returns SHA-256, lower-case hexadecimal
 */
export function shapeOf({ subject, parameters }: ResearchStrategy, names: readonly string[]): string {
  const values = [...parameters].filter(([name]) => !names.includes(name)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rules = subject.kind === 'tutorial' ? 'tutorial' : programRules(subject);
  return createHash('sha256')
    .update(JSON.stringify([rules, values, names.toSorted()]))
    .digest('hex');
}

function programRules({ program }: Extract<ResearchStrategy['subject'], { kind: 'program' }>): unknown {
  const { indicators, candlesticks, entry, exit, risk, sizing } = program;
  // Distances and size stand among the values; whatever else risk and sizing hold is part of the rules.
  const otherRisk = { ...risk, stopLossBps: null, takeProfitBps: null, trailingStopBps: null };
  return [indicators, candlesticks, entry, exit, otherRisk, { ...sizing, equityBps: null }];
}
