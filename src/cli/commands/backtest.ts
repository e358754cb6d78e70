import { createHash } from 'node:crypto';
import { Command } from 'commander';
import { runBacktest } from '#backtest/engine.ts';
import { limitProfiles, type LimitProfile } from '#backtest/limit-profile.ts';
import { renderReport } from '#backtest/report/html.ts';
import type { BacktestResult } from '#backtest/result.ts';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId, type Instrument } from '#domain/instrument.ts';
import { dateNumber } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { listingOf } from '#markets/listings.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import { loadBars, type BacktestBars } from '../backtest-bars.ts';
import { backtestSummary } from '../backtest-summary.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { readStrategyFolder, type StrategyFolder } from '../strategy-folder.ts';
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
  const instruments = symbols.map((symbol) => instrumentOf(symbol, strategy, bars));
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

/** Our table first; a code that it does not hold is taken for a KOSPI stock, and we say so. */
function instrumentOf(symbol: string, strategy: StrategyFolder, bars: BacktestBars): Instrument {
  const listed = listingOf(symbol);
  if (listed !== null) return listed;
  process.stderr.write(
    say(
      `${symbol}: 모르는 종목이라 코스피 주식으로 계산해요.\n`,
      `${symbol}: not in our table of listings, counted as a KOSPI stock.\n`,
    ),
  );
  const target = strategy.targets.find((one) => one.symbol === symbol);
  const name = bars.names.get(symbol) || target?.name || symbol;
  return { id: instrumentId(symbol), symbol, name, market: 'KOSPI', kind: 'stock', leverage: 1 };
}

/** Days that the bars lack are told, not filled: indicators would run across the hole. */
function warnOfGaps(bars: BacktestBars, from: number, to: number): void {
  for (const { symbol, gaps } of bars.files) {
    const inside = gaps.filter((gap) => gap.to >= from && gap.from <= to);
    const sessions = inside.reduce((sum, gap) => sum + gap.sessions, 0);
    if (sessions === 0) continue;
    process.stderr.write(
      say(
        `${symbol}: 기간 안에 빠진 거래일이 ${sessions}일 있어요 (처음은 ${inside[0]?.from}).\n`,
        `${symbol}: ${sessions} sessions are missing in this range (the first is ${inside[0]?.from}).\n`,
      ),
    );
  }
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
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

function symbolsOf(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  const symbols = [...new Set(text.split(',').map((symbol) => symbol.trim()))];
  const wrong = symbols.find((symbol) => !/^[0-9][0-9A-Z]{5}$/.test(symbol));
  if (wrong === undefined) return symbols;
  throw wrongOption('--symbols', wrong, say('005930 같은 여섯 자리 코드', 'six-character codes such as 005930'));
}

function dayOf(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  try {
    return dateNumber(Temporal.PlainDate.from(`${year}-${month}-${day}`));
  } catch (cause) {
    throw wrongOption(option, text, say('2010-01-04 꼴의 날짜', 'a day such as 2010-01-04'), cause);
  }
}

function cashOf(text: string): number {
  const cash = Number(text);
  if (/^\d+$/.test(text) && cash >= 1 && cash <= 1_000_000_000_000) return cash;
  throw wrongOption(
    '--cash',
    text,
    say('1에서 1,000,000,000,000 사이의 정수(쉼표 없이)', 'whole won from 1 to 10^12, without commas'),
  );
}

function profileOf(text: string): LimitProfile {
  if (text === 'starter' || text === 'standard') return text;
  throw wrongOption('--profile', text, 'starter | standard');
}

function wrongOption(option: string, found: string, wanted: string, cause?: unknown): FixConfiguration {
  const shown = found.slice(0, 60);
  return new FixConfiguration(
    'cli.option',
    say(
      `${option} 값을 쓸 수 없어요: "${shown}". ${wanted}로 적어 주세요.`,
      `Cannot use ${option} "${shown}": wanted ${wanted}.`,
    ),
    { cause },
  );
}

function firstDay(series: readonly BarSeries[]): number {
  return Math.min(...series.map((one) => one.date[0] ?? Infinity));
}

function lastDay(series: readonly BarSeries[]): number {
  return Math.max(...series.map((one) => one.date.at(-1) ?? -Infinity));
}
