import { Command } from 'commander';
import { dayText } from '#backtest/report/report-numbers.ts';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { symbolOf } from '#domain/instrument.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { adjustBars } from '#store/adjust-bars.ts';
import type { BarStore } from '#store/bar-store.ts';
import { countingActions } from '#store/corporate-action.ts';
import { withParticle } from '#strategy/korean-particle.ts';
import { expressionProgram } from '#strategy/rules/expression/expression-program.ts';
import { parseExpression } from '#strategy/rules/expression/parse-expression.ts';
import { readsIndex } from '#strategy/rules/index-closes.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import { resolveProgram, type ResolvedRules } from '#strategy/rules/resolve-program.ts';
import { addBenchmark, benchmarkOf } from '../research/benchmark-option.ts';
import { explainScreen, type ExplainedRule, type ScreenExplanation } from '../screen/explain-screen.ts';
import { labelsOf } from '../screen/operand-text.ts';
import { MarketScreen, type Screen, type ScreenAsked } from '../screen/screen-market.ts';
import { intervalAt, momentText, screenMomentOf, type ScreenMoment } from '../screen/screen-moment.ts';
import { krxCalendar } from '../bars/backtest-bars.ts';
import { isListingCode, noStoredBars, withStoredBars } from '../bars/stored-bars.ts';
import { printJson } from '../terminal/json.ts';
import { numberText } from '../terminal/numbers.ts';
import { tableLines } from '../terminal/table.ts';

interface Options {
  readonly date?: string;
  readonly why?: string;
  readonly raw?: boolean;
  readonly benchmark?: string;
  readonly json?: boolean;
}

/** `snowball data screen "rsi(14) < 30" --date 2023-12-22`: who fulfils an expression, over the whole store. */
export function screenCommand(): Command {
  const command = new Command('screen')
    .description(say('조건에 맞는 종목을 저장소 전체에서 찾아요.', 'Find the instruments that fulfil an expression.'))
    .argument(
      '<expression>',
      say('조건식 (예: "rsi(14) < 30 and close > sma(20)")', 'such as "rsi(14) < 30 and close > sma(20)"'),
    )
    .option(
      '--date <day>',
      say(
        '기준일 (없으면 저장소의 마지막 날), 분봉은 2023-12-22T10:30처럼 시각까지',
        'day (default: the last one of the store); of minute bars with a time, such as 2023-12-22T10:30',
      ),
    )
    .option('--why <symbol>', say('한 종목이 왜 나왔는지, 왜 안 나왔는지', 'why one instrument is found, or why not'))
    .option('--raw', say('수정하지 않은 가격으로 찾기', 'use raw prices instead of adjusted ones'))
    .option('--json', say('JSON으로 출력', 'print JSON'));
  return addBenchmark(command).action((text: string, options: Options) => screen(text, options));
}

async function screen(text: string, options: Options): Promise<void> {
  const { rules, program, labels } = readRules(text);
  const asked = screenMomentOf(options.date);
  const interval = asked === null ? '1d' : intervalAt(asked);
  const index = await benchmarkOf(options.benchmark, { program, bars: undefined, interval });
  if (index === undefined && readsIndex(program)) throw needsIndex();
  const done = withStoredBars((store) => {
    const moment = asked ?? { date: lastDay(store), time: null };
    return options.why === undefined
      ? printScreen(screened(store, rules, { labels, moment, index }, options), store, options)
      : printWhy(barsOf(store, options.why, moment, options), rules, {
          moment,
          labels,
          index,
          symbol: options.why,
          options,
        });
  });
  if (done === null) throw emptyStore();
}

interface ReadRules {
  readonly rules: ResolvedRules;
  readonly program: RuleProgram;
  readonly labels: ReadonlyMap<string, string>;
}

function readRules(text: string): ReadRules {
  const parsed = parseExpression(text);
  if (parsed.kind === 'problem') {
    const { column, ko, en } = parsed.problem;
    throw new FixConfiguration(
      'data.expression',
      say(
        `조건식을 읽을 수 없어요. ${column}번째 글자: ${ko}`,
        `Cannot read the expression at character ${column}: ${en}`,
      ),
    );
  }
  const program = expressionProgram(parsed.expression);
  const resolved = resolveProgram(program);
  if (resolved.kind === 'rules') return { rules: resolved.rules, program, labels: labelsOf(program) };
  const { where, found, wanted } = resolved.problem;
  throw new FixConfiguration(
    'data.expression',
    say(
      `조건식을 읽을 수 없어요. ${where}: ${withParticle(found, 'subject')} 있는데 ${withParticle(wanted, 'subject')} 필요해요.`,
      `Cannot read the expression, ${where}: found ${found}, wanted ${wanted}.`,
    ),
  );
}

