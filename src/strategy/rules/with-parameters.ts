import type { RuleParam, RuleProgram } from './program.ts';

/**
 * The program with other numbers as its parameters' defaults. Names that it does not declare change nothing here;
 * `resolveProgram` refuses them.
 */
export function withParameters(program: RuleProgram, values: Readonly<Record<string, number>>): RuleProgram {
  const params = Object.entries(program.params).map(([name, param]): readonly [string, RuleParam] => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return [name, value === undefined ? param : { ...param, default: value }];
  });
  return { ...program, params: Object.fromEntries(params) };
}
