import { Command } from 'commander';
import { dayText } from '#backtest/report/report-numbers.ts';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import { say } from '#link/language.ts';
import type { BarStore } from '#store/bar-store.ts';
import { calendarStrip, stripMarks } from '#store/check/calendar-strip.ts';
import { checkBars, type BarCheck, type PriceRules } from '#store/check/check-bars.ts';
import { checkMinutes, type MinuteCheck } from '#store/check/check-minutes.ts';
import { intervalOf } from '../backtest/run-bars.ts';
import { krxCalendar } from '../bars/backtest-bars.ts';
import { krxMinutes } from '../bars/krx-minutes.ts';
import { marketRules } from '../bars/market-rules.ts';
import { isListingCode, noStoredBars, withStoredBars } from '../bars/stored-bars.ts';
import { faultText } from '../check/fault-text.ts';
import { isWrongMinute, minuteDetail, minuteOverview } from '../check/minute-check-lines.ts';
import { overviewTable } from '../check/overview-table.ts';
import { printJson } from '../terminal/json.ts';
import { numberText } from '../terminal/numbers.ts';

interface Options {
  readonly json?: boolean;
  readonly interval?: string;
}

const always = [0, 99_999_999] as const;
const faultsShown = 20;

/** `snowball data check [005930]`: holes, wrong bars and prices that no market made; exits with 1 when a bar is wrong. */
export function checkCommand(): Command {
  return new Command('check')
    .description(
      say('저장한 일봉과 분봉의 빈틈과 이상한 값을 찾아요.', 'Look for holes and wrong values in stored bars.'),
    )
    .argument('[symbol]', say('한 종목만 자세히 (달력 그림 포함)', 'one instrument in full, with its calendar'))
    .option('--interval <bars>', say('1d나 1m만', '1d or 1m alone'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action((symbol: string | undefined, options: Options) => check(symbol, options));
}

function check(symbol: string | undefined, options: Options): void {
  const asked = intervalOf(options.interval);
  if (symbol !== undefined) {
    checkOne(symbol, asked, options);
    return;
  }
  const days = asked === '1m' ? [] : dayChecks();
  const minutes = asked === '1d' ? [] : minuteChecks();
  if (days.some(isWrong) || minutes.some(isWrongMinute)) process.exitCode = 1;
  if (options.json === true) {
    printJson([...days, ...minutes]);
    return;
  }
  const lines = [
    ...(days.length > 0 || minutes.length === 0 ? overviewLines(days) : []),
    ...(days.length > 0 && minutes.length > 0 ? [''] : []),
    ...(minutes.length > 0 ? minuteOverview(minutes) : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Days where the store has them, unless minutes are asked for. */
function checkOne(symbol: string, asked: BarInterval | null, { json }: Options): void {
  const found = isListingCode(symbol) ? withStoredBars((store) => oneOf(store, symbol, asked)) : null;
  if (found === null) throw noStoredBars(symbol, asked ?? '1d');
  const rules = marketRules()(symbol);
  const [result, lines] = found.interval === '1d' ? daysOfOne(found, rules) : minutesOfOne(found, rules);
  if (json === true) printJson(result);
  else process.stdout.write(`${lines().join('\n')}\n`);
}

function oneOf(store: BarStore, symbol: string, asked: BarInterval | null): BarSeries | null {
  const days = asked === '1m' ? null : store.series(symbol, '1d', ...always);
  return days ?? (asked === '1d' ? null : store.series(symbol, '1m', ...always));
}

type Told<Result> = readonly [result: Result, lines: () => readonly string[]];

function daysOfOne(series: BarSeries, rules: PriceRules): Told<BarCheck> {
  const result = checkBars(series, rules);
  if (isWrong(result)) process.exitCode = 1;
  return [result, () => detailLines(result, series)];
}

function minutesOfOne(series: BarSeries, rules: PriceRules): Told<MinuteCheck> {
  const result = checkMinutes(series, { ...rules, sessions: krxMinutes });
  if (isWrongMinute(result)) process.exitCode = 1;
  return [result, () => minuteDetail(result, series)];
}

/** One instrument's days in memory at a time: to ask for memory for a whole market takes longer than to decode it. */
function dayChecks(): readonly BarCheck[] {
  const checks: BarCheck[] = [];
  const rulesFor = marketRules();
  withStoredBars((store) =>
    store.visitAll({ interval: '1d', from: always[0], to: always[1] }, (series) => {
      checks.push(checkBars(series, rulesFor(symbolOf(series.instrument))));
    }),
  );
  return checks;
}

/** One instrument's minutes in memory at a time. */
function minuteChecks(): readonly MinuteCheck[] {
  const checks: MinuteCheck[] = [];
  const rulesFor = marketRules();
  withStoredBars((store) =>
    store.visitAll({ interval: '1m', from: always[0], to: always[1] }, (series) => {
      const rules = { ...rulesFor(symbolOf(series.instrument)), sessions: krxMinutes };
      checks.push(checkMinutes(series, rules));
    }),
  );
  return checks;
}

/** Holes and halts are facts of a history; a wrong bar is not. */
function isWrong({ faultCounts, closedDays }: BarCheck): boolean {
  const { 'bad-price': price, 'bad-range': range, 'repeated-day': repeated } = faultCounts;
  return price + range + repeated + closedDays.length > 0;
}

function overviewLines(checks: readonly BarCheck[]): readonly string[] {
  if (checks.length === 0)
    return [
      say(
        '저장소에 그런 봉이 없어요. "snowball data list"로 있는 봉을 볼 수 있어요.',
        'The store has no such bars: "snowball data list" shows what it holds.',
      ),
    ];
  return overviewTable(checks, {
    head: say('코드', 'code'),
    counts: [
      say('봉', 'bars'),
      say('빠진 날', 'missing'),
      say('휴장일 봉', 'closed'),
      say('무거래', 'untraded'),
      say('호가 밖', 'off tick'),
      say('잘못된 값', 'wrong'),
      say('상하한 밖', 'limits'),
      say('튀는 값', 'spikes'),
    ],
    countsOf,
  });
}

function countsOf(check: BarCheck): readonly number[] {
  const { faultCounts } = check;
  const wrong = faultCounts['bad-price'] + faultCounts['bad-range'] + faultCounts['repeated-day'];
  return [
    check.bars,
    check.gaps.reduce((sum, { sessions }) => sum + sessions, 0),
    check.closedDays.length,
    check.withoutVolume,
    check.offTick,
    wrong,
    faultCounts['beyond-limits'],
    faultCounts.spike,
  ];
}

function detailLines(check: BarCheck, series: BarSeries): readonly string[] {
  const strip = calendarStrip(series, krxCalendar);
  const marks = say(
    `${stripMarks.whole} 모두 있음  ${stripMarks.halted} 거래 없는 날  ${stripMarks.missing} 빠진 날  ${stripMarks.empty} 한 주가 빔`,
    `${stripMarks.whole} whole  ${stripMarks.halted} a day without trades  ${stripMarks.missing} a session missing  ${stripMarks.empty} an empty week`,
  );
  return [
    ...overviewLines([check]),
    '',
    say('한 칸이 한 주예요.', 'One mark a week.'),
    ...strip.map(({ year, weeks, missing }) => `${year} ${weeks}${missing === 0 ? '' : ` −${missing}`}`),
    marks,
    ...gapLines(check),
    ...faultLines(check),
  ];
}

function gapLines({ gaps, closedDays }: BarCheck): readonly string[] {
  const gap = gaps.find(({ isKnown }) => !isKnown);
  const lines: string[] = [];
  const known = gaps.filter(({ isKnown }) => isKnown).reduce((sum, { sessions }) => sum + sessions, 0);
  if (known > 0) {
    lines.push(
      say(
        `${numberText(known)}거래일은 1999년 전 공개 자료에 원래 없는 날이에요.`,
        `${numberText(known)} sessions are holes that public files have before 1999.`,
      ),
    );
  }
  if (gap !== undefined) {
    const day = dayText(gap.from, true);
    lines.push(
      say(`${day}부터 ${gap.sessions}거래일이 빠졌어요.`, `${gap.sessions} sessions are missing from ${day}.`),
    );
  }
  if (closedDays.length > 0) {
    const days = closedDays
      .slice(0, 5)
      .map((day) => dayText(day, true))
      .join(', ');
    lines.push(say(`휴장일에 봉이 있어요: ${days}`, `Bars on closed days: ${days}`));
  }
  return lines;
}

function faultLines({ faults }: BarCheck): readonly string[] {
  const lines = faults.slice(0, faultsShown).map(({ fault, date, close, before }) => {
    const prices = before > 0 ? `${numberText(before)} → ${numberText(close)}` : numberText(close);
    return `  ${dayText(date, true)}  ${faultText(fault)}  ${prices}`;
  });
  const left = faults.length - lines.length;
  return left <= 0 ? lines : [...lines, say(`  그 밖에 ${left}개`, `  and ${left} more`)];
}
