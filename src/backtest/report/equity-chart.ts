import type { BacktestResult } from '../result.ts';
import { coordinate, escapeText } from './markup.ts';
import { changeText } from './report-numbers.ts';
import type { ReportTexts } from './report-texts.ts';

const width = 718;
const plotWidth = 600;
const top = { from: 12, to: 196 };
const bottom = { from: 224, to: 286 };
const height = 308;
/** More points than this are not seen on a screen and only make the file large. */
const pointsMax = 600;

/** Equity and drawdown of the strategy against buy and hold, as one picture with a sentence for its name. */
export function equityChart(result: BacktestResult, texts: ReportTexts): string {
  const days = thinned(result.equity.length);
  const strategy = days.map((day) => (result.equity[day]?.value ?? 0) / result.initialCash - 1);
  const held = days.map((day) => (result.benchmark[day]?.value ?? 0) / result.initialCash - 1);
  const falls = days.map(pick(drawdowns(result.equity, result.initialCash)));
  const heldFalls = days.map(pick(drawdowns(result.benchmark, result.initialCash)));
  const returns = scaleOf([0, ...strategy, ...held], top);
  const depths = scaleOf([0, ...falls, ...heldFalls], bottom);
  const deepest = changeText(Math.min(0, ...falls), 1);
  const name = texts.chartName(changeText(strategy.at(-1) ?? 0, 1), changeText(held.at(-1) ?? 0, 1), deepest);
  const [strategyLabel, heldLabel] = apart(returns(strategy.at(-1) ?? 0), returns(held.at(-1) ?? 0));
  const zero = coordinate(depths(0));
  const fallLine = line(falls, depths);
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(name)}">
<line class="c-base" x1="0" x2="${plotWidth}" y1="${coordinate(returns(0))}" y2="${coordinate(returns(0))}"/>
${yearLines(result, days)}
<path class="c-quiet" d="${line(held, returns)}"/>
<path class="c-mine" d="${line(strategy, returns)}"/>
<text class="t-accent" x="${plotWidth + 8}" y="${coordinate(strategyLabel + 4)}">${texts.strategy} ${changeText(strategy.at(-1) ?? 0, 1)}</text>
<text x="${plotWidth + 8}" y="${coordinate(heldLabel + 4)}">${texts.held} ${changeText(held.at(-1) ?? 0, 1)}</text>
<text class="t-strong" x="0" y="${bottom.from - 9}">${texts.drawdown}</text>
<path class="c-soft" d="${fallLine}L${plotWidth} ${zero}L0 ${zero}Z"/>
<path class="c-quiet" d="${line(heldFalls, depths)}"/>
<path class="c-fall" d="${fallLine}"/>
<line class="c-base" x1="0" x2="${plotWidth}" y1="${zero}" y2="${zero}"/>
<text class="t-down" x="${plotWidth + 8}" y="${bottom.from + 14}">${texts.strategy} ${deepest}</text>
<text x="${plotWidth + 8}" y="${bottom.to}">${texts.held} ${changeText(Math.min(0, ...heldFalls), 1)}</text>
</svg>`;
}

/** Row numbers at even distances, the last one always among them. */
function thinned(count: number): readonly number[] {
  const step = Math.max(1, (count - 1) / (pointsMax - 1));
  const length = Math.min(count, pointsMax);
  return Array.from({ length }, (_, index) => Math.min(count - 1, Math.round(index * step)));
}

function pick(values: readonly number[]): (index: number) => number {
  return (index) => values[index] ?? 0;
}

function drawdowns(values: readonly { readonly value: number }[], initial: number): readonly number[] {
  let peak = initial;
  return values.map(({ value }) => {
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}

function scaleOf(
  values: readonly number[],
  span: { readonly from: number; readonly to: number },
): (value: number) => number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const range = high - low === 0 ? 1 : high - low;
  return (value) => span.to - ((value - low) / range) * (span.to - span.from);
}

function line(values: readonly number[], y: (value: number) => number): string {
  const stride = plotWidth / Math.max(1, values.length - 1);
  return values
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${coordinate(index * stride)} ${coordinate(y(value))}`)
    .join('');
}

/** Two labels that would overlap are moved apart, the higher one up. */
function apart(first: number, second: number): readonly [number, number] {
  const overlap = 18 - Math.abs(first - second);
  if (overlap <= 0) return [first, second];
  return first <= second ? [first - overlap / 2, second + overlap / 2] : [first + overlap / 2, second - overlap / 2];
}

/** A thin line at each new year; with many years a label at every second or third one. */
function yearLines(result: BacktestResult, days: readonly number[]): string {
  const stride = plotWidth / Math.max(1, days.length - 1);
  const starts: { readonly year: number; readonly x: number }[] = [];
  let before = Math.trunc((result.equity[0]?.date ?? 0) / 10_000);
  for (const [index, day] of days.entries()) {
    const year = Math.trunc((result.equity[day]?.date ?? 0) / 10_000);
    if (year !== before) starts.push({ year, x: index * stride });
    before = year;
  }
  const every = Math.ceil(starts.length / 8);
  return starts
    .filter((_, index) => index % every === 0)
    .map(({ year, x }) => {
      const at = coordinate(x);
      return `<line class="c-grid" x1="${at}" x2="${at}" y1="${top.from}" y2="${bottom.to}"/><text x="${coordinate(x + 4)}" y="${height - 4}">${year}</text>`;
    })
    .join('\n');
}
