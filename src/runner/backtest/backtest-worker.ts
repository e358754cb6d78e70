import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { runBacktest } from '#backtest/engine.ts';
import { renderReport } from '#backtest/report/html.ts';
import type { ReportOptions } from '#backtest/report/report-input.ts';
import { tutorialStudies } from '#backtest/report/tutorial-studies.ts';
import type { BacktestResult } from '#backtest/result.ts';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration, SnowballError } from '#domain/errors.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { unrepeatableSentence } from '#link/unrepeatable.ts';
import { presumedListing } from '#markets/presumed-listing.ts';
import { recipeById } from '#strategy/recipes/recipes.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import { withParameters } from '#strategy/rules/with-parameters.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { backtestInRoom } from './backtest-in-room.ts';
import type { BacktestSubject } from './backtest-subject.ts';
import { openBarShelf } from '../feed/bar-shelf.ts';
import type { BacktestNews, BacktestWork } from './backtest-work.ts';

/** One backtest in a thread of its own, so that strategies go on trading beside it. */
// The parent is this folder's BacktestJobs, in the same process and of the same build.
const work = workerData as BacktestWork;

try {
  const { result, ...parts } = await backtest();
  tell({ kind: 'done', result, html: renderReport(result, { ...parts, language: work.language }) });
} catch (error) {
  if (!(error instanceof SnowballError)) throw error;
  tell({ kind: 'failed', sentence: error.message });
}

async function backtest(): Promise<{ readonly result: BacktestResult } & Omit<ReportOptions, 'language'>> {
  const bars = readBars();
  const instruments = work.symbols.map((symbol) => instrumentOf(symbol, bars.names));
  const { from, to, subject } = work;
  const job = { series: bars.series, instruments, from, to, initialCash: won(work.cash), limits: starter };
  // The name in the store says when a series is synthetic.
  const names = new Map(instruments.map(({ symbol, name }) => [symbol, bars.names.get(symbol) || name]));
  const parts = { names, series: bars.series, isSynthetic: work.isSynthetic };
  const onProgress = (fraction: number): void => tell({ kind: 'progress', fraction });
  if (subject.kind === 'code') {
    const asked = { ...subject, symbols: work.symbols };
    const { result, unrepeatable } = await backtestInRoom(asked, job, onProgress);
    const remark = unrepeatable.length === 0 ? {} : { remark: unrepeatableSentence(unrepeatable, work.language) };
    return { result, ...parts, ...remark };
  }
  const { result, decisionLog } = runBacktest({
    ...job,
    strategy: strategyOf(
      subject,
      instruments.map((instrument) => instrument.id),
    ),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    onProgress,
  });
  const studies =
    subject.kind === 'tutorial' ? bars.series.map((one) => tutorialStudies(one, subject.config, work.language)) : [];
  return { result, decisionLog, studies, ...parts };
}

/** Our own code over the person's data. @throws {FixConfiguration} `runner.backtest-values` */
function strategyOf(
  subject: Exclude<BacktestSubject, { kind: 'code' }>,
  instruments: readonly InstrumentId[],
): Strategy {
  const { strategy: name } = work;
  if (subject.kind === 'tutorial')
    return tutorialStrategy({ name, config: subject.config, instruments, interval: '1d' });
  if (subject.kind === 'recipe') {
    const recipe = recipeById(subject.recipe);
    invariant(recipe !== null, `the recipe "${subject.recipe}" was looked up when it was named`);
    return recipe.build({ name, symbols: work.symbols }, subject.values, subject.texts);
  }
  const resolved = resolveProgram(subject.program, subject.values);
  if (resolved.kind === 'rules') {
    const program = withParameters(subject.program, subject.values);
    return ruleStrategy({ name, rules: resolved.rules, program, instruments, interval: '1d' });
  }
  const { where, found, wanted } = resolved.problem;
  throw new FixConfiguration('runner.backtest-values', `Cannot run it: ${where} has ${found}, wanted ${wanted}.`);
}

function readBars(): { readonly series: readonly BarSeries[]; readonly names: ReadonlyMap<string, string> } {
  const shelf = openBarShelf(work.storeFiles);
  const names = new Map(shelf.datasets.map((dataset) => [dataset.symbol, dataset.name]));
  const series = work.symbols.map((symbol) => {
    const found = shelf.series(symbol);
    if (found !== null) return found;
    throw new FixConfiguration('runner.no-bars', noBars(symbol));
  });
  return { series, names };
}

function noBars(symbol: string): string {
  return work.language === 'ko'
    ? `${symbol}의 일봉이 없어요. "snowball data import <csv|폴더>"로 먼저 가져와 주세요.`
    : `No daily bars of ${symbol} are stored: import some with "snowball data import <csv|folder>" first.`;
}

/** A code that our tables do not hold is what its name says, otherwise a KOSPI stock, as on the command line. */
function instrumentOf(symbol: string, stored: ReadonlyMap<string, string>): Instrument {
  return presumedListing(symbol, stored.get(symbol) || work.names[symbol] || symbol).instrument;
}

function tell(news: BacktestNews): void {
  // The rule means windows of a browser; a thread's port has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(news);
}
