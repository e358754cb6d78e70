import { recordFrom } from '../daily-returns.ts';
import { rollingMetrics, type RollingPoint } from '../rolling-metrics.ts';
import { extentOf, linePath, roundValues, scaleOf } from './chart-scale.ts';
import { atBothSizes, type ChartSize } from './chart-size.ts';
import { coordinate, escapeText } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { figureText } from './report-numbers.ts';
import { yearMarks } from './year-marks.ts';

/** Half a year of trading days. */
export const rollingWindow = 126;
const pointsMax = 300;
const [height, top, bottom] = [112, 24, 92];

/** Sharpe, volatility and beta over the last half year, one small chart each over the same days. */
export function rollingCharts({ result, panel }: ReportInput): string {
  const start = result.tradableFrom ?? 0;
  const record = recordFrom(result.initialCash, result.equity, start);
  const yardstick = recordFrom(result.initialCash, result.benchmark, start);
  const every = Math.max(1, Math.ceil((record.days.length - rollingWindow) / pointsMax));
  const points = rollingMetrics(record, yardstick, { window: rollingWindow, every });
  if (points.length < 2) return `<p class="say">${panel.tooShort(rollingWindow + 1)}</p>`;
  const figures = ['sharpe', 'volatility', 'beta'] as const;
  return figures.map((figure) => atBothSizes((size) => chartOf(figure, points, panel, size))).join('\n');
}

function chartOf(
  figure: 'sharpe' | 'volatility' | 'beta',
  points: readonly RollingPoint[],
  panel: ReportInput['panel'],
  size: ChartSize,
): string {
  const plotWidth = size.width - 66;
  const values = points.map((point) => point[figure]);
  const text = (value: number | null): string =>
    value === null ? '–' : figure === 'volatility' ? `${figureText(value * 100, 1)}%` : figureText(value);
  const known = values.filter((value) => value !== null);
  const extent = extentOf([0, ...values]);
  const y = scaleOf(extent, top, bottom);
  const stride = plotWidth / (points.length - 1);
  const line = linePath(values.map((value, index) => (value === null ? null : [index * stride, y(value)])));
  const last = values.at(-1) ?? null;
  const { low, high } = extentOf(known);
  const title = panel.rollingNames[figure];
  const name = panel.rollingName(title, text(low), text(high), text(last));
  const grid = roundValues(extent, 2)
    .filter((value) => value !== 0)
    .map(
      (value) =>
        `<line class="c-grid" x1="0" x2="${plotWidth}" y1="${coordinate(y(value))}" y2="${coordinate(y(value))}"/>`,
    );
  const dates = points.map((point) => point.date);
  const marks = yearMarks(dates, { stride, top: top - 4, bottom, yearsMax: size.yearsMax });
  return `<svg class="chart ${size.className}" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escapeText(name)}">
<text class="t-strong" x="0" y="12">${title}</text>${grid.join('')}
<line class="c-base" x1="0" x2="${plotWidth}" y1="${coordinate(y(0))}" y2="${coordinate(y(0))}"/>
<path class="c-mine c-thin" d="${line}"/><text class="t-accent" x="${plotWidth + 8}" y="${coordinate(y(last ?? 0) + 4)}">${text(last)}</text>${marks}</svg>`;
}
