import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { BacktestResultView } from '../../src/server/backtest-result-view.ts';
import { useText } from '../data/preferences.tsx';
import { signedPercent } from '../words/number.ts';
import css from './chart.module.css';
import { drawdowns } from './drawdown.ts';
import { growthScale } from './growth-scale.ts';
import { path, scale } from './scale.ts';

interface ReturnChartProps {
  readonly result: BacktestResultView;
}

const plotHeight = 170;
const fallTop = 212;
const fallHeight = 66;
const height = 300;
/** More points than pixels draw nothing more. */
const pointsMax = 900;

/** The strategy beside holding, and how far each stood below its peak. */
export function ReturnChart(props: ReturnChartProps): ReactNode {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} className={css['frame']}>
      {width > 0 && <Drawing {...props} width={width} />}
    </div>
  );
}

interface Point {
  readonly date: number;
  readonly value: number;
}

function Drawing({ result, width }: ReturnChartProps & { readonly width: number }): ReactNode {
  const { lab } = useText();
  const isNarrow = width < 480;
  const right = isNarrow ? 64 : 104;
  const plotWidth = width - right;
  const mine = thinned(result.equity).map(({ date, value }) => ({ date, value: value / result.initialCash - 1 }));
  const hold = thinned(result.benchmark).map(({ date, value }) => ({ date, value: value / result.initialCash - 1 }));
  const values = [0, ...mine.map(({ value }) => value), ...hold.map(({ value }) => value)];
  const x = scale([0, Math.max(1, mine.length - 1)], [0, plotWidth]);
  const { isLog, y } = growthScale(values, [plotHeight, 14]);
  const line = (points: readonly Point[], on: (value: number) => number): string =>
    path(points.map(({ value }, index) => [x(index), on(value)]));
  // Of every day, and only then of as many as are drawn: the deepest one must be the headline's.
  const mineFall = drawdowns(result.equity, result.initialCash);
  const holdFall = drawdowns(result.benchmark, result.initialCash);
  const worst = lowestOf(mineFall);
  const holdWorst = lowestOf(holdFall);
  const deepest = Math.min(-0.01, worst, holdWorst);
  const fallY = scale([deepest, 0], [fallTop + fallHeight, fallTop]);
  const mineEnd = mine.at(-1)?.value ?? 0;
  const holdEnd = hold.at(-1)?.value ?? 0;
  const ends = spread(y(mineEnd), y(holdEnd));
  const fallEnds = spread(fallY(worst), fallY(holdWorst));
  const label = (word: string, value: number): string => `${isNarrow ? '' : `${word} `}${signedPercent(value, 1)}`;
  return (
    <svg
      className={css['chart']}
      viewBox={`0 0 ${width} ${height}`}
      height={height}
      role="img"
      aria-label={lab.chartSays(signedPercent(mineEnd, 1), signedPercent(holdEnd, 1), signedPercent(worst, 1))}
    >
      <Years points={mine} x={x} />
      <line className={css['base']} x1="0" x2={plotWidth} y1={y(0)} y2={y(0)} />
      {Math.min(Math.abs(ends.first - y(0)), Math.abs(ends.second - y(0))) > 16 && (
        <text x={plotWidth + 8} y={y(0) + 4}>
          0%
        </text>
      )}
      {isLog && (
        <text x="0" y="10">
          {lab.logScale}
        </text>
      )}
      <path className={css['quiet']} d={line(hold, y)} />
      <path className={css['mine']} d={line(mine, y)} />
      <text className={css['labelStrong']} x="0" y={fallTop - 9}>
        {lab.falls}
      </text>
      <path className={css['quiet']} d={line(thinned(holdFall), fallY)} />
      <path className={css['fallArea']} d={`${line(thinned(mineFall), fallY)}L${plotWidth} ${fallTop}L0 ${fallTop}Z`} />
      <path className={css['fallLine']} d={line(thinned(mineFall), fallY)} />
      <text className={css['labelMine']} x={plotWidth + 8} y={ends.first + 4}>
        {label(lab.mine, mineEnd)}
      </text>
      <text x={plotWidth + 8} y={ends.second + 4}>
        {label(lab.hold, holdEnd)}
      </text>
      <text className={css['labelFall']} x={plotWidth + 8} y={fallEnds.first}>
        {label(lab.mine, worst)}
      </text>
      <text x={plotWidth + 8} y={fallEnds.second}>
        {label(lab.hold, holdWorst)}
      </text>
    </svg>
  );
}

function Years({ points, x }: { readonly points: readonly Point[]; readonly x: (index: number) => number }): ReactNode {
  const starts = points
    .map(({ date }, index) => ({ year: Math.floor(date / 10_000), index }))
    .filter(({ year }, index) => index > 0 && year !== Math.floor((points[index - 1]?.date ?? 0) / 10_000));
  // At most seven years keep their word, so that the words do not touch.
  const every = Math.ceil(starts.length / 7);
  return starts
    .filter((_, index) => index % every === 0)
    .map(({ year, index }) => (
      <g key={year}>
        <line className={css['grid']} x1={x(index)} x2={x(index)} y1="8" y2={fallTop + fallHeight} />
        <text x={x(index) + 4} y={fallTop + fallHeight + 18}>
          {year}
        </text>
      </g>
    ));
}

function lowestOf(points: readonly Point[]): number {
  return points.reduce((lowest, { value }) => Math.min(lowest, value), 0);
}

/** Two labels at least 16 px apart. */
function spread(first: number, second: number): { readonly first: number; readonly second: number } {
  const apart = 16;
  if (Math.abs(first - second) >= apart) return { first, second };
  return first <= second ? { first, second: first + apart } : { first, second: first - apart };
}

function thinned(points: readonly Point[]): readonly Point[] {
  const step = Math.max(1, Math.ceil(points.length / pointsMax));
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}
