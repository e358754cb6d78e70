import type { BacktestTrade } from '../result.ts';
import { stockPicker, virtual } from './candle-card.ts';
import { bodyWidth, candleBodies, priceLines, tradeMark, type Candle } from './candle-shapes.ts';
import { extentOf, scaleOf } from './chart-scale.ts';
import { atBothSizes, type ChartSize } from './chart-size.ts';
import { coordinate, escapeText } from './markup.ts';
import { minuteOfDay, type MinuteDay } from './minute-days.ts';
import { minuteTexts, type MinuteTexts } from './minute-texts.ts';
import type { ReportInput } from './report-input.ts';
import { dayText } from './report-numbers.ts';

const [height, top, bottom] = [292, 24, 250];
/** For the prices at the right. */
const priceSpace = 62;
/** More candles than this are drawn several minutes to one; a phone has room for fewer. */
const candlesMax = { wide: 180, narrow: 80 } as const;

/**
 * The minutes of one day with its trades; empty for a run over days. The last day with trades is drawn here and stays in
 * print and without a script, which otherwise puts any other day that the page holds in its place.
 */
export function minuteCard(input: ReportInput): string {
  const { minutes, result, panel, nameOf, options } = input;
  const texts = minuteTexts[options.language];
  const tradesOf = ({ symbol, date }: MinuteDay): readonly BacktestTrade[] =>
    result.trades.filter((trade) => trade.symbol === symbol && trade.date === date);
  const last = result.trades.at(-1);
  const shown = minutes.find((day) => day.symbol === last?.symbol && day.date === last.date) ?? minutes.at(-1);
  if (shown === undefined) return '';
  const name = nameOf(shown.symbol);
  const button = (action: string, sign: string, label: string): string =>
    `<button type="button" id="minutes-${action}" aria-label="${label}">${sign}</button>`;
  return `<section class="card" id="minutes-card"><div class="card-head"><h2>${texts.minutes}</h2>${virtual(input)}<span class="end" id="minutes-range">${escapeText(name)} ${dayText(shown.date, true)}</span></div>
<div class="tools" data-needs-script hidden><label><span class="vh">${panel.stock}</span>${stockPicker(input)}</label>${button('before', '◀', texts.dayBefore)}<label><span class="vh">${texts.day}</span><select id="minutes-day"></select></label>${button('after', '▶', texts.dayAfter)}${button('wider', '−', panel.wider)}${button('closer', '+', panel.closer)}</div>
<div id="minutes" tabindex="0" role="group" aria-label="${texts.minutes}">${atBothSizes((size) => drawing(shown, tradesOf(shown), { name, texts, size }))}</div>
<p class="say" id="minutes-bar" aria-live="polite"></p>
<p class="say" data-needs-script hidden>${texts.minutesHelp}</p><p class="say">${texts.minutesHeld(new Set(minutes.map(({ date }) => date)).size)}</p></section>`;
}

interface Drawing {
  readonly name: string;
  readonly texts: MinuteTexts;
  readonly size: ChartSize;
}

function drawing(day: MinuteDay, trades: readonly BacktestTrade[], { name, texts, size }: Drawing): string {
  const bars = candlesOf(day, candlesMax[size.className]);
  const plotWidth = size.width - priceSpace;
  const stride = plotWidth / Math.max(1, bars.slots);
  const extent = extentOf(bars.candles.flatMap(({ low, high }) => [low, high]));
  const y = scaleOf(extent, top, bottom);
  const x = (slot: number): number => Math.round((slot + 0.5) * stride) + 0.5;
  const candles: readonly Candle[] = bars.candles.map((candle) => ({ ...candle, x: x(candle.slot) }));
  const marks = trades.map((trade) => {
    const slot = Math.floor((minuteOfDay(trade.barStartsAtMs ?? 0) - bars.from) / bars.group);
    const candle = bars.candles.find((one) => one.slot === slot);
    const edge = trade.side === 'buy' ? candle?.low : candle?.high;
    return edge === undefined ? '' : tradeMark(trade, x(slot), y(edge));
  });
  const buys = trades.filter(({ side }) => side === 'buy').length;
  const label = texts.minutesName(name, dayText(day.date, true), buys, trades.length - buys);
  const times = roundTimes(bars.from, bars.slots * bars.group, size.hasWords ? 7 : 4).map(
    (minute) =>
      `<text x="${coordinate(x(Math.floor((minute - bars.from) / bars.group)))}" y="288">${clockText(minute)}</text>`,
  );
  return `<svg class="chart ${size.className}" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escapeText(label)}"><g>${priceLines(extent, y, plotWidth)}${candleBodies(candles, y, bodyWidth(stride))}${marks.join('')}${times.join('')}</g></svg>`;
}

/** Minutes of the day at round times within a span of `length` minutes from `from` on, `most` of them or fewer. */
function roundTimes(from: number, length: number, most: number): readonly number[] {
  const between = [5, 10, 15, 30, 60, 120, 180].find((step) => length / step <= most) ?? 240;
  const first = Math.ceil(from / between) * between;
  return Array.from({ length: most + 1 }, (_, index) => first + index * between).filter(
    (minute) => minute < from + length,
  );
}

/** Minutes of a day in slots of equal length on the clock: a stretch without bars stays empty. */
interface SlottedMinutes {
  readonly from: number;
  /** Minutes of a slot. */
  readonly group: number;
  readonly slots: number;
  readonly candles: readonly (Omit<Candle, 'x'> & { readonly slot: number })[];
}

function candlesOf({ series, start, end }: MinuteDay, max: number): SlottedMinutes {
  const minuteAt = (row: number): number => minuteOfDay(series.startsAtMs[row] ?? 0);
  const from = minuteAt(start);
  const minutes = minuteAt(end - 1) - from + 1;
  const group = Math.ceil(minutes / max);
  const candles: { slot: number; open: number; high: number; low: number; close: number }[] = [];
  for (let row = start; row < end; row += 1) {
    const slot = Math.floor((minuteAt(row) - from) / group);
    const [high, low, close] = [series.high[row] ?? 0, series.low[row] ?? 0, series.close[row] ?? 0];
    const before = candles.at(-1);
    if (before?.slot !== slot) candles.push({ slot, open: series.open[row] ?? 0, high, low, close });
    else {
      before.high = Math.max(before.high, high);
      before.low = Math.min(before.low, low);
      before.close = close;
    }
  }
  return { from, group, slots: Math.ceil(minutes / group), candles };
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
