import { dayText } from '#backtest/report/report-numbers.ts';
import type { BarSeries } from '#domain/bar.ts';
import { say } from '#link/language.ts';
import { calendarStrip, stripMarks } from '#store/check/calendar-strip.ts';
import { holeMinutesMin, type MinuteCheck } from '#store/check/check-minutes.ts';
import { sessionMarks, sessionStrips } from '#store/check/session-strip.ts';
import { krxCalendar } from '../bars/backtest-bars.ts';
import { krxMinutes } from '../bars/krx-minutes.ts';
import { counted, numberText } from '../terminal/numbers.ts';
import { faultText } from './fault-text.ts';
import { overviewTable } from './overview-table.ts';

const linesShown = 20;
const daysDrawn = 15;

/** Holes and thin trading are facts of a history; a wrong bar is not. */
export function isWrongMinute({ faultCounts, closedDays }: MinuteCheck): boolean {
  const { 'bad-price': price, 'bad-range': range, 'repeated-day': repeated } = faultCounts;
  return price + range + repeated + closedDays.length > 0;
}

/** One line an instrument. */
export function minuteOverview(checks: readonly MinuteCheck[]): readonly string[] {
  return overviewTable(checks, {
    head: say('분봉', 'minutes of'),
    counts: [
      say('봉', 'bars'),
      say('빠진 날', 'days missing'),
      say('빈 분', 'minutes empty'),
      say('빈 구간', 'holes'),
      say('장 밖', 'no session'),
      say('휴장일', 'closed'),
      say('호가 밖', 'off tick'),
      say('잘못된 값', 'wrong'),
      say('상하한 밖', 'limits'),
      say('튀는 값', 'spikes'),
    ],
    countsOf,
  });
}

function countsOf(check: MinuteCheck): readonly number[] {
  const { faultCounts } = check;
  return [
    check.bars,
    check.gaps.reduce((sum, { sessions }) => sum + sessions, 0),
    check.missingMinutes,
    check.holeCount,
    check.outsideCount,
    check.closedDays.length,
    check.offTick,
    faultCounts['bad-price'] + faultCounts['bad-range'] + faultCounts['repeated-day'],
    faultCounts['beyond-limits'],
    faultCounts.spike,
  ];
}

/** One instrument: its calendar, the days that lack most, and what is wrong. */
export function minuteDetail(check: MinuteCheck, series: BarSeries): readonly string[] {
  return [
    ...minuteOverview([check]),
    ...calendarLines(series),
    ...sessionLines(series),
    ...gapLines(check),
    ...holeLines(check),
    ...outsideLines(check),
    ...faultLines(check),
  ];
}

function calendarLines(series: BarSeries): readonly string[] {
  const volumes = new Map<number, number>();
  for (const [row, date] of series.date.entries()) {
    volumes.set(date, (volumes.get(date) ?? 0) + (series.volume[row] ?? 0));
  }
  const days = { date: Int32Array.from(volumes.keys()), volume: Float64Array.from(volumes.values()) };
  const strip = calendarStrip(days, krxCalendar);
  return [
    '',
    say('한 칸이 한 주예요.', 'One mark a week.'),
    ...strip.map(({ year, weeks, missing }) => `${year} ${weeks}${missing === 0 ? '' : ` −${missing}`}`),
    say(
      `${stripMarks.whole} 모두 있음  ${stripMarks.missing} 빠진 날  ${stripMarks.empty} 한 주가 빔`,
      `${stripMarks.whole} whole  ${stripMarks.missing} a session missing  ${stripMarks.empty} an empty week`,
    ),
  ];
}

function sessionLines(series: BarSeries): readonly string[] {
  const dates = [...new Set(series.date)];
  const all = sessionStrips(series, dates, krxMinutes);
  const thin = all.days.filter(({ missing }) => missing > 0).toSorted((one, other) => other.missing - one.missing);
  const drawn = thin.slice(0, daysDrawn).toSorted((one, other) => one.date - other.date);
  if (drawn.length === 0) {
    return ['', say('모든 날에 정규장의 1분봉이 다 있어요.', 'Every day has every minute of its regular session.')];
  }
  return [
    '',
    say(
      `한 칸이 10분이에요. 빈 분이 많은 ${drawn.length}일이에요.`,
      `One mark is ten minutes. The ${drawn.length} days that lack most.`,
    ),
    `           ${hoursLine(all.fromHour, drawn)}`,
    ...drawn.map(({ date, marks, missing }) => `${dayText(date, true)} ${marks} −${missing}`),
    say(
      `${sessionMarks.whole} 모두 있음  ${sessionMarks.most} 절반 넘게  ${sessionMarks.some} 일부만  ${sessionMarks.none} 없음`,
      `${sessionMarks.whole} all  ${sessionMarks.most} most  ${sessionMarks.some} some  ${sessionMarks.none} none`,
    ),
  ];
}

