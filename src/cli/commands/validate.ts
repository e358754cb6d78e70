import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import type { FillModel } from '#backtest/desk/fill-model.ts';
import { limitProfiles, type LimitProfile } from '#backtest/limit-profile.ts';
import { isOnePortfolio, portfoliosOf } from '#backtest/sweep/portfolios.ts';
import type { GridAxis } from '#backtest/validation/heat-map.ts';
import { objectives, type Objective } from '#backtest/validation/objective.ts';
import { sweepTrials } from '#backtest/validation/sweep-trials.ts';
import type { DaySpan, Trial } from '#backtest/validation/trial.ts';
import { validateOptimum, type Validation, type ValidationPlan } from '#backtest/validation/validate.ts';
import { won, type Won } from '#domain/won.ts';
import { say } from '#link/language.ts';
import { addFillOptions, fillsOf, type FillOptions } from '../backtest/fill-options.ts';
import { addIntervalOptions, stampOption } from '../backtest/run-bars.ts';
import { loadBars } from '../bars/backtest-bars.ts';
import { addBenchmark, withBenchmark } from '../research/benchmark-option.ts';
import { addGridOptions, readGrid } from '../research/grid-options.ts';
import { optimumReport } from '../validation/optimum-report.ts';
import { gridTrials } from '../research/parameter-grid.ts';
import { addListingOption, listingsOf } from '../research/listing-option.ts';
import { instrumentsOf, warnOfGaps } from '../bars/research-bars.ts';
import { researchInterval } from '../research/research-interval.ts';
import { cashOf, profileOf, someSymbols, symbolsOf, wrongOption } from '../research/research-options.ts';
import { readResearchStrategy, type ResearchStrategy } from '../research/research-strategy.ts';
import { spanOf } from '../research/research-span.ts';
import { addRunOptions } from '../research/run-options.ts';
import { shapeOf } from '../strategy/strategy-shape.ts';
import { settingsOf } from '../strategy/strategy-source.ts';
import { noteEnginePath } from '../sweep/engine-path-note.ts';
import { researchCrew } from '../sweep/research-crew.ts';
import { wholeOf } from '../sweep/search-plan.ts';
import type { SweepAccount } from '../sweep/sweep-crew.ts';
import { printJson } from '../terminal/json.ts';
import { jsonResultOption } from '../terminal/json-result-option.ts';
import { progressLine } from '../terminal/progress.ts';
import type { ValidationFile } from '../validation/validation-file.ts';
import { validationPlanOf } from '../validation/validation-plan.ts';
import { validationSummary } from '../validation/validation-summary.ts';
import { ValidationWork } from '../validation/validation-work.ts';
import { refuseNowhere, writeResultFile } from '../terminal/write-file.ts';

interface Options extends FillOptions {
  readonly bars?: string;
  readonly listing?: readonly string[];
  readonly interval?: string;
  readonly stamp?: string;
  readonly benchmark?: string;
  readonly symbols?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cash: string;
  readonly profile: string;
  readonly grid: readonly string[];
  readonly set: readonly string[];
  readonly objective: string;
  readonly walkForward: string;
  readonly monteCarlo: string;
  readonly block: string;
  readonly seed: string;
  readonly tried?: string;
  readonly workers?: string;
  readonly json?: string;
  readonly html?: string;
}

/** `snowball validate <strategy>`: is the optimum of a grid real, or the luck of having tried so many? */
export function validateCommand(): Command {
  const perAccount = say('계좌마다 시작 금액(원)', 'starting cash of each account in won');
  const command = addGridOptions(addIntervalOptions(addRunOptions(new Command('validate'), perAccount)))
    .description(say('찾은 최적값이 진짜인지 시험해요.', 'Test whether the optimum of a grid is real.'))
    .option('--objective <name>', say('무엇으로 고르나', 'what to choose by') + `: ${objectives.join(', ')}`, 'sharpe')
    .option(
      '--walk-forward <plan>',
      say(
        'rolling:배우는 날,시험하는 날,비우는 날 · anchored:… · purged:조각,비우는 날,더 비우는 날',
        'rolling:in-sample,out-of-sample,purge days · anchored:… · purged:folds,purge,embargo',
      ),
      'rolling',
    )
    .option('--monte-carlo <runs>', say('다시 뽑을 역사의 수', 'histories to draw'), '2000')
    .option('--block <days>', say('이어서 뽑는 날수의 평균', 'mean length of a drawn block in days'), '20')
    .option('--seed <number>', say('뽑기의 씨앗', 'seed of the draws'), '1')
    .option(
      '--tried <count>',
      say('전에 해 본 것까지 모두 몇 가지', 'combinations tried in all, earlier ones included'),
    )
    .option('--workers <n>', say('동시에 쓸 코어 수', 'threads, or sandboxes of a .ts file'))
    .addOption(jsonResultOption())
    .option(
      '--html <file>',
      say('최적값의 보고서를 HTML로 저장 (계좌 하나)', 'write a report of the optimum (one account)'),
    )
    .action((strategy: string, options: Options) => validate(strategy, options));
  return addBenchmark(addListingOption(addFillOptions(command)));
}

