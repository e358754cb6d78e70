import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { invariant } from '#domain/invariant.ts';
import type { ResearchStrategy } from '../research/research-strategy.ts';

/**
 * A hash of everything in a strategy but the values of the named parameters: a search may move those, and nothing else may
 * have changed between its validation and its promotion. Names, descriptions and tags of a program count for nothing.
 *
 * @returns SHA-256, lower-case hexadecimal
 */
export function shapeOf(strategy: ResearchStrategy, names: readonly string[]): string {
  const { parameters } = strategy;
  const values = [...parameters].filter(([name]) => !names.includes(name)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rules = rulesOf(strategy, names);
  return createHash('sha256')
    .update(JSON.stringify([rules, values, names.toSorted()]))
    .digest('hex');
}

function rulesOf({ subject, file, targets }: ResearchStrategy, names: readonly string[]): unknown {
  if (subject.kind === 'tutorial') return 'tutorial';
  if (subject.kind === 'program') return programRules(subject);
  if (subject.kind === 'recipe') return ['recipe', subject.name, subject.texts];
  invariant(file !== null, 'code is in a file');
  // What it trades may be asked for beside the file.
  return ['code', withoutValues(readFileSync(file, 'utf8'), names), targets.map(({ symbol }) => symbol)];
}

/**
 * The text of a strategy file with the number that stands first behind each name cut out: `lookback: 60`, or
 * `lookback: whole(60`. A default that is written in any other way stays in, so that changing it asks for a new validation.
 */
function withoutValues(text: string, names: readonly string[]): string {
  let masked = text;
  for (const name of names) {
    masked = masked.replace(new RegExp(`(\\b${name}:\\s*(?:whole\\(|decimal\\()?)-?[\\d._]+(?![\\w.(])`), '$1#');
  }
  return masked;
}

function programRules({ program }: Extract<ResearchStrategy['subject'], { kind: 'program' }>): unknown {
  const { indicators, candlesticks, entry, exit, risk, sizing } = program;
  // Distances and size stand among the values; whatever else risk and sizing hold is part of the rules.
  const otherRisk = { ...risk, stopLossBps: null, takeProfitBps: null, trailingStopBps: null };
  return [indicators, candlesticks, entry, exit, otherRisk, { ...sizing, equityBps: null }];
}
