import { tradingDay } from '#markets/calendar.ts';
import { sessionsOfDay } from '#markets/sessions.ts';

import { quote } from '../../endpoints/endpoint.ts';
import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { encodeBlock } from '../encode/encode-block.ts';
import { continuationOf, fieldReply, ledgerReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { quoteRoute } from './quote-route.ts';
import { clockText, dateText, parseDateText } from '../encode/text-fields.ts';

const pageDays = 23;
const keyWidth = 20;
/** Pages one question may run over; the official client stops after ten. */
const pagesMax = 16;

/** Which days and hours are traded; real host only. @see spec §4.3 */
export const calendarRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.holidays, holidays),
  quoteRoute(quote('/uapi/domestic-stock/v1/quotations/market-time', 'HHMCM000002C0', 'real-only'), marketTime),
];

/** Business days that `market-time` names, today or the next one first. */
const namedDays = 5;

/** `market-time`: business days, the time, and the hours of the regular session. @see spec A.11b */
function marketTime(_call: Call, { venue }: Broker): Reply {
  const { date } = venue.state;
  const days = businessDays(date);
  const sessions = sessionsOfDay(days[0] ?? date);
  const opens = sessions.find(({ kind }) => kind === 'continuous')?.from;
  const closes = sessions.find(({ kind }) => kind === 'closing-auction')?.to;
  const named = Object.fromEntries(days.map((day, index) => [`date${index + 1}`, dateText(day)]));
  const output1 = encodeBlock('marketTime', {
    ...named,
    today: dateText(date),
    time: clockText(venue.floor.reached.epochMilliseconds),
    s_time: opens === undefined ? '' : clockText(opens.epochMilliseconds),
    e_time: closes === undefined ? '' : clockText(closes.epochMilliseconds),
  });
  return quoteReply({ output1 });
}

function businessDays(from: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let ahead = 0; ahead < 60 && days.length < namedDays; ahead += 1) {
    const day = from.add({ days: ahead });
    if (tradingDay(day).kind === 'open') days.push(day);
  }
  return days;
}

/** `chk-holiday`: every calendar day with its flags. */
function holidays(call: Call): Reply {
  const base = parseDateText(call.field('BASS_DT'));
  if (base === null) return fieldReply('BASS_DT');
  const next = parseDateText(call.field('CTX_AREA_NK').trim());
  const from = next ?? base;
  const to = from.add({ days: pageDays });
  const hasMore = base.until(to, { largestUnit: 'days' }).days < pageDays * pagesMax;
  const output: Record<string, string>[] = [];
  for (let day = 0; day < pageDays; day += 1) output.push(dayRow(from.add({ days: day })));
  const blocks = {
    ctx_area_nk: (hasMore ? dateText(to) : '').padEnd(keyWidth),
    ctx_area_fk: dateText(base).padEnd(keyWidth),
    output,
  };
  return ledgerReply('real', blocks, { continuation: continuationOf(next === null, hasMore), isEmpty: false });
}

function dayRow(date: Temporal.PlainDate): Record<string, string> {
  const isOpen = tradingDay(date).kind === 'open';
  const isWeekday = date.dayOfWeek <= 5;
  // On Labour Day the exchange rests and banks partly work.
  const isLabourDay = date.month === 5 && date.day === 1 && isWeekday;
  return encodeBlock('holiday', {
    bass_dt: dateText(date),
    // 01 is Sunday, 07 Saturday.
    wday_dvsn_cd: `0${(date.dayOfWeek % 7) + 1}`,
    bzdy_yn: isOpen || isLabourDay ? 'Y' : 'N',
    tr_day_yn: 'Y',
    opnd_yn: isOpen ? 'Y' : 'N',
    sttl_day_yn: isOpen ? 'Y' : 'N',
  });
}
