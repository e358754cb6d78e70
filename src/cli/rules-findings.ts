import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { IndicatorColumns } from '#indicators/definition.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { describeProblem } from '#strategy/config-problem.ts';
import type { FindingSeverity, RuleFinding } from '#strategy/rules/finding.ts';
import { lintBars, seeBars, type BarEvidence } from '#strategy/rules/lint/lint-bars.ts';
import { lintProgram } from '#strategy/rules/lint/lint-program.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { cutText } from './terminal/text-width.ts';

const severities: readonly FindingSeverity[] = ['error', 'warning', 'info'];
const columnsMax = 400;

/** Findings for a terminal, the worst first: `file:line:column: sentence [code]`. */
export function findingLines(file: string, findings: readonly RuleFinding[]): readonly string[] {
  const names: Readonly<Record<FindingSeverity, string>> = {
    error: say('오류', 'error'),
    warning: say('주의', 'warning'),
    info: say('참고', 'note'),
  };
  return severities.flatMap((severity) =>
    findings
      .filter((one) => one.severity === severity)
      .map((one) =>
        cutText(
          `${names[severity]} [${one.code}] ${file === '' ? say(one.ko, one.en) : describeProblem(file, one, terminalLanguage())}`,
          columnsMax,
        ),
      ),
  );
}

/** What the bars of one instrument showed. */
export interface SeenOnBars {
  readonly symbol: string;
  readonly evidence: BarEvidence;
}

export interface LintedProgram {
  readonly findings: readonly RuleFinding[];
  readonly seen: readonly SeenOnBars[];
}

/** The linter over a program, and over bars where there are any. */
export function lintOver(program: RuleProgram, series: readonly BarSeries[]): LintedProgram {
  const shortest = series.length === 0 ? undefined : Math.min(...series.map((one) => one.close.length));
  const proven = lintProgram(program, shortest === undefined ? {} : { barsAvailable: shortest });
  const resolved = resolveProgram(program);
  if (resolved.kind === 'problem') return { findings: proven, seen: [] };
  const seen: SeenOnBars[] = [];
  const found: RuleFinding[] = [];
  for (const one of series) {
    const traded = tradedColumns(one);
    const symbol = symbolOf(one.instrument);
    const evidence = seeBars(program, traded.columns);
    seen.push({ symbol, evidence });
    const dayOf = (row: number): string => String(traded.dates[row] ?? '').replace(/^(\d{4})(\d{2})/, '$1-$2-');
    for (const each of lintBars(evidence, { rules: resolved.rules, dayOf })) {
      found.push({ ...each, ko: `${symbol}: ${each.ko}`, en: `${symbol}: ${each.en}` });
    }
  }
  return { findings: [...proven, ...found], seen };
}

/** Bars on which somebody traded, as strategies see them, and their days. */
export function tradedColumns(series: BarSeries): {
  readonly columns: IndicatorColumns;
  readonly dates: readonly number[];
} {
  const rows = Array.from(series.close.keys()).filter((row) => (series.volume[row] ?? 0) > 0);
  const column = (from: Float64Array): Float64Array => Float64Array.from(rows, (row) => from[row] ?? NaN);
  const { open, high, low, close, volume } = series;
  const columns = {
    open: column(open),
    high: column(high),
    low: column(low),
    close: column(close),
    volume: column(volume),
  };
  return { columns, dates: rows.map((row) => series.date[row] ?? 0) };
}
