import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { sweepObjectives, type SweepObjective } from '#backtest/sweep/sweep-objective.ts';
import type { SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { won } from '#domain/won.ts';
import { say } from '#link/language.ts';
import { loadBars } from '../backtest-bars.ts';
import { firstDay, instrumentOf, lastDay, warnOfGaps } from '../research-bars.ts';
import { cashOf, collect, dayOf, profileOf, symbolsOf, wrongOption } from '../research-options.ts';
import { readResearchStrategy } from '../research-strategy.ts';
import { bayesianRuns } from '../sweep/bayesian-runs.ts';
import { openFinishedRuns } from '../sweep/finished-runs.ts';
import { optimiseResultOf } from '../sweep/optimise-result.ts';
import { optimiseSummary } from '../sweep/optimise-summary.ts';
import { searchPlanOf, wholeOf, type SearchPlan } from '../sweep/search-plan.ts';
import { sweepInWorkers } from '../sweep/sweep-pool.ts';
import { printJson } from '../terminal/json.ts';
import { progressLine } from '../terminal/progress.ts';
import { writeResultFile } from '../write-file.ts';

interface Options {
  readonly bars?: string;
  readonly symbols?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cash: string;
  readonly profile: string;
  readonly grid: readonly string[];
  readonly random?: string;
  readonly bayes?: string;
  readonly seed: string;
  readonly objective: string;
  readonly json?: string;
  readonly workers?: string;
  readonly resume?: string;
}

const workersMax = 64;

/** `snowball optimise <strategy>`: many settings of a strategy over past bars, each with an account of its own. */
export function optimiseCommand(): Command {
  return new Command('optimise')
    .description(say('전략의 설정값을 여러 조합으로 검증해요.', 'Run a strategy with many settings over past bars.'))
    .argument('<strategy>', say('.kis.yaml 파일이나 전략 폴더', 'a .kis.yaml file or a strategy folder'))
    .option('--bars <path>', say('일봉 CSV 파일이나 폴더 (없으면 저장소)', 'CSV file or folder (default: the store)'))
    .option('--symbols <codes>', say('쉼표로 나눈 종목코드', 'comma-separated codes'))
    .option('--from <day>', say('첫날, 2010-01-04 꼴', 'first day, such as 2010-01-04'))
    .option('--to <day>', say('마지막 날', 'last day'))
    .option('--cash <won>', say('종목마다 시작 금액(원)', 'starting cash of each symbol in won'), '10000000')
    .option('--profile <name>', say('안전 한도: starter, standard', 'limits: starter, standard'), 'starter')
    .option(
      '--grid <name=range>',
      say('ma_short=3..20:1 꼴, 여러 번', 'such as ma_short=3..20:1; repeatable'),
      collect,
      [],
    )
    .option('--random <n>', say('격자에서 n개만 뽑아 돌려요', 'run n of the grid, drawn at random'))
    .option('--bayes <n>', say('n번만 골라 가며 돌려요', 'run n, each chosen by what was seen'))
    .option('--seed <n>', say('뽑기의 씨앗', 'seed of the drawing'), '1')
    .option('--objective <name>', sweepObjectives.join(' | '), 'sharpe')
    .option(
      '--json <file>',
      say('결과를 JSON으로 저장 (- 는 화면)', 'write the result as JSON (- for standard output)'),
    )
    .option('--workers <n>', say('동시에 쓸 코어 수', 'threads'))
    .option(
      '--resume <file>',
      say('끝난 조합을 적어 두고 이어서 해요', 'keep finished runs in a file and go on from it'),
    )
    .action((strategy: string, options: Options) => optimise(strategy, options));
}

async function optimise(path: string, options: Options): Promise<void> {
  const plan = searchPlanOf(options);
  const objective = objectiveOf(options.objective);
  const sweep = sweepOf(path, options, plan);
  const workers = wholeOf('--workers', options.workers ?? String(availableParallelism()), 1, workersMax);
  const wanted = Math.min(plan.tries ?? Infinity, plan.trials.length) * sweep.series.length;
  const runs = await runsOf({ sweep, plan, objective, workers, wanted, resume: options.resume });
  const refusal = runs.find((run) => run.kind === 'refused');
  if (refusal?.kind === 'refused' && runs.every((run) => run.kind === 'refused')) throw nothingRan(refusal.reason);
  const result = optimiseResultOf({ options: sweep, runs, wanted, objective });
  if (!result.isComplete) process.exitCode = 130;
  if (options.json === '-') {
    printJson(result);
    return;
  }
  if (options.json !== undefined) writeResultFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(optimiseSummary(result, plan, process.stdout.isTTY && !process.env['NO_COLOR']));
  if (options.json !== undefined) {
    process.stdout.write(say(`저장했어요: ${options.json}\n`, `Written: ${options.json}\n`));
  }
}

type Sweep = Omit<SweepOptions, 'keep' | 'onRun'>;

function sweepOf(path: string, options: Options, plan: SearchPlan): Sweep {
  const strategy = readResearchStrategy(path);
  const symbols = symbolsOf(options.symbols) ?? strategy.targets.map(({ symbol }) => symbol);
  if (symbols.length === 0) {
    throw wrongOption('--symbols', '', say('005930 같은 여섯 자리 코드', 'six-character codes such as 005930'));
  }
  const bars = loadBars(symbols, options.bars);
  const from = dayOf('--from', options.from) ?? firstDay(bars.series);
  const to = dayOf('--to', options.to) ?? lastDay(bars.series);
  warnOfGaps(bars, from, to);
  return {
    subject: strategy.subject,
    series: bars.series,
    instruments: symbols.map((symbol) => instrumentOf(symbol, strategy.targets, bars)),
    combinations: plan.trials.map(({ parameters }) => parameters),
    from,
    to,
    initialCash: won(cashOf(options.cash)),
    limits: limitProfiles[profileOf(options.profile)],
  };
}

/** The first Ctrl-C ends the search with what is done; what it found is still told. */
async function runsOf(search: {
  readonly sweep: Sweep;
  readonly plan: SearchPlan;
  readonly objective: SweepObjective;
  readonly workers: number;
  readonly wanted: number;
  readonly resume: string | undefined;
}): Promise<readonly SweepRun[]> {
  const { sweep, plan, wanted } = search;
  const file = search.resume === undefined ? null : openFinishedRuns(search.resume, sweep);
  const done = file?.runs ?? [];
  const progress = progressLine(say('조합을 돌리는 중', 'searching'));
  const cancel = new AbortController();
  const onInterrupt = (): void => cancel.abort();
  process.once('SIGINT', onInterrupt);
  let count = done.length;
  const onRuns = (runs: readonly SweepRun[]): void => {
    file?.add(runs);
    count += runs.length;
    progress.show(Math.min(1, count / wanted));
  };
  const common = { options: sweep, done, onRuns, signal: cancel.signal };
  try {
    if (plan.tries !== null) return await bayesianRuns({ ...common, plan, objective: search.objective });
    return await sweepInWorkers({ ...common, workers: search.workers });
  } finally {
    process.off('SIGINT', onInterrupt);
    progress.end();
    file?.close();
  }
}

function objectiveOf(text: string): SweepObjective {
  const found = sweepObjectives.find((objective) => objective === text);
  if (found !== undefined) return found;
  throw wrongOption('--objective', text, sweepObjectives.join(' | '));
}

function nothingRan(reason: string): FixConfiguration {
  return new FixConfiguration(
    'optimise.no-combination',
    say(
      `이 격자로는 전략을 만들 수 없어요: ${reason}. --grid의 이름과 범위를 확인해 주세요.`,
      `Cannot search this grid: no combination makes a strategy (${reason}), wanted names and ranges that the strategy takes.`,
    ),
  );
}
