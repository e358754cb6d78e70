import { extentOf, linePath } from './chart-scale.ts';
import { atBothSizes, type ChartSize } from './chart-size.ts';
import { growthScale } from './growth-scale.ts';
import { coordinate, escapeText } from './markup.ts';
import type { ReportInput, ReportValidation } from './report-input.ts';
import { changeText, wholeText } from './report-numbers.ts';
import { validationTexts, type ValidationTexts } from './validation-texts.ts';

const [height, top, bottom] = [214, 14, 186];
const daysOfYear = 252;
const labelHeight = 18;

/** Where re-drawn histories of the account went: the middle, half of them, nine in ten; empty when none were drawn. */
export function fanCard({ options }: ReportInput): string {
  const histories = options.validation?.histories;
  if (histories?.bands === undefined || histories.bands.length < 2) return '';
  const { runs, bands } = histories;
  const texts = validationTexts[options.language];
  const picture = atBothSizes((size) => drawing(bands, { runs, texts, size }));
  return `<section class="card" id="fan"><div class="card-head"><h2>${texts.fan}</h2><span class="meta">${texts.fanMeta(wholeText(runs))}</span></div>
${picture}</section>`;
}

type Bands = NonNullable<NonNullable<ReportValidation['histories']>['bands']>;

interface FanLook {
  readonly runs: number;
  readonly texts: ValidationTexts;
  readonly size: ChartSize;
}

function drawing(bands: Bands, { runs, texts, size }: FanLook): string {
  const plotWidth = size.width - (size.hasWords ? 118 : 68);
  const steps = bands.at(-1)?.step ?? 1;
  const { y, marks } = growthScale(
    extentOf(bands.flatMap(({ values }) => values.map((value) => value - 1))),
    top,
    bottom,
  );
  const points = (share: number): readonly (readonly [number, number])[] =>
    bands.map(({ step, values }) => [(step / steps) * plotWidth, y((values[share] ?? 1) - 1)]);
  const area = (low: number, high: number): string => `${linePath([...points(low), ...points(high).toReversed()])}Z`;
  const ends = [4, 2, 0].map((share) => (bands.at(-1)?.values[share] ?? 1) - 1);
  const at = spread(ends.map(y));
  const labels = ends.map((end, index) => {
    const word = size.hasWords ? `${texts.fanEnds[index] ?? ''} ` : '';
    return `<text${index === 1 ? ' class="t-accent"' : ''} x="${plotWidth + 8}" y="${coordinate((at[index] ?? 0) + 4)}">${word}${changeText(end, 0)}</text>`;
  });
  const [high = 0, middle = 0, low = 0] = ends;
  const name = texts.fanName(wholeText(runs), changeText(low, 0), changeText(middle, 0), changeText(high, 0));
  const grid = marks.map((mark) => line('c-grid', y(mark), plotWidth));
  return `<svg class="chart ${size.className}" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escapeText(name)}">
${grid.join('')}${line('c-base', y(0), plotWidth)}<path class="fan-far" d="${area(0, 4)}"/><path class="fan-near" d="${area(1, 3)}"/>
<path class="c-mine c-thin" d="${linePath(points(2))}"/>${labels.join('')}${yearTexts(steps, plotWidth, texts, size)}</svg>`;
}

function line(className: string, at: number, plotWidth: number): string {
  return `<line class="${className}" x1="0" x2="${plotWidth}" y1="${coordinate(at)}" y2="${coordinate(at)}"/>`;
}

/** Highest first; each is moved down until it no longer touches the one above. */
function spread(places: readonly number[]): readonly number[] {
  let before = -Infinity;
  return places.map((place) => (before = Math.max(place, before + labelHeight)));
}

function yearTexts(steps: number, plotWidth: number, texts: ValidationTexts, { marksMax }: ChartSize): string {
  const years = Math.floor(steps / daysOfYear);
  const every = Math.max(1, Math.ceil(years / marksMax));
  return Array.from({ length: Math.floor(years / every) }, (_, index) => (index + 1) * every)
    .map((year) => {
      const x = coordinate(((year * daysOfYear) / steps) * plotWidth);
      return `<text x="${x}" y="${bottom + 20}" text-anchor="middle">${texts.fanYear(year)}</text>`;
    })
    .join('');
}
