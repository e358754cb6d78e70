import { deepestOf, fallsOf } from '../metrics/drawdowns.ts';
import type { BacktestResult } from '../result.ts';
import { extentOf, linePath, scaleOf } from './chart-scale.ts';
import type { ChartSize } from './chart-size.ts';
import { growthScale } from './growth-scale.ts';
import { coordinate, escapeText } from './markup.ts';
import { changeText } from './report-numbers.ts';
import type { ReportTexts } from './report-texts.ts';
import { timeMarks } from './time-marks.ts';

const upper = { top: 12, bottom: 196 };
const lower = { top: 226, bottom: 286 };
const height = 306;
/** Labels one below the other need so much. */
const labelHeight = 18;

/** Equity and drawdown of the strategy against buy and hold, as one picture with a sentence for its name. */
export function equityChart(result: BacktestResult, texts: ReportTexts, size: ChartSize): string {
  const plotWidth = size.width - (size.hasWords ? 118 : 68);
  const days = thinned(result.equity.length, size.pointsMax);
  const mine = lineOf(result.equity, result.initialCash, days);
  const held = lineOf(result.benchmark, result.initialCash, days);
  const { y, marks } = growthScale(returnExtent(result), upper.top, upper.bottom);
  const depth = scaleOf(extentOf([0, mine.deepest, held.deepest]), lower.top, lower.bottom);
  const stride = plotWidth / Math.max(1, days.length - 1);
  const path = (values: readonly number[], on: (value: number) => number): string =>
    linePath(values.map((value, index) => [index * stride, on(value)]));
  const name = texts.chartName(changeText(mine.last, 1), changeText(held.last, 1), changeText(mine.deepest, 1));
  const label = (className: string, at: number, word: string, value: number): string =>
    `<text${className} x="${plotWidth + 8}" y="${coordinate(at)}">${size.hasWords ? `${word} ` : ''}${changeText(value, 1)}</text>`;
  const [mineAt, heldAt] = apart(y(mine.last), y(held.last));
  const [mineDeep, heldDeep] = apart(depth(mine.deepest) - 4, depth(held.deepest) - 4);
  const zero = coordinate(depth(0));
  const falls = path(mine.falls, depth);
  const dates = days.map((day) => result.equity[day]?.date ?? 0);
  const grid = marks.map((mark) =>
    levelLine(mark, y(mark), { plotWidth, className: 'c-grid', others: [mineAt, heldAt] }),
  );
  return `<svg class="chart ${size.className}" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escapeText(name)}">
${grid.join('')}${levelLine(0, y(0), { plotWidth, className: 'c-base', others: [mineAt, heldAt, ...marks.map(y)] })}
${timeMarks(dates, { stride, top: upper.top, bottom: lower.bottom, marksMax: size.marksMax })}
<path class="c-quiet" d="${path(held.returns, y)}"/>
<path class="c-mine" d="${path(mine.returns, y)}"/>
${label(' class="t-accent"', mineAt + 4, texts.strategy, mine.last)}${label('', heldAt + 4, texts.held, held.last)}
<text class="t-strong" x="0" y="${lower.top - 9}">${texts.falls}</text>
<path class="c-soft" d="${falls}L${plotWidth} ${zero}L0 ${zero}Z"/>
<path class="c-quiet" d="${path(held.falls, depth)}"/>
<path class="c-fall" d="${falls}"/>
<line class="c-base" x1="0" x2="${plotWidth}" y1="${zero}" y2="${zero}"/>
${label(' class="t-down"', mineDeep + 4, texts.strategy, mine.deepest)}${label('', heldDeep + 4, texts.held, held.deepest)}
<line class="m-day" x1="0" x2="0" y1="${upper.top}" y2="${lower.bottom}" visibility="hidden" data-plot="${plotWidth}"/></svg>`;
}

/** Of both lines over all days, with 0; thinning leaves out none of the ends. */
export function returnExtent({ equity, benchmark, initialCash }: BacktestResult): { low: number; high: number } {
  return extentOf([0, ...[...equity, ...benchmark].map(({ value }) => value / initialCash - 1)]);
}

interface EquityLine {
  readonly returns: readonly number[];
  readonly falls: readonly number[];
  readonly last: number;
  /** Of all days, drawn or not. */
  readonly deepest: number;
}

function lineOf(values: BacktestResult['equity'], initialCash: number, days: readonly number[]): EquityLine {
  const falls = fallsOf({ start: initialCash, days: values });
  const returns = days.map((day) => (values[day]?.value ?? initialCash) / initialCash - 1);
  return {
    returns,
    falls: days.map((day) => falls[day] ?? 0),
    last: returns.at(-1) ?? 0,
    deepest: deepestOf(falls),
  };
}

/** Row numbers at even distances, the last one always among them. */
function thinned(count: number, pointsMax: number): readonly number[] {
  const step = Math.max(1, (count - 1) / (pointsMax - 1));
  const length = Math.min(count, pointsMax);
  return Array.from({ length }, (_, index) => Math.min(count - 1, Math.round(index * step)));
}

interface Level {
  readonly plotWidth: number;
  readonly className: string;
  /** Where other labels stand: its own is left out when it would touch one. */
  readonly others: readonly number[];
}

function levelLine(change: number, at: number, { plotWidth, className, others }: Level): string {
  const line = `<line class="${className}" x1="0" x2="${plotWidth}" y1="${coordinate(at)}" y2="${coordinate(at)}"/>`;
  if (others.some((other) => Math.abs(other - at) < labelHeight)) return line;
  return `${line}<text x="${plotWidth + 8}" y="${coordinate(at + 4)}">${changeText(change, 0)}</text>`;
}

/** Two labels that would overlap are moved apart, the higher one up. */
function apart(first: number, second: number): readonly [number, number] {
  const overlap = labelHeight - Math.abs(first - second);
  if (overlap <= 0) return [first, second];
  return first <= second ? [first - overlap / 2, second + overlap / 2] : [first + overlap / 2, second - overlap / 2];
}
