import type { ConfigProblem } from '../config-problem.ts';

/** An `error` stops a file from being used, a `warning` may mean something else than was wanted, `info` is good to know. */
export type FindingSeverity = 'error' | 'warning' | 'info';

/** One thing about a strategy of rules, with its place in the file where it has one, and what to do about it. */
export interface RuleFinding extends ConfigProblem {
  readonly severity: FindingSeverity;
  /** `L1` to `L12` for the rules of the linter, else one word such as `alias`. */
  readonly code: string;
}

/** What a finding says, before its place is known. */
export interface FindingTexts {
  readonly ko: string;
  readonly en: string;
}

/** A finding without line and column; `path` is dotted, empty for the whole program. */
export function finding(severity: FindingSeverity, code: string, path: string, { ko, en }: FindingTexts): RuleFinding {
  return { severity, code, line: null, column: null, path, ko, en };
}

export function hasErrors(findings: readonly RuleFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
