import { createHash } from 'node:crypto';
import { runBacktest } from '#backtest/engine.ts';
import { renderReport } from '#backtest/report/html.ts';
import { portfoliosOf } from '#backtest/sweep/portfolios.ts';
import { resolveCombination } from '#backtest/sweep/sweep-rules.ts';
import { reportValidationOf } from '#backtest/validation/report-validation.ts';
import type { DaySpan } from '#backtest/validation/trial.ts';
import type { Validation } from '#backtest/validation/validate.ts';
import { invariant } from '#domain/invariant.ts';
import { symbolOf } from '#domain/instrument.ts';
import { terminalLanguage } from '#link/language.ts';
import { unrepeatableSentence } from '#link/unrepeatable.ts';
import { backtestOfFile } from '../backtest/code-backtest.ts';
import type { ResearchStrategy } from '../research/research-strategy.ts';
import type { SweepAccount } from '../sweep/sweep-crew.ts';

/**
 * The HTML report of an optimum over the whole record, on the first of its accounts, with what its validation found.
 *
 * @throws {FixConfiguration} the codes of `backtestOfFile` for a strategy file, which runs in its sandbox once more
 */
export async function optimumReport(
  strategy: ResearchStrategy,
  account: SweepAccount,
  { span, validation }: { readonly span: DaySpan; readonly validation: Validation },
): Promise<string> {
  const { instruments, initialCash, limits, fills, subject } = account;
  const [series] = portfoliosOf(subject, account.series);
  invariant(series !== undefined, 'an optimum ran on something');
  const job = { series, instruments, ...span, initialCash, limits, ...(fills === undefined ? {} : { fills }) };
  const parts = {
    language: terminalLanguage(),
    names: new Map(instruments.map(({ symbol, name }) => [symbol, name])),
    series,
    validation: reportValidationOf(validation),
  };
  const { parameters } = validation.optimum;
  if (subject.kind === 'code' && strategy.file !== null) {
    const use = { values: parameters, symbols: series.map(({ instrument }) => symbolOf(instrument)) };
    let remark = {};
    const result = await backtestOfFile(strategy.file, {
      use,
      prepare: () => job,
      onProgress: () => undefined,
      onUnrepeatable: (uses) => (remark = { remark: unrepeatableSentence(uses, parts.language) }),
    });
    return renderReport(result, { ...parts, ...remark });
  }
  const resolved = resolveCombination(subject, parameters);
  invariant(resolved.kind === 'rules', 'an optimum ran, so it is a strategy');
  const { result, decisionLog } = runBacktest({
    ...job,
    strategy: resolved.strategy(
      series.map(({ instrument }) => instrument),
      series[0]?.interval,
    ),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return renderReport(result, { ...parts, decisionLog });
}
