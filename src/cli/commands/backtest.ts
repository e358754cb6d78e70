import { createHash } from 'node:crypto';
import { Command } from 'commander';
import { runBacktest } from '#backtest/engine.ts';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { renderReport } from '#backtest/report/html.ts';
import { watchReadings } from '#backtest/report/reading-columns.ts';
import type { ReportOptions } from '#backtest/report/report-input.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { won } from '#domain/won.ts';
import type { TargetStock } from '#strategy/target-stocks.ts';
import { loadBars } from '../backtest-bars.ts';
import { backtestSummary } from '../backtest-summary.ts';
import { backtestOfFile, type CodeBacktestJob, type DeclaredStrategy } from '../code-backtest.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { firstDay, instrumentOf, lastDay, warnOfGaps } from '../research-bars.ts';
import { cashOf, collect, dayOf, profileOf, symbolsOf, wrongOption } from '../research-options.ts';
import { settingsOf, strategySource } from '../strategy-source.ts';
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
  readonly set: readonly string[];
  readonly json?: string;
  readonly html?: string;
}

/** `snowball backtest <strategy>`: a strategy over daily bars through the guard and the market's rules of each day. */
export function backtestCommand(): Command {
  return new Command('backtest')
    .description(say('전략을 지난 일봉으로 검증해요.', 'Run a strategy over past daily bars.'))
    .argument(
      '<strategy>',
      say(
        '전략 폴더(trading_config.yaml이나 strategy.ts), .kis.yaml이나 .ts 파일, preset:이름, recipe:이름',
        'folder with trading_config.yaml or strategy.ts, a .kis.yaml or .ts file, preset:NAME or recipe:NAME',
      ),
    )
    .option('--bars <path>', say('일봉 CSV 파일이나 폴더 (없으면 저장소)', 'CSV file or folder (default: the store)'))
    .option('--symbols <codes>', say('쉼표로 나눈 종목코드 (없으면 target_stocks.txt)', 'comma-separated codes'))
    .option('--from <day>', say('첫날, 2010-01-04 꼴', 'first day, such as 2010-01-04'))
    .option('--to <day>', say('마지막 날', 'last day'))
    .option('--cash <won>', say('시작 금액(원)', 'starting cash in won'), '10000000')
    .option(
      '--profile <name>',
      say('안전 한도: starter, standard', 'limits of the guard: starter, standard'),
      'starter',
    )
    .option(
      '--set <key=value>',
      say('설정 하나를 바꿔요, 여러 번 쓸 수 있어요', 'replace a setting; repeatable'),
      collect,
      [],
    )
    .option(
      '--json <file>',
      say('결과를 JSON으로 저장 (- 는 화면)', 'write the result as JSON (- for standard output)'),
    )
    .option('--html <file>', say('보고서를 HTML로 저장', 'write a report as HTML'))
    .action((strategy: string, options: Options) => backtest(strategy, options));
}

/** A promise only for a strategy file, which runs in a process of its own. */
function backtest(argument: string, options: Options): Promise<void> | undefined {
  const source = strategySource(argument, settingsOf(options.set));
  const asked = symbolsOf(options.symbols);
  if (source.kind === 'file') return backtestFile(source.file, asked, options);
  const job = jobOf(asked ?? source.targets.map((target) => target.symbol), source.targets, options);
  const progress = progressLine(say('검증하는 중', 'backtesting'));
  const watched = watchReadings(source.start(job.instruments.map((instrument) => instrument.id)));
  const { result, decisionLog } = runBacktest({
    ...job,
    strategy: watched.strategy,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    onProgress: progress.show,
  });
  progress.end();
  const { series } = job;
  const studies = source.studies?.(series) ?? watched.studies(series);
  hand(result, options, { names: namesOf(job), series, decisionLog, studies });
  return undefined;
}

async function backtestFile(file: string, asked: readonly string[] | null, options: Options): Promise<void> {
  const progress = progressLine(say('검증하는 중', 'backtesting'));
  let parts: ReportParts = { names: new Map() };
  const prepare = (declared: DeclaredStrategy): CodeBacktestJob => {
    const job = jobOf(declaredSymbols(declared, asked), [], options);
    parts = { names: namesOf(job), series: job.series };
    return job;
  };
  const result = await backtestOfFile(file, { prepare, onProgress: progress.show });
  progress.end();
  hand(result, options, parts);
}

/** Everything but the strategy. */
function jobOf(symbols: readonly string[], targets: readonly TargetStock[], options: Options): CodeBacktestJob {
  const bars = loadBars(symbols, options.bars);
  const from = dayOf('--from', options.from) ?? firstDay(bars.series);
  const to = dayOf('--to', options.to) ?? lastDay(bars.series);
  const instruments = symbols.map((symbol) => instrumentOf(symbol, targets, bars));
  warnOfGaps(bars, from, to);
  const limits = limitProfiles[profileOf(options.profile)];
  return { series: bars.series, instruments, from, to, initialCash: won(cashOf(options.cash)), limits };
}

function namesOf(job: CodeBacktestJob): ReadonlyMap<string, string> {
  return new Map(job.instruments.map(({ symbol, name }) => [symbol, name]));
}

/** A strategy file trades what it declares, so other symbols cannot be asked for. */
function declaredSymbols({ symbols, interval }: DeclaredStrategy, asked: readonly string[] | null): readonly string[] {
  if (interval !== '1d') {
    const wanted = say('일봉(1d) 전략', "a strategy with interval '1d'");
    throw wrongOption('interval', interval, wanted);
  }
  const isSame =
    asked === null || (asked.length === symbols.length && asked.every((symbol) => symbols.includes(symbol)));
  if (isSame) return symbols;
  const wanted = say(`전략 파일에 적힌 ${symbols.join(',')}`, `what the file declares: ${symbols.join(',')}`);
  throw wrongOption('--symbols', asked.join(','), wanted);
}

/** What a report shows beside the result. */
type ReportParts = Omit<ReportOptions, 'language'>;

function hand(result: BacktestResult, options: Options, parts: ReportParts): void {
  if (options.html !== undefined) {
    writeResultFile(options.html, renderReport(result, { ...parts, language: terminalLanguage() }));
  }
  if (options.json === '-') {
    printJson(result);
    return;
  }
  if (options.json !== undefined) writeResultFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(backtestSummary(result, (symbol) => parts.names.get(symbol) || symbol));
  for (const file of [options.json, options.html]) {
    if (file !== undefined) process.stdout.write(say(`저장했어요: ${file}\n`, `Written: ${file}\n`));
  }
}
