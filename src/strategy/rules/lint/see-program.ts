import type { IndicatorColumns } from '#indicators/definition.ts';
import type { RuleFinding } from '../finding.ts';
import type { RuleProgram } from '../program.ts';
import { resolveProgram } from '../resolve-program.ts';
import { RuleColumns } from '../rule-columns.ts';
import { lintBars, seeBars, type BarEvidence } from './lint-bars.ts';
import { seeEngines } from './lint-engines.ts';
import { seeUnits } from './see-units.ts';

export interface SeenOnBars {
  readonly evidence: BarEvidence;
  readonly findings: readonly RuleFinding[];
}

/**
 * What the bars of one instrument show of a program: rules that never held and where they came closest, thresholds of
 * another unit (`L4`), and what the other two programs would have decided (`L10`).
 *
 * @param bars only those on which somebody traded
 * @param dayOf the day of a row, as a person reads it
 * @throws {RangeError} a program that cannot be resolved
 */
export function seeProgram(program: RuleProgram, bars: IndicatorColumns, dayOf: (row: number) => string): SeenOnBars {
  const resolved = resolveProgram(program);
  if (resolved.kind === 'problem') throw new RangeError(`Cannot run the rules: ${resolved.problem.found}`);
  const { rules } = resolved;
  const seen = { program, rules, columns: new RuleColumns(bars), dayOf };
  const evidence = seeBars(program, bars);
  return { evidence, findings: [...lintBars(evidence, { rules, dayOf }), ...seeUnits(seen), ...seeEngines(seen)] };
}