async function validate(path: string, options: Options): Promise<void> {
  refuseNowhere([options.json, options.html]);
  const asked = symbolsOf(options.symbols);
  const strategy = await readResearchStrategy(path, { settings: settingsOf(options.set), symbols: asked });
  const axes = readGrid(options.grid, strategy);
  const symbols = someSymbols(asked ?? strategy.targets.map((target) => target.symbol));
  if (options.html !== undefined && symbols.length > 1 && !isOnePortfolio(strategy.subject)) {
    throw wrongOption('--html', symbols.join(','), say('종목 하나', 'one stock in --symbols'));
  }
  const asks = asksOf(options);
  const listings = listingsOf(options.listing);
  const [interval, stamp] = [researchInterval(strategy, options.interval), stampOption(options.stamp)];
  const bars = await loadBars(symbols, options.bars, { interval, ...(stamp === undefined ? {} : { stamp }) });
  const span = spanOf(options, bars.series);
  warnOfGaps(bars, span.from, span.to);
  const account: SweepAccount = {
    subject: await withBenchmark(strategy.subject, options, interval),
    series: bars.series,
    instruments: instrumentsOf(symbols, { targets: strategy.targets, bars, listings }),
    initialCash: asks.cash,
    limits: limitProfiles[asks.profile],
    ...asks.fills,
  };
  noteEnginePath(account);
  const trials = gridTrials(axes, strategy.fixed);
  const validation = await validated({ strategy, account, axes, trials, span, asks });
  if (options.html !== undefined) {
    writeResultFile(options.html, await optimumReport(strategy, account, { span, validation }));
  }
  hand(
    {
      format: 1,
      kind: 'validation',
      strategy: {
        name: strategy.subject.name,
        sha256: strategy.sha256,
        shapeSha256: shapeOf(strategy, Object.keys(trials[0]?.parameters ?? {})),
      },
      symbols,
      ...(interval === '1m' ? { interval } : {}),
      ...span,
      initialCash: asks.cash,
      profile: asks.profile,
      ...asks.fills,
      ...asks.monteCarlo,
      validation,
    },
    options,
  );
}

/** Options that are read before anything is loaded. */
interface Asks {
  readonly cash: Won;
  readonly profile: LimitProfile;
  readonly fills: { readonly fills?: FillModel };
  readonly objective: Objective;
  readonly plan: ValidationPlan;
  readonly monteCarlo: { readonly runs: number; readonly meanBlock: number; readonly seed: number };
  readonly tried: { readonly trialsTried?: number };
  readonly workers: number;
}

function asksOf(options: Options): Asks {
  const fills = fillsOf(options);
  return {
    cash: won(cashOf(options.cash)),
    profile: profileOf(options.profile),
    fills: fills === undefined ? {} : { fills },
    objective: objectiveOf(options.objective),
    plan: validationPlanOf(options.walkForward),
    monteCarlo: {
      runs: wholeOf('--monte-carlo', options.monteCarlo, 1, 20_000),
      meanBlock: wholeOf('--block', options.block, 1, 1_000),
      seed: wholeOf('--seed', options.seed, 0, 4_294_967_295),
    },
    tried: options.tried === undefined ? {} : { trialsTried: wholeOf('--tried', options.tried, 1, 1_000_000_000) },
    workers: wholeOf('--workers', options.workers ?? String(availableParallelism()), 1, 64),
  };
}

async function validated(what: {
  readonly strategy: ResearchStrategy;
  readonly account: SweepAccount;
  readonly axes: readonly GridAxis[];
  readonly trials: readonly Trial[];
  readonly span: DaySpan;
  readonly asks: Asks;
}): Promise<Validation> {
  const { strategy, account, axes, trials, span, asks } = what;
  const { objective, plan, monteCarlo, tried } = asks;
  const asked = { trials, axes, span, objective, plan, monteCarlo, ...tried };
  const progress = progressLine(say('시험하는 중', 'validating'));
  const portfolios = portfoliosOf(account.subject, account.series).length;
  const work = new ValidationWork({ series: account.series, span, plan, trials: trials.length, portfolios });
  const crew = researchCrew(strategy, account, asks.workers);
  try {
    return await validateOptimum({
      ...sweepTrials(account, (request) =>
        crew.run({ ...request, onRuns: (runs) => progress.show(work.share(runs.length, request)) }),
      ),
      ...asked,
    });
  } finally {
    progress.end();
    await crew.close();
  }
}

function hand(file: ValidationFile, { json, html }: Options): void {
  if (json === '-') return printJson(file);
  if (json !== undefined) writeResultFile(json, `${JSON.stringify(file, null, 2)}\n`);
  process.stdout.write(validationSummary(file));
  for (const written of [json, html]) {
    if (written !== undefined) process.stdout.write(say(`저장했어요: ${written}\n`, `Written: ${written}\n`));
  }
}

function objectiveOf(text: string): Objective {
  const found = objectives.find((name) => name === text);
  if (found !== undefined) return found;
  throw wrongOption('--objective', text, objectives.join(' | '));
}
