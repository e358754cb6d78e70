import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { BacktestTrade } from '../result.ts';
import { bodyWidth, candleBodies, priceLines, tradeMark, type Candle } from './candle-shapes.ts';
import { extentOf, scaleOf } from './chart-scale.ts';
import { atBothSizes, type ChartSize } from './chart-size.ts';
import { coordinate, escapeText } from './markup.ts';
import { minuteTexts } from './minute-texts.ts';
import { newestTrades } from './report-bounds.ts';
import type { ReportInput } from './report-input.ts';
import { dayText, wholeText } from './report-numbers.ts';

const [height, top, bottom] = [292, 24, 250];
/** For the prices at the right. */
const priceSpace = 62;
/** Bars that are drawn without a script: about half a year, on a phone half of it. */
const barsShown = 120;

/**
 * Candles of one instrument with its trades; empty without bars. The last half year is drawn here and stays in print and
 * without a script, which otherwise puts any other instrument and window in its place.
 */
export function candleCard(input: ReportInput): string {
  const { panel, result, nameOf, options } = input;
  const shown = result.symbols.flatMap((symbol) => {
    const series = options.series?.find((one) => symbolOf(one.instrument) === symbol);
    return series === undefined || series.date.length === 0 ? [] : [{ symbol, series }];
  });
  const [first] = shown;
  if (first === undefined) return '';
  const end = rowsUpTo(first.series, result.equity.at(-1)?.date ?? 0);
  const start = Math.max(0, end - barsShown);
  const trades = result.trades.filter((trade) => trade.symbol === first.symbol);
  const name = nameOf(first.symbol);
  return `<section class="card" id="prices"><div class="card-head"><h2>${panel.prices}</h2>${virtual(input)}<span class="end" id="candles-range">${escapeText(name)} ${dayText(first.series.date[start] ?? 0, true)}–${dayText(first.series.date[end - 1] ?? 0, true)}</span></div>
<div class="tools" data-needs-script hidden><label><span class="vh">${panel.stock}</span>${stockPicker(input)}</label>${button('earlier', '◀', panel.earlier)}<input type="range" id="candles-place" aria-label="${panel.prices}">${button('later', '▶', panel.later)}${button('wider', '−', panel.wider)}${button('closer', '+', panel.closer)}</div>
<div id="candles" tabindex="0" role="group" aria-label="${panel.prices}">${atBothSizes((size) => drawing({ series: first.series, start: size.hasWords ? start : Math.max(start, end - barsShown / 2), end, trades, name, panel, size }))}</div>
<p class="say" data-needs-script hidden>${panel.pricesHelp}</p>${notes(input)}</section>`;
}

function notes({ minutes, options, result }: ReportInput): string {
  const texts = minuteTexts[options.language];
  const { kept, before } = newestTrades(result.trades);
  return [
    ...(minutes.length === 0 ? [] : [texts.daysOfMinutes]),
    ...(before.length === 0 ? [] : [texts.newestTrades(wholeText(kept.length))]),
  ]
    .map((text) => `<p class="say">${text}</p>`)
    .join('');
}

/** Every instrument of the run by its name; the value is its place. */
export function stockPicker({ result, nameOf }: ReportInput): string {
  const choices = result.symbols.map(
    (symbol, place) => `<option value="${place}">${escapeText(nameOf(symbol))}</option>`,
  );
  return `<select data-stock>${choices.join('')}</select>`;
}

/** `가상 시세` where prices are synthetic, as every chart has to say. */
export function virtual({ options, panel }: ReportInput): string {
  return options.isSynthetic === true ? `<span class="meta">${panel.virtual}</span>` : '';
}

function button(action: string, sign: string, name: string): string {
  return `<button type="button" id="candles-${action}" aria-label="${name}">${sign}</button>`;
}

/** Count of rows up to and with `date`. */
function rowsUpTo(series: BarSeries, date: number): number {
  return series.date.filter((each) => each <= date).length;
}

interface Drawing {
  readonly series: BarSeries;
  readonly start: number;
  readonly end: number;
  readonly trades: readonly BacktestTrade[];
  readonly name: string;
  readonly panel: ReportInput['panel'];
  readonly size: ChartSize;
}

function drawing({ series, start, end, trades, name, panel, size }: Drawing): string {
  const plotWidth = size.width - priceSpace;
  const extent = extentOf([...series.low.subarray(start, end), ...series.high.subarray(start, end)]);
  const y = scaleOf(extent, top, bottom);
  const stride = plotWidth / Math.max(1, end - start);
  const x = (row: number): number => Math.round((row - start + 0.5) * stride) + 0.5;
  const within = trades.flatMap((trade) => {
    const row = series.date.indexOf(trade.date);
    return row >= start && row < end ? [{ trade, row }] : [];
  });
  const buys = within.filter(({ trade }) => trade.side === 'buy').length;
  const day = (row: number): string => dayText(series.date[row] ?? 0, true);
  const label = panel.pricesName(name, day(start), day(end - 1), buys, within.length - buys);
  // Of minutes there are many in a day; the minutes of the day have the numbers.
  const marks = within.map(({ trade, row }) =>
    tradeMark(trade, x(row), y(edgeOf(series, trade, row)), trade.barStartsAtMs !== undefined),
  );
  const datesShown = size.hasWords ? 6 : 3;
  const dates = Array.from({ length: datesShown }, (_, part) => {
    const row = start + Math.floor((part * (end - start)) / datesShown);
    return `<text x="${coordinate(x(row))}" y="288">${day(row)}</text>`;
  });
  return `<svg class="chart ${size.className}" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escapeText(label)}"><g>${priceLines(extent, y, plotWidth)}${candleBodies(candlesOf(series, start, end, x), y, bodyWidth(stride))}${marks.join('')}${dates.join('')}</g></svg>`;
}

function edgeOf(series: BarSeries, { side }: BacktestTrade, row: number): number {
  return (side === 'buy' ? series.low[row] : series.high[row]) ?? 0;
}

function* candlesOf(series: BarSeries, start: number, end: number, x: (row: number) => number): Generator<Candle> {
  const { open, high, low, close } = series;
  for (let row = start; row < end; row += 1) {
    yield { x: x(row), open: open[row] ?? 0, high: high[row] ?? 0, low: low[row] ?? 0, close: close[row] ?? 0 };
  }
}
