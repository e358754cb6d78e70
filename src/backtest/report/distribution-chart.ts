import { roundTripsOf } from '../metrics/round-trips.ts';
import { quantileOf } from '../metrics/sample.ts';
import { atBothSizes, type ChartSize } from './chart-size.ts';
import { coordinate, escapeText } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { changeText } from './report-numbers.ts';

const [height, bottom, top] = [190, 158, 20];
const barsMax = 24;
/** Widths a bar may have, in hundredths of a percent: the first that needs no more than `barsMax` bars is taken. */
const steps = [25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000];

export interface ReturnBin {
  /** Lower edge in hundredths of a percent; a bin holds from it to the next, the next not included. */
  readonly fromBps: number;
  readonly stepBps: number;
  readonly count: number;
}

/** Round trips by return in bins of equal width, 0 always an edge, so that no bin mixes wins with losses. */
export function returnBins(returns: readonly number[]): readonly ReturnBin[] {
  if (returns.length === 0) return [];
  const places = returns.map((value) => value * 10_000);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const stepBps = steps.find((step) => Math.floor(high / step) - Math.floor(low / step) < barsMax) ?? 100_000;
  const first = Math.floor(low / stepBps);
  const counts = Array.from({ length: Math.floor(high / stepBps) - first + 1 }, () => 0);
  for (const place of places) {
    const bin = Math.floor(place / stepBps) - first;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, bin) => ({ fromBps: (first + bin) * stepBps, stepBps, count }));
}

/** How the returns of closed trades are spread, gains and losses each in their colour, with a table behind it. */
export function distributionChart({ result, panel }: ReportInput): string {
  const returns = roundTripsOf(result.trades, result.splits).map((trip) => trip.profit / trip.bought);
  const bins = returnBins(returns);
  const name = panel.resultsName(returns.length, changeText(quantileOf(returns, 0.5), 2));
  return `${atBothSizes((size) => drawing(bins, name, size))}${tableOf(bins, panel)}`;
}

function drawing(bins: readonly ReturnBin[], name: string, { width, className, hasWords }: ChartSize): string {
  const highest = Math.max(1, ...bins.map((bin) => bin.count));
  const stride = width / Math.max(1, bins.length);
  const shapes = bins.map(({ fromBps, count }, index) => {
    const tall = (count / highest) * (bottom - top);
    const box = `x="${coordinate(index * stride + 1)}" y="${coordinate(bottom - tall)}" width="${coordinate(stride - 2)}" height="${coordinate(tall)}"`;
    const middle = coordinate((index + 0.5) * stride);
    const label =
      count === 0 || !hasWords
        ? ''
        : `<text x="${middle}" y="${coordinate(bottom - tall - 5)}" text-anchor="middle">${count}</text>`;
    return `<rect class="${fromBps < 0 ? 'b-fall' : 'b-rise'}" ${box} rx="2"/>${label}`;
  });
  return `<svg class="chart ${className}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(name)}">
<line class="c-base" x1="0" x2="${width}" y1="${bottom + 0.5}" y2="${bottom + 0.5}"/>${shapes.join('')}${edgeLabels(bins, stride, hasWords ? 10 : 5)}</svg>`;
}

/** Lower edges of some bins, counted from 0 %, which is always among them unless it is the outermost. */
function edgeLabels(bins: readonly ReturnBin[], stride: number, labelsMax: number): string {
  const every = Math.ceil(bins.length / labelsMax);
  const zero = Math.max(
    0,
    bins.findIndex((bin) => bin.fromBps === 0),
  );
  return bins
    .map(({ fromBps }, index) =>
      (index - zero) % every === 0 && index > 0
        ? `<text x="${coordinate(index * stride)}" y="${bottom + 20}" text-anchor="middle">${edgeText(fromBps)}</text>`
        : '',
    )
    .join('');
}

function tableOf(bins: readonly ReturnBin[], panel: ReportInput['panel']): string {
  const rows = bins.map(({ fromBps, count }) => `<tr><td>${panel.from(edgeText(fromBps))}</td><td>${count}</td></tr>`);
  const [range, count] = panel.resultsHead;
  return `<div class="vh"><table><thead><tr><th scope="col">${range}</th><th scope="col">${count}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function edgeText(bps: number): string {
  return changeText(bps / 10_000, bps % 100 === 0 ? 0 : 2);
}
