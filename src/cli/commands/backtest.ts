import { createHash } from 'node:crypto';
import { Command } from 'commander';
import { runBacktest } from '#backtest/engine.ts';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { renderReport } from '#backtest/report/html.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { won } from '#domain/won.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import { loadBars } from '../backtest-bars.ts';
import { backtestSummary } from '../backtest-summary.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { firstDay, instrumentOf, lastDay, warnOfGaps } from '../research-bars.ts';
import { cashOf, collect, dayOf, profileOf, symbolsOf, wrongOption } from '../research-options.ts';
import { readStrategyFolder } from '../strategy-folder.ts';
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

/** `snowball backtest <folder>`: a strategy over daily bars through the guard and the market's rules of each day. */
export function backtestCommand(): Command {
  return new Command('backtest')
    .description(say('전략을 지난 일봉으로 검증해요.', 'Run a strategy over past daily bars.'))
    .argument('<folder>', say('trading_config.yaml이 있는 전략 폴더', 'folder with trading_config.yaml'))
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
    .action((folder: string, options: Options) => backtest(folder, options));
}

function backtest(folder: string, options: Options): void {
  const limits = limitProfiles[profileOf(options.profile)];
  const cash = cashOf(options.cash);
  const strategy = readStrategyFolder(folder, overridesOf(options.set));
  const symbols = symbolsOf(options.symbols) ?? strategy.targets.map((target) => target.symbol);
  const bars = loadBars(symbols, options.bars);
  const from = dayOf('--from', options.from) ?? firstDay(bars.series);
  const to = dayOf('--to', options.to) ?? lastDay(bars.series);
  const instruments = symbols.map((symbol) => instrumentOf(symbol, strategy.targets, bars));
  warnOfGaps(bars, from, to);
  const progress = progressLine(say('검증하는 중', 'backtesting'));
  const { result } = runBacktest({
    strategy: tutorialStrategy({
      name: strategy.name,
      config: strategy.config,
      instruments: instruments.map((instrument) => instrument.id),
      interval: '1d',
    }),
    series: bars.series,
    instruments,
    from,
    to,
    initialCash: won(cash),
    limits,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    onProgress: progress.show,
  });
  progress.end();
  hand(result, options, new Map(instruments.map(({ symbol, name }) => [symbol, name])));
}

function hand(result: BacktestResult, options: Options, names: ReadonlyMap<string, string>): void {
  if (options.html !== undefined) {
    writeResultFile(options.html, renderReport(result, { language: terminalLanguage(), names }));
  }
  if (options.json === '-') {
    printJson(result);
    return;
  }
  if (options.json !== undefined) writeResultFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(backtestSummary(result, (symbol) => names.get(symbol) || symbol));
  for (const file of [options.json, options.html]) {
    if (file !== undefined) process.stdout.write(say(`저장했어요: ${file}\n`, `Written: ${file}\n`));
  }
}

function overridesOf(pairs: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key, value] = /^([a-z_]+)=(-?\d+(?:\.\d+)?)$/.exec(pair) ?? [];
      if (key !== undefined && value !== undefined) return [key, Number(value)] as const;
      throw wrongOption('--set', pair, say('rsi_period=10 꼴', 'a setting such as rsi_period=10'));
    }),
  );
}