function lastDay(store: BarStore): number {
  const days = store
    .datasets()
    .filter(({ interval }) => interval === '1d')
    .map(({ to }) => to);
  if (days.length === 0) throw emptyStore();
  return Math.max(...days);
}

function needsIndex(): FixConfiguration {
  return new FixConfiguration(
    'cli.option',
    say(
      'beta와 alpha는 지수와 견줘요. --benchmark 069500처럼 지수를 적어 주세요.',
      'Cannot screen by beta or alpha without an index: name one, such as --benchmark 069500.',
    ),
  );
}

function emptyStore(): FixConfiguration {
  return new FixConfiguration(
    'data.no-bars',
    say(
      '저장소에 그런 봉이 없어요. "snowball data import <csv|폴더>"로 먼저 가져와 주세요.',
      'The store has no such bars yet: bring them in with "snowball data import <csv|folder>".',
    ),
  );
}

/** Over all bars up to the moment, prices on the footing of its day by what was known then. */
function screened(store: BarStore, rules: ResolvedRules, asked: ScreenAsked, { raw }: Options): Screen {
  const { moment } = asked;
  const { date } = moment;
  const interval = intervalAt(moment);
  const counting = raw === true ? [] : countingActions(store.actions(), { knownBy: date });
  const actions = Map.groupBy(counting, ({ symbol }) => symbol);
  // Read before the walk, whose series live in one memory.
  const days = new Map([...actions.keys()].map((symbol) => [symbol, daysBeside(store, symbol, moment)]));
  const market = new MarketScreen(rules, asked);
  store.visitAll({ interval, from: 0, to: date }, (series, name) => {
    const symbol = symbolOf(series.instrument);
    const own = actions.get(symbol);
    market.add(own === undefined ? series : adjustBars(series, own, days.get(symbol)), name);
  });
  return market.result();
}

function barsOf(store: BarStore, symbol: string, moment: ScreenMoment, { raw }: Options): BarSeries {
  const interval = intervalAt(moment);
  const series = isListingCode(symbol) ? store.series(symbol, interval, 0, moment.date) : null;
  if (series === null) throw noStoredBars(symbol, interval);
  if (raw === true) return series;
  const counting = countingActions(store.actions(symbol), { knownBy: moment.date });
  return adjustBars(series, counting, daysBeside(store, symbol, moment));
}

/** Day bars, whose closes the dividends of minutes count from; of days themselves none. */
function daysBeside(store: BarStore, symbol: string, { date, time }: ScreenMoment): BarSeries | undefined {
  return time === null ? undefined : (store.series(symbol, '1d', 0, date) ?? undefined);
}

function printScreen(found: Screen, store: BarStore, { json }: Options): true {
  if (json === true) {
    printJson(found);
    return true;
  }
  const lines = tableLines(
    [
      { head: say('코드', 'code'), align: 'left' },
      { head: say('종목', 'name'), align: 'left' },
      ...(found.time === undefined ? [] : [{ head: say('봉', 'bar'), align: 'left' as const }]),
      { head: say('종가', 'close'), align: 'right' },
      { head: say('거래량', 'volume'), align: 'right' },
      ...found.operands.map((head) => ({ head, align: 'right' as const })),
    ],
    found.hits.map(({ symbol, name, bar, close, volume, values }) => [
      symbol,
      name,
      ...(bar === undefined ? [] : [bar]),
      numberText(close),
      numberText(volume),
      ...values.map(valueText),
    ]),
  );
  const day = momentText({ date: found.date, time: found.time ?? null });
  const until = found.time === undefined ? say('에', 'on') : say('까지', 'by');
  const counts = say(
    `${day}${until} 거래된 ${numberText(found.traded)}개(저장소 ${numberText(found.stored)}개) 가운데 ${numberText(found.hits.length)}개를 찾았어요.`,
    `${numberText(found.hits.length)} of ${numberText(found.traded)} instruments that traded ${until} ${day} (${numberText(found.stored)} stored).`,
  );
  const why = found.traded === 0 ? nobodyTraded(found, store) : [];
  process.stdout.write(`${[...(found.hits.length === 0 ? [] : lines), counts, ...why].join('\n')}\n`);
  return true;
}

