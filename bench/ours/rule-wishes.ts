import type { Bar } from '#domain/bar.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { RunningRules } from '#strategy/rules/running-rules.ts';
import type { Wish } from './one-share-strategy.ts';

/** The wishes of a program of rules, by the interpreter that runs strategies live. Out comes before in. */
export function ruleWishes(program: RuleProgram): () => (bar: Bar) => Wish {
  const resolved = resolveProgram(program);
  if (resolved.kind === 'problem') throw new Error(`Cannot run ${program.metadata.id}: ${resolved.problem.found}`);
  return () => {
    const rules = new RunningRules(resolved.rules);
    return ({ open, high, low, close, volume }) => {
      rules.next({ open, high, low, close, volume, benchmark: NaN });
      if (rules.exit) return 'out';
      return rules.entry ? 'in' : null;
    };
  };
}
