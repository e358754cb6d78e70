import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { runBacktest } from '#backtest/engine.ts';
import { renderReport } from '#backtest/report/html.ts';
import type { ReportOptions } from '#backtest/report/report-input.ts';
import { tutorialStudies } from '#backtest/report/tutorial-studies.ts';
import type { BacktestResult } from '#backtest/result.ts';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration, SnowballError } from '#domain/errors.ts';
import { instrumentId, type Instrument } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import { openBarShelf } from './bar-shelf.ts';
import type { BacktestNews, BacktestWork } from './backtest-work.ts';

/** One backtest in a thread of its own, so that strategies go on trading beside it. */
// The parent is this folder's BacktestJobs, in the same process and of the same build.
const work = workerData as BacktestWork;

try {
  const { result, ...parts } = backtest();
  tell({ kind: 'done', result, html: renderReport(result, { ...parts, language: work.language }) });
} catch (error) {
  if (!(error instanceof SnowballError)) throw error;
  tell({ kind: 'failed', sentence: error.message });
}

function backtest(): { readonly result: BacktestResult } & Omit<ReportOptions, 'language'> {
  const bars = readBars();
  const instruments = work.symbols.map((symbol) => instrumentOf(symbol, bars.names));
  const { result, decisionLog } = runBacktest({
    strategy: tutorialStrategy({
      name: work.strategy,
      config: work.config,
      instruments: instruments.map((instrument) => instrument.id),
      interval: '1d',
    }),
    series: bars.series,
    instruments,
    from: work.from,
    to: work.to,
    initialCash: won(work.cash),
    limits: starter,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    onProgress: (fraction) => tell({ kind: 'progress', fraction }),
  });
  // The name in the store says when a series is synthetic.
  const names = new Map(instruments.map(({ symbol, name }) => [symbol, bars.names.get(symbol) || name]));
  const studies = bars.series.map((one) => tutorialStudies(one, work.config, work.language));
  return { result, names, decisionLog, studies, series: bars.series, isSynthetic: work.isSynthetic };
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

/** A code that our table does not hold is counted as a KOSPI stock, as on the command line. */
function instrumentOf(symbol: string, stored: ReadonlyMap<string, string>): Instrument {
  const listed = listingOf(symbol);
  if (listed !== null) return listed;
  const name = stored.get(symbol) || work.names[symbol] || symbol;
  return { id: instrumentId(symbol), symbol, name, market: 'KOSPI', kind: 'stock', leverage: 1 };
}

function tell(news: BacktestNews): void {
  // The rule means windows of a browser; a thread's port has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(news);
}