/** Why a screen looked at nobody: the day, or what the store holds. */
function nobodyTraded({ date, time }: Screen, store: BarStore): readonly string[] {
  if (krxCalendar(date) === 'closed') return [say('KRX가 쉰 날이에요.', 'KRX was closed on that day.')];
  const interval = time === undefined ? '1d' : '1m';
  const held = store.datasets().filter((dataset) => dataset.interval === interval);
  const [first, last] = [Math.min(...held.map(({ from }) => from)), Math.max(...held.map(({ to }) => to))];
  if (held.length === 0) return [emptyStore().message];
  if (date >= first && date <= last) return [];
  const [from, to] = [dayText(first, true), dayText(last, true)];
  return [say(`저장소의 봉은 ${from}부터 ${to}까지예요.`, `The store's bars are from ${from} to ${to}.`)];
}

interface WhyRequest extends ScreenAsked {
  readonly symbol: string;
  readonly options: Options;
}

function printWhy(
  series: BarSeries,
  rules: ResolvedRules,
  { moment, labels, index, symbol, options }: WhyRequest,
): true {
  const why = explainScreen(series, rules, { moment, labels, index });
  const { date, time } = moment;
  if (options.json === true) printJson({ symbol, date, ...(time === null ? {} : { time }), ...why });
  else process.stdout.write(`${whyLines(why, symbol, moment).join('\n')}\n`);
  return true;
}

function whyLines(why: ScreenExplanation, symbol: string, moment: ScreenMoment): readonly string[] {
  const day = momentText(moment);
  if (why.rule === null) {
    return [
      say(
        moment.time === null
          ? `${withParticle(symbol, 'topic')} ${day}에 거래가 없어서 찾지 않았어요.`
          : `${withParticle(symbol, 'topic')} 그날 ${moment.time}까지 거래가 없어서 찾지 않았어요.`,
        moment.time === null
          ? `${symbol} did not trade on ${day}, so nothing was asked.`
          : `${symbol} did not trade on that day by ${moment.time}, so nothing was asked.`,
      ),
    ];
  }
  const isShort = why.bars < why.barsNeeded;
  const bars = say(
    `거래된 봉 ${numberText(why.bars)}개, 조건식에는 ${numberText(why.barsNeeded)}개가 필요해요.`,
    `${numberText(why.bars)} traded bars, the expression needs ${numberText(why.barsNeeded)}.`,
  );
  const verdict = why.rule.holds
    ? say(`${withParticle(symbol, 'topic')} ${day}에 조건에 맞아요.`, `${symbol} is found on ${day}.`)
    : say(`${withParticle(symbol, 'topic')} ${day}에 조건에 맞지 않아요.`, `${symbol} is not found on ${day}.`);
  return [verdict, ...(isShort ? [bars] : []), ...ruleLines(why.rule, 1)];
}

function ruleLines(rule: ExplainedRule, depth: number): readonly string[] {
  const start = `${'  '.repeat(depth)}${rule.holds ? '✓' : '✗'} `;
  if (rule.kind !== 'compare') {
    const words = rule.kind === 'all' ? say('모두', 'all of') : say('하나라도', 'any of');
    return [`${start}${words}`, ...rule.rules.flatMap((one) => ruleLines(one, depth + 1))];
  }
  const now = `${valueText(rule.left)} · ${valueText(rule.right)}`;
  const isCross = rule.text.startsWith('cross');
  const before = isCross
    ? `${say('앞 봉', 'before')} ${valueText(rule.leftBefore)} · ${valueText(rule.rightBefore)}, `
    : '';
  return [`${start}${rule.text}   (${before}${now})`];
}

const figures = new Intl.NumberFormat(terminalLanguage() === 'ko' ? 'ko-KR' : 'en-US', { maximumFractionDigits: 4 });

/** A dash stands for a number that is not there. */
function valueText(value: number | null): string {
  return value === null ? '–' : figures.format(value).replace('-', '−');
}
