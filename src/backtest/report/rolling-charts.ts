import { recordFrom } from '../metrics/daily-returns.ts';
import { rollingMetrics } from '../metrics/rolling-metrics.ts';
import { chartTexts } from './chart-texts.ts';
import { extentOf } from './chart-scale.ts';
import { atBothSizes } from './chart-size.ts';
import { investedShares } from './invested-shares.ts';
import { lineChart, type DatedLine } from './line-chart.ts';
import type { ReportInput } from './report-input.ts';
import { figureText } from './report-numbers.ts';

/** Half a year of trading days. */
export const rollingWindow = 126;
const pointsMax = 300;
/** Points of the chart of shares. */
const stretchesMax = 160;

/** Sharpe, volatility and beta over the last half year, one small chart each over the same days. */
export function rollingCharts({ result, panel }: ReportInput): string {
  const start = result.tradableFrom ?? 0;
  const record = recordFrom(result.initialCash, result.equity, start);
  const yardstick = recordFrom(result.initialCash, result.benchmark, start);
  const every = Math.max(1, Math.ceil((record.days.length - rollingWindow) / pointsMax));
  const points = rollingMetrics(record, yardstick, { window: rollingWindow, every });
  if (points.length < 2) return `<p class="say">${panel.tooShort(rollingWindow + 1)}</p>`;
  const dates = points.map(({ date }) => date);
  const figures = (['sharpe', 'volatility', 'beta'] as const).map((figure): DatedLine => {
    const values = points.map((point) => point[figure]);
    const text = (value: number | null): string => (figure === 'volatility' ? shareText(value, 1) : figureText(value));
    const { low, high } = extentOf(values);
    const title = panel.rollingNames[figure];
    const name = panel.rollingName(title, text(low), text(high), text(values.at(-1) ?? null));
    return { title, name, dates, values, text };
  });
  return figures.map((line) => atBothSizes((size) => lineChart(line, size))).join('\n');
}

/** How much of the account stood in stocks, day by day; empty when nothing was held at any close. */
export function investedChart({ result, options }: ReportInput): string {
  const texts = chartTexts[options.language];
  const shares = investedShares(result, options.series ?? []);
  const every = Math.max(1, Math.ceil(shares.length / stretchesMax));
  const starts = [...shares.keys()].filter((place) => place % every === 0);
  // The mean of each stretch: of many days, single ones would draw nothing but spikes.
  const values = starts.map((start) => meanOf(shares.slice(start, start + every)));
  const mean = meanOf(shares);
  const { high } = extentOf(shares);
  if (high === 0) return '';
  const name = texts.investedName(shareText(mean), shareText(high), shareText(values.at(-1) ?? 0));
  const dates = starts.map((place) => result.equity[place]?.date ?? 0);
  const line = { title: '', name, dates, values, text: (value: number | null) => shareText(value) };
  return atBothSizes((size) => lineChart(line, size));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function shareText(value: number | null, digits = 0): string {
  return value === null ? '–' : `${figureText(value * 100, digits)}%`;
}
