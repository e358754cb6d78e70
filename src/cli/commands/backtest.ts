import { createHash } from 'node:crypto';
import { Command } from 'commander';
import { runBacktest } from '#backtest/engine.ts';
import { explainBar, type BarExplanation } from '#backtest/explain.ts';
import { renderReport } from '#backtest/report/html.ts';
import { watchReadings } from '#backtest/report/reading-columns.ts';
import type { ReportOptions } from '#backtest/report/report-input.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { unrepeatableSentence, type UnrepeatableUse } from '#link/unrepeatable.ts';
import { addActionOptions } from '../backtest/action-options.ts';
import { backtestRun, type BacktestRun, type RunOptions } from '../backtest/backtest-run.ts';
import { addFillOptions } from '../backtest/fill-options.ts';
import { addBarOptions } from '../backtest/run-bars.ts';
import { tellUnrepeatable } from '../backtest/tell-unrepeatable.ts';
import { whyText } from '../backtest/why-lines.ts';
import { whyBarOf } from '../backtest/why-option.ts';
import { addBenchmark, benchmarkOf } from '../research/benchmark-option.ts';
import { tellLint } from '../strategy/rules-findings.ts';
import { backtestSummary } from '../backtest/backtest-summary.ts';
import { backtestOfFile, explainFile, type DeclaredStrategy } from '../backtest/code-backtest.ts';
import { addListingOption } from '../research/listing-option.ts';
import { addRunOptions } from '../research/run-options.ts';
import { collect, symbolsOf, wrongOption } from '../research/research-options.ts';
import { settingsOf, strategySource, type FileSource } from '../strategy/strategy-source.ts';
import { printJson } from '../terminal/json.ts';
import { jsonResultOption } from '../terminal/json-result-option.ts';
import { progressLine } from '../terminal/progress.ts';
import { refuseNowhere, writeResultFile } from '../terminal/write-file.ts';

interface Options extends RunOptions {
  readonly symbols?: string;
  readonly set: readonly string[];
  readonly json?: string;
  readonly html?: string;
  readonly why?: string;
  readonly benchmark?: string;
}

/** `snowball backtest <strategy>`: a strategy over past bars through the guard and the market's rules of each day. */
export function backtestCommand(): Command {
  const command = addRunOptions(new Command('backtest'), say('시작 금액(원)', 'starting cash in won'))
    .description(say('전략을 지난 봉으로 검증해요.', 'Run a strategy over past bars.'))
    .option(
      '--set <key=value>',
      say('설정 하나를 바꿔요, 여러 번 쓸 수 있어요', 'replace a setting; repeatable'),
      collect,
      [],
    )
    .addOption(jsonResultOption())
    .option('--html <file>', say('보고서를 HTML로 저장', 'write a report as HTML'))
    .option(
      '--why <stock@day>',
      say(
        '005930@2020-03-19처럼 봉 하나를 골라 왜 샀는지, 왜 안 샀는지 알려줘요',
        'tell why it bought or did not at one bar, such as 005930@2020-03-19',
      ),
    );
  addActionOptions(addBarOptions(addListingOption(addBenchmark(addFillOptions(command)))));
  return command.action((strategy: string, options: Options) => backtest(strategy, options));
}

async function backtest(argument: string, options: Options): Promise<void> {
  refuseNowhere([options.json, options.html]);
  const source = strategySource(argument, settingsOf(options.set));
  const asked = symbolsOf(options.symbols);
  if (options.why !== undefined && options.html !== undefined) throw whyWithReport();
  if (source.kind === 'file') {
    await benchmarkOf(options.benchmark, { program: null, bars: options.bars, interval: '1d' });
    return backtestFile(source, asked, options);
  }
  const run = await backtestRun(
    {
      symbols: asked ?? source.targets.map((target) => target.symbol),
      targets: source.targets,
      intervals: source.intervals,
    },
    options,
  );
  const read = { program: source.program ?? null, bars: options.bars, interval: run.interval };
  const index = await benchmarkOf(options.benchmark, read);
  const ids = run.job.instruments.map(({ id }) => id);
  const strategy = source.start(ids, run.interval, index);
  tellLint(source.program, index !== undefined);
  const progress = progressLine(say('검증하는 중', 'backtesting'));
  const rest = { ...run.job, sha256, onProgress: progress.show };
  if (options.why !== undefined) {
    const told = explainBar({ ...rest, strategy }, whyBarOf(options.why, run.symbols, run.interval));
    progress.end();
    handWhy(told, run, options);
    return;
  }
  const isWatched = options.html !== undefined && source.studies === undefined;
  const watched = isWatched ? watchReadings(strategy, terminalLanguage()) : null;
  const { result, decisionLog } = runBacktest({ ...rest, strategy: watched?.strategy ?? strategy });
  progress.end();
  const { series } = run.job;
  const studies = source.studies?.(series) ?? watched?.studies(series) ?? [];
  hand(result, options, { run, series, decisionLog, studies });
}

