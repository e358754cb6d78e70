import { createHash } from 'node:crypto';
import { runBacktest } from '#backtest/engine.ts';
import { renderReport } from '#backtest/report/html.ts';
import { resolveCombination } from '#backtest/sweep/sweep-rules.ts';
import { reportValidationOf } from '#backtest/validation/report-validation.ts';
import type { SweepTrialsOptions } from '#backtest/validation/sweep-trials.ts';
import type { DaySpan } from '#backtest/validation/trial.ts';
import type { Validation } from '#backtest/validation/validate.ts';
import { invariant } from '#domain/invariant.ts';
import { terminalLanguage } from '#link/language.ts';

/** The HTML report of an optimum over the whole record, on the first instrument, with what its validation found. */
export function optimumReport(account: SweepTrialsOptions, span: DaySpan, validation: Validation): string {
  const { series, instruments, initialCash, limits, subject } = account;
  const [first] = series;
  const resolved = resolveCombination(subject, validation.optimum.parameters);
  invariant(first !== undefined && resolved.kind === 'rules', 'an optimum ran, so it is a strategy on an instrument');
  const { result, decisionLog } = runBacktest({
    strategy: resolved.strategy(first.instrument),
    series: [first],
    instruments,
    ...span,
    initialCash,
    limits,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return renderReport(result, {
    language: terminalLanguage(),
    names: new Map(instruments.map(({ symbol, name }) => [symbol, name])),
    series: [first],
    decisionLog,
    validation: reportValidationOf(validation),
  });
}
