import { extentOf, linePath, roundValues, scaleOf } from './chart-scale.ts';
import type { ChartSize } from './chart-size.ts';
import { coordinate, escapeText } from './markup.ts';
import { timeMarks } from './time-marks.ts';

const [top, plotHeight] = [24, 68];
/** Below the plot, for the years. */
const [yearSpace, rest] = [16, 12];
const labelHeight = 16;

/** One figure over time. */
export interface DatedLine {
  /** Above the plot; none when empty. */
  readonly title: string;
  /** The sentence that stands for the picture. */
  readonly name: string;
  /** yyyymmdd, one a value */
  readonly dates: readonly number[];
  readonly values: readonly (number | null)[];
  readonly text: (value: number | null) => string;
}

/** A small line with its last value, 0 and at most two round values at the right. */
export function lineChart({ title, name, dates, values, text }: DatedLine, size: ChartSize): string {
  const plotWidth = size.width - 66;
  const start = title === '' ? 8 : top;
  const bottom = start + plotHeight;
  const extent = extentOf([0, ...values]);
  const y = scaleOf(extent, start, bottom);
  const stride = plotWidth / Math.max(1, values.length - 1);
  const line = linePath(values.map((value, index) => (value === null ? null : [index * stride, y(value)])));
  const last = values.at(-1) ?? null;
  const lastAt = y(last ?? 0);
  const levels = [...new Set([0, ...roundValues(extent, 2)])].map((value) => {
    const at = coordinate(y(value));
    const rule = `<line class="${value === 0 ? 'c-base' : 'c-grid'}" x1="0" x2="${plotWidth}" y1="${at}" y2="${at}"/>`;
    if (Math.abs(lastAt - y(value)) < labelHeight) return rule;
    return `${rule}<text x="${plotWidth + 8}" y="${coordinate(y(value) + 4)}">${text(value)}</text>`;
  });
  const marks = timeMarks(dates, { stride, top: start - 4, bottom, marksMax: size.marksMax });
  const head = title === '' ? '' : `<text class="t-strong" x="0" y="12">${title}</text>`;
  return `<svg class="chart ${size.className}" viewBox="0 0 ${size.width} ${bottom + yearSpace + rest}" role="img" aria-label="${escapeText(name)}">
${head}${levels.join('')}${marks}
<path class="c-mine c-thin" d="${line}"/><text class="t-accent" x="${plotWidth + 8}" y="${coordinate(lastAt + 4)}">${text(last)}</text></svg>`;
}
