import { plainDate } from '#domain/trading-date.ts';
import type { BacktestResult } from '../result.ts';
import { roundTripsOf, type RoundTrip } from '../round-trips.ts';
import { escapeText } from './markup.ts';
import { changeClass, changeText, dayText, wholeText } from './report-numbers.ts';
import type { ReportTexts } from './report-texts.ts';

/** A report stays readable and below 300 KB; the JSON has every trade. */
const rowsMax = 400;

/** Closed round trips, newest first. */
export function tradeTable(result: BacktestResult, texts: ReportTexts, nameOf: (symbol: string) => string): string {
  const trips = roundTripsOf(result.trades).toReversed();
  if (trips.length === 0) return `<p class="say">${texts.noTrades}</p>`;
  const isText = new Set([0, 1, 6]);
  const heads = texts.tradeHead.map(
    (head, index) => `<th scope="col"${isText.has(index) ? '' : ' class="n"'}>${head}</th>`,
  );
  const rows = trips.slice(0, rowsMax).map((trip) => tripRow(trip, texts, nameOf));
  const left = trips.length - rows.length;
  const more = left > 0 ? `<p class="say">${texts.tradesLeftOut(left)}</p>` : '';
  return `<div class="scroll-x" tabindex="0" role="group" aria-label="${texts.trades}"><table class="tbl"><thead><tr>${heads.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>${more}`;
}

function tripRow(trip: RoundTrip, texts: ReportTexts, nameOf: (symbol: string) => string): string {
  const days = plainDate(trip.to).since(plainDate(trip.from), { largestUnit: 'days' }).days;
  const colour = changeClass(trip.profit);
  const mark = { up: '▲', down: '▼', flat: '' }[colour];
  const sign = trip.profit > 0 ? '+' : '';
  const cells = [
    `<td class="quiet">${dayText(trip.to)}</td>`,
    `<td class="name">${escapeText(nameOf(trip.symbol))}</td>`,
    number(`${wholeText(trip.quantity)}<span class="quiet">${texts.shares}</span>`),
    number(wholeText(trip.bought / trip.quantity)),
    number(wholeText(trip.sold / trip.quantity)),
    number(`${wholeText(days)}<span class="quiet">${texts.days}</span>`),
    `<td><span class="tag">${escapeText(shortReason(trip.reason))}</span></td>`,
    number(
      `<span class="${colour}"><i class="mark" aria-hidden="true">${mark}</i>${sign}${wholeText(trip.profit)}</span>`,
    ),
    number(`<span class="${colour}">${changeText(trip.profit / trip.bought)}</span>`),
  ];
  return `<tr>${cells.join('')}</tr>`;
}

function number(content: string): string {
  return `<td class="n">${content}</td>`;
}

/** The words before the colon of a reason, `손절` of `손절: 종가 …`; at most 20 characters. */
export function shortReason(reason: string): string {
  return (reason.split(':')[0] ?? reason).trim().slice(0, 20);
}