async function backtestFile(
  { file, values }: FileSource,
  asked: readonly string[] | null,
  options: Options,
): Promise<void> {
  const progress = progressLine(say('검증하는 중', 'backtesting'));
  const runs: BacktestRun[] = [];
  const prepare = async (declared: DeclaredStrategy): Promise<BacktestRun> => {
    const { interval } = declared;
    const subject = { symbols: declaredSymbols(declared, asked), targets: [], intervals: [interval] } as const;
    const run = await backtestRun(subject, options);
    runs.push(run);
    return run;
  };
  const use = { values, ...(asked === null ? {} : { symbols: asked }) };
  const unrepeatable: UnrepeatableUse[] = [];
  const ears = {
    use,
    onProgress: progress.show,
    onUnrepeatable: (uses: readonly UnrepeatableUse[]) => void unrepeatable.push(...uses),
  };
  const { why } = options;
  if (why !== undefined) {
    const told = await explainFile(file, {
      ...ears,
      prepare: async (declared) => {
        const { job, symbols, interval } = await prepare(declared);
        return { ...job, why: whyBarOf(why, symbols, interval) };
      },
    });
    progress.end();
    handWhy(told, preparedOf(runs), options);
    tellUnrepeatable(unrepeatable);
    return;
  }
  const result = await backtestOfFile(file, {
    ...ears,
    prepare: async (declared) => (await prepare(declared)).job,
  });
  progress.end();
  const run = preparedOf(runs);
  const remark = unrepeatable.length === 0 ? {} : { remark: unrepeatableSentence(unrepeatable, terminalLanguage()) };
  hand(result, options, { run, series: run.job.series, ...remark });
  tellUnrepeatable(unrepeatable);
}

/** A file that ran has said what it is, and was prepared for. */
function preparedOf([run]: readonly BacktestRun[]): BacktestRun {
  invariant(run !== undefined, 'a strategy file is given its bars before it answers');
  return run;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A strategy file trades what it declares, so other symbols cannot be asked for. */
function declaredSymbols({ symbols }: DeclaredStrategy, asked: readonly string[] | null): readonly string[] {
  const isSame =
    asked === null || (asked.length === symbols.length && asked.every((symbol) => symbols.includes(symbol)));
  if (isSame) return symbols;
  const wanted = say(`전략 파일에 적힌 ${symbols.join(',')}`, `what the file declares: ${symbols.join(',')}`);
  throw wrongOption('--symbols', asked.join(','), wanted);
}

function whyWithReport(): FixConfiguration {
  return new FixConfiguration(
    'cli.option',
    say(
      '--why는 봉 하나만 알려 줘서 --html과 함께 쓸 수 없어요. 하나만 적어 주세요.',
      'Cannot use --why with --html: it tells of one bar and leaves no report; wanted one of them.',
    ),
  );
}

/** What a report shows beside the result, and the run that made it. */
type Parts = Omit<ReportOptions, 'language' | 'names'> & { readonly run: BacktestRun };

function hand(found: BacktestResult, options: Options, { run, ...parts }: Parts): void {
  const result: BacktestResult = {
    ...found,
    ...(run.adjusted === null ? {} : { adjusted: run.adjusted }),
    ...(run.listings.length === 0 ? {} : { listings: run.listings }),
  };
  if (options.html !== undefined) {
    writeResultFile(options.html, renderReport(result, { ...parts, names: run.names, language: terminalLanguage() }));
  }
  if (options.json === '-') {
    printJson(result);
    return;
  }
  if (options.json !== undefined) writeResultFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(backtestSummary(result, (symbol) => run.names.get(symbol) || symbol));
  tellFiles([options.json, options.html]);
}

/** @throws {FixConfiguration} `cli.option` when the strategy was never shown such a bar */
function handWhy(told: BarExplanation, { names, interval }: BacktestRun, { why = '', json }: Options): void {
  const { bar } = told;
  if (bar === null) {
    const wanted = say('이 검증에서 전략이 본 봉(거래일)', 'a bar that the strategy saw: a trading day of this run');
    throw wrongOption('--why', why, wanted);
  }
  if (json === '-') {
    printJson(told);
    return;
  }
  if (json !== undefined) writeResultFile(json, `${JSON.stringify(told, null, 2)}\n`);
  process.stdout.write(whyText({ ...told, bar }, names.get(told.symbol) || told.symbol, interval));
  tellFiles([json]);
}

function tellFiles(files: readonly (string | undefined)[]): void {
  for (const file of files) {
    if (file !== undefined) process.stdout.write(say(`저장했어요: ${file}\n`, `Written: ${file}\n`));
  }
}
