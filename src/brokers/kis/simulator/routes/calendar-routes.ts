import { tradingDay } from '#markets/calendar.ts';

import { encodeBlock } from '../encode/encode-block.ts';
import { continuationOf, fieldReply, ledgerReply, type Reply } from '../host/envelope.ts';
import type { Call, Route } from '../host/route.ts';
import { dateText, parseDateText } from '../encode/text-fields.ts';

const pageDays = 23;
const keyWidth = 20;
/** Pages one question may run over; the official client stops after ten. */
const pagesMax = 16;

/** `chk-holiday`: every calendar day with its flags; real host only. @see spec §4.3 */
export const calendarRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/uapi/domestic-stock/v1/quotations/chk-holiday',
    real: ['CTCA0903R'],
    paper: [],
    handle: holidays,
  },
];

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
