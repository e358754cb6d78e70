import { Command } from 'commander';
import { sweepObjectives } from '#backtest/sweep/sweep-objective.ts';
import { say } from '#link/language.ts';
import { addBenchmark } from '../research/benchmark-option.ts';
import { addFillOptions } from '../backtest/fill-options.ts';
import { addIntervalOptions } from '../backtest/run-bars.ts';
import { addGridOptions } from '../research/grid-options.ts';
import { addRunOptions } from '../research/run-options.ts';
import { optimiseSummary } from '../sweep/optimise-summary.ts';
import { addListingOption } from '../research/listing-option.ts';
import { runSearch, type SearchOptions } from '../sweep/run-search.ts';
import { printJson } from '../terminal/json.ts';
import { jsonResultOption } from '../terminal/json-result-option.ts';
import { refuseNowhere, writeResultFile } from '../terminal/write-file.ts';

interface Options extends SearchOptions {
  readonly json?: string;
}

/** `snowball optimise <strategy>`: many settings of a strategy over past bars, each with an account of its own. */
export function optimiseCommand(): Command {
  const perAccount = say('계좌마다 시작 금액(원)', 'starting cash of each account in won');
  const command = addGridOptions(addIntervalOptions(addRunOptions(new Command('optimise'), perAccount)))
    .description(say('전략의 설정값을 여러 조합으로 검증해요.', 'Run a strategy with many settings over past bars.'))
    .option('--random <n>', say('격자에서 n개만 뽑아 돌려요', 'run n of the grid, drawn at random'))
    .option('--bayes <n>', say('n번만 골라 가며 돌려요', 'run n, each chosen by what was seen'))
    .option('--seed <n>', say('뽑기의 씨앗', 'seed of the drawing'), '1')
    .option('--objective <name>', sweepObjectives.join(' | '), 'sharpe')
    .addOption(jsonResultOption())
    .option('--workers <n>', say('동시에 쓸 코어 수', 'threads'))
    .option(
      '--resume <file>',
      say('끝난 조합을 적어 두고 이어서 해요', 'keep finished runs in a file and go on from it'),
    )
    .action((strategy: string, options: Options) => optimise(strategy, options));
  return addBenchmark(addListingOption(addFillOptions(command)));
}

async function optimise(path: string, options: Options): Promise<void> {
  refuseNowhere([options.json, options.resume]);
  const { result, plan } = await runSearch(path, options);
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
