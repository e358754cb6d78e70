import { plainDate } from '#domain/trading-date.ts';
import type { BacktestResult } from '../result.ts';
import { roundTripsOf, type RoundTrip } from '../metrics/round-trips.ts';
import { escapeText } from './markup.ts';
import { changeClass, changeText, dayText, wholeText } from './report-numbers.ts';
import { reasonIn } from './reason-in.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportTexts } from './report-texts.ts';

/** Shown at once; the others unfold. */
const rowsShown = 15;
/** A report stays small; the JSON has every trade. */
const rowsMax = 400;

/** Closed round trips, newest first. */
export function tradeTable(input: ReportInput): string {
  const { result, texts } = input;
  const trips = roundTripsOf(result.trades, result.splits).toReversed();
  if (trips.length === 0) {
    const says = result.trades.length === 0 ? texts.noTrades(result.metrics.deniedOrders) : texts.noneSold;
    return `<p class="say">${says}</p>`;
  }
  const isText = new Set([0, 1, 6]);
  const heads = texts.tradeHead.map(
    (head, index) => `<th scope="col"${isText.has(index) ? '' : ' class="n"'}>${head}</th>`,
  );
  const decided = decisionPlaces(result);
  const rows = trips.slice(0, rowsMax).map((trip) => tripRow(trip, decided, input));
  const left = trips.length - rows.length;
  const more = left > 0 ? `<p class="say">${texts.tradesLeftOut(left)}</p>` : '';
  const head = `<thead><tr>${heads.join('')}</tr></thead>`;
  const older = rows.slice(rowsShown);
  const rest =
    older.length === 0
      ? ''
      : `<details class="more"><summary>${texts.olderTrades(older.length)}</summary>${table(texts.olderTrades(older.length), head, older)}${more}</details>`;
  return `${table(texts.trades, head, rows.slice(0, rowsShown))}${rest}`;
}

function table(name: string, head: string, rows: readonly string[]): string {
  return `<div class="scroll-x" tabindex="0" role="group" aria-label="${name}"><table class="tbl trips">${head}<tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** By symbol and day of a sale: the place of its symbol and of the day on which its order was decided. */
type DecisionPlaces = ReadonlyMap<string, string>;

/** A sale belongs to the last order to sell before its day; among minutes, up to that day. */
function decisionPlaces(result: BacktestResult): DecisionPlaces {
  const days = new Map(result.equity.map(({ date }, place) => [date, place]));
  const symbols = new Map(result.symbols.map((symbol, place) => [symbol, place]));
  const last = new Map<string, number>();
  const isMinute = result.interval === '1m';
  let next = 0;
  return new Map(
    result.trades.flatMap(({ symbol, side, date }): readonly (readonly [string, string])[] => {
      for (; (result.orders[next]?.date ?? Infinity) < date + (isMinute ? 1 : 0); next += 1) {
        const order = result.orders[next];
        if (order !== undefined) last.set(`${order.symbol} ${order.side}`, order.date);
      }
      if (side === 'buy') return [];
      const day = days.get(last.get(`${symbol} sell`) ?? date) ?? 0;
      return [[`${symbol} ${date}`, `${symbols.get(symbol) ?? 0} ${day}`]];
    }),
  );
}

function tripRow(trip: RoundTrip, decided: DecisionPlaces, { texts, nameOf, options }: ReportInput): string {
  const days = plainDate(trip.to).since(plainDate(trip.from), { largestUnit: 'days' }).days;
  const colour = changeClass(trip.profit);
  const mark = { up: '▲', down: '▼', flat: '' }[colour];
  const sign = trip.profit > 0 ? '+' : '';
  const cells = [
    `<td class="quiet">${whyButton(trip, decided, texts)}</td>`,
    `<td class="name">${escapeText(nameOf(trip.symbol))}</td>`,
    number(`${wholeText(trip.quantity)}<span class="quiet">${texts.shares}</span>`),
    number(wholeText(trip.bought / trip.quantity)),
    number(wholeText(trip.sold / trip.quantity)),
    number(`${wholeText(days)}<span class="quiet">${texts.days}</span>`),
    `<td class="why-cell"><span class="tag">${escapeText(shortReason(reasonIn(trip.entryReason, options.language)))}</span> → <span class="tag">${escapeText(shortReason(reasonIn(trip.reason, options.language)))}</span></td>`,
    number(
      `<span class="${colour}"><i class="mark" aria-hidden="true">${mark}</i>${sign}${wholeText(trip.profit)}</span>`,
    ),
    number(`<span class="${colour}">${changeText(trip.profit / trip.bought)}</span>`),
  ];
  return `<tr>${cells.join('')}</tr>`;
}

/** Opens the reasons of the day on which the sale was decided; dead, and plain text to the eye, without the script. */
function whyButton({ symbol, to }: RoundTrip, decided: DecisionPlaces, texts: ReportTexts): string {
  const name = texts.whyOf(dayText(to));
  return `<button type="button" class="link" disabled data-why="${decided.get(`${symbol} ${to}`) ?? '0 0'}" aria-label="${name}">${dayText(to)}</button>`;
}

function number(content: string): string {
  return `<td class="n">${content}</td>`;
}

/** The words before the colon of a reason, `손절` of `손절: 종가 …`; at most 20 characters. */
export function shortReason(reason: string): string {
  return (reason.split(':')[0] ?? reason).trim().slice(0, 20);
}
