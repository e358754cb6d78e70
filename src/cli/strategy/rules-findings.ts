import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { IndicatorColumns } from '#indicators/definition.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { describeProblem } from '#strategy/config-problem.ts';
import type { FindingSeverity, RuleFinding } from '#strategy/rules/finding.ts';
import type { BarEvidence } from '#strategy/rules/lint/lint-bars.ts';
import { lintProgram } from '#strategy/rules/lint/lint-program.ts';
import { seeProgram } from '#strategy/rules/lint/see-program.ts';
import { readsIndex } from '#strategy/rules/index-closes.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { cutText } from '../terminal/text-width.ts';

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

/**
 * What is proven wrong with rules that are about to run, on standard error: that they can never buy, or never sell.
 *
 * @param hasIndex whether the run is given an index, which the linter knows nothing of
 */
export function tellLint(program: RuleProgram | undefined, hasIndex: boolean): void {
  if (program === undefined || (hasIndex && readsIndex(program))) return;
  const found = lintProgram(program).filter(
    ({ severity, path }) => severity === 'error' || (severity === 'warning' && path === 'strategy.exit'),
  );
  for (const line of findingLines('', found)) process.stderr.write(`${line}\n`);
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

/** The linter over a program, and over bars where there are any: then what it can show is not explained besides. */
export function lintOver(program: RuleProgram, series: readonly BarSeries[]): LintedProgram {
  const all = series.map((one) => ({ symbol: symbolOf(one.instrument), ...tradedColumns(one) }));
  const [shortest] = all.toSorted((one, other) => one.dates.length - other.dates.length);
  const proven = lintProgram(program, shortest === undefined ? {} : { history: historyOf(shortest.dates) });
  if (resolveProgram(program).kind === 'problem') return { findings: proven, seen: [] };
  const seen: SeenOnBars[] = [];
  const found: RuleFinding[] = [];
  for (const { symbol, columns, dates } of all) {
    const { evidence, findings } = seeProgram(program, columns, (row) => dayText(dates[row]));
    seen.push({ symbol, evidence });
    for (const each of findings) found.push({ ...each, ko: `${symbol}: ${each.ko}`, en: `${symbol}: ${each.en}` });
  }
  const shown = new Set(found.filter(({ code }) => code === 'L10').map(({ path }) => path));
  const explained = proven.filter(({ code, path }) => code !== 'L10' || !shown.has(path));
  return { findings: [...explained, ...found], seen };
}

function historyOf(dates: readonly number[]): { readonly bars: number; readonly first: string; readonly last: string } {
  return { bars: dates.length, first: dayText(dates[0]), last: dayText(dates.at(-1)) };
}

function dayText(date: number | undefined): string {
  return String(date ?? '').replace(/^(\d{4})(\d{2})/, '$1-$2-');
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