/** The hour over the first of its six marks. */
function hoursLine(fromHour: number, days: readonly { readonly marks: string }[]): string {
  const hours = Math.ceil(Math.max(...days.map(({ marks }) => marks.length)) / 6);
  return Array.from({ length: hours }, (_, hour) => String(fromHour + hour).padEnd(6))
    .join('')
    .trimEnd();
}

function gapLines({ gaps, closedDays, withoutClose, days }: MinuteCheck): readonly string[] {
  const lines: string[] = [];
  const [gap] = gaps;
  if (gap !== undefined) {
    const day = dayText(gap.from, true);
    lines.push(
      say(`${day}부터 ${gap.sessions}거래일이 빠졌어요.`, `${counted(gap.sessions, 'session')} missing from ${day}.`),
    );
  }
  if (closedDays.length > 0) {
    const shown = closedDays.slice(0, 5).map((day) => dayText(day, true));
    lines.push(say(`휴장일에 봉이 있어요: ${shown.join(', ')}`, `Bars on closed days: ${shown.join(', ')}`));
  }
  if (withoutClose > 0) {
    lines.push(
      say(
        `${numberText(days)}일 가운데 ${numberText(withoutClose)}일은 종가 동시호가 봉이 없어요.`,
        `${numberText(withoutClose)} of ${numberText(days)} days have no bar of the closing auction.`,
      ),
    );
  }
  return lines;
}

function holeLines({ holes, holeCount }: MinuteCheck): readonly string[] {
  if (holeCount === 0) return [];
  const shown = holes.slice(0, linesShown);
  return [
    say(
      `${holeMinutesMin}분 넘게 빈 구간 ${numberText(holeCount)}곳 (체결이 없었거나, 멈췄거나, 빠진 곳이에요)`,
      `${numberText(holeCount)} stretches of ${holeMinutesMin} minutes or more without a bar (no trade, a halt, or missing data)`,
    ),
    ...shown.map(
      ({ date, from, to }) => `  ${dayText(date, true)}  ${clock(from)}–${clock(to)}  ${to - from}${say('분', ' min')}`,
    ),
    ...more(holeCount - shown.length),
  ];
}

function outsideLines({ outside, outsideCount, extraSessions }: MinuteCheck): readonly string[] {
  const lines: string[] = [];
  if (extraSessions > 0) {
    lines.push(
      say(
        `시간외와 애프터마켓 봉이 ${numberText(extraSessions)}개 있어요.`,
        `${numberText(extraSessions)} bars are of after-hours trading and the after-market.`,
      ),
    );
  }
  const [first] = outside;
  if (first !== undefined) {
    const at = `${dayText(first.date, true)} ${clock(first.minute)}`;
    lines.push(
      say(
        `KRX 거래 시간이 아닌 봉이 ${numberText(outsideCount)}개 있어요. 처음은 ${at}이에요 (NXT이거나 시각이 틀렸을 수 있어요).`,
        `${numberText(outsideCount)} bars are outside of KRX's hours, the first at ${at} (NXT, or wrong times).`,
      ),
    );
  }
  return lines;
}

function faultLines({ faults, faultCounts }: MinuteCheck): readonly string[] {
  const shown = faults.slice(0, linesShown).map(({ fault, date, minute, close, before }) => {
    const prices = before > 0 ? `${numberText(before)} → ${numberText(close)}` : numberText(close);
    return `  ${dayText(date, true)} ${clock(minute)}  ${faultText(fault)}  ${prices}`;
  });
  const count = Object.values(faultCounts).reduce((sum, one) => sum + one, 0);
  return [...shown, ...more(count - shown.length)];
}

function more(count: number): readonly string[] {
  return count <= 0 ? [] : [say(`  그 밖에 ${numberText(count)}개`, `  and ${numberText(count)} more`)];
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
