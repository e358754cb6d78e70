import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { EquityPoint } from '../../src/server/answers.ts';
import { useWonText } from '../parts/amount.tsx';
import { useText } from '../data/preferences.tsx';
import { dayFrom, dayTo, minutesText, sessionSpans } from '../shell/sessions-of-day.ts';
import { signed } from '../words/number.ts';
import { minuteClock, minuteOfDay } from '../words/seoul.ts';
import css from './chart.module.css';
import { path, scale } from './scale.ts';

interface EquityChartProps {
  readonly points: readonly EquityPoint[];
  /** Equity at the start of the day: the base line. */
  readonly open: number;
  /** The market's time now, epoch milliseconds. */
  readonly now: number;
  readonly isVirtual: boolean;
}

const ribbonHeight = 20;
const axisHeight = 24;
const top = 24;

/** Net worth over today; the sessions of the day are its time axis. */
export function EquityChart(props: EquityChartProps): ReactNode {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} className={css['frame']}>
      {width > 0 && <Drawing {...props} width={width} />}
    </div>
  );
}

function Drawing({ points, open, now, isVirtual, width }: EquityChartProps & { readonly width: number }): ReactNode {
  const text = useText();
  const won = useWonText();
  const isNarrow = width < 480;
  const left = isNarrow ? 0 : 36;
  const plotHeight = isNarrow ? 84 : 150;
  const ribbonTop = top + plotHeight + 16;
  const height = ribbonTop + ribbonHeight + axisHeight;
  const x = scale([dayFrom, dayTo], [left, width]);
  const values = points.map(({ equity }) => equity);
  // A quiet day must look quiet: the picture spans 0.4 % of the equity at least, and its middle is not the base line.
  const [low, high] = [Math.min(open * 0.999, ...values), Math.max(open * 1.003, ...values)];
  const y = scale([low, high], [top + plotHeight, top]);
  const line = points.map(({ at, equity }) => [x(minuteOfDay(at)), y(equity)] as const);
  const last = points.at(-1);
  const end = line.at(-1);
  const isUp = (last?.equity ?? open) >= open;
  const nowX = Math.min(width - 1, Math.max(left, x(minuteOfDay(now))));
  const label =
    last === undefined
      ? text.today.chartEmpty
      : text.today.chart(minuteClock(points[0]?.at ?? last.at), signed(last.equity - open), minuteClock(last.at));
  return (
    <svg className={css['chart']} viewBox={`0 0 ${width} ${height}`} height={height} role="img" aria-label={label}>
      {isVirtual && (
        <text x={width} y="12" textAnchor="end">
          {text.today.virtual}
        </text>
      )}
      <line className={css['base']} x1={left} x2={width} y1={y(open)} y2={y(open)} />
      <text x={width} y={y(open) + 15} textAnchor="end">
        {text.today.openLine(won(open))}
      </text>
      <path className={isUp ? css['rise'] : css['fall']} d={path(line)} />
      {end !== undefined && (
        <>
          <circle className={isUp ? css['riseDot'] : css['fallDot']} cx={end[0]} cy={end[1]} r="3.5" />
          <line className={css['nowLine']} x1={end[0]} x2={end[0]} y1={end[1] + 7} y2={ribbonTop} />
        </>
      )}
      <Ribbon x={x} top={ribbonTop} isNarrow={isNarrow} />
      <line className={css['nowMark']} x1={nowX} x2={nowX} y1={ribbonTop - 2} y2={ribbonTop + ribbonHeight + 2} />
      <Hours x={x} y={ribbonTop + ribbonHeight + 17} isNarrow={isNarrow} />
    </svg>
  );
}

interface RibbonProps {
  readonly x: (minute: number) => number;
  readonly top: number;
  readonly isNarrow: boolean;
}

function Ribbon({ x, top, isNarrow }: RibbonProps): ReactNode {
  const text = useText();
  return (
    <>
      {!isNarrow && (
        <text x="0" y={top + 14.3}>
          KRX
        </text>
      )}
      {sessionSpans.map(({ key, from, to, isMain }) => {
        const name = key === 'close' ? text.sessions.close : text.sessions[key];
        return (
          <g key={key}>
            <title>{text.sessions.ribbon(name, minutesText(from), minutesText(to))}</title>
            <rect
              className={isMain ? css['ribbonOn'] : css['ribbon']}
              x={x(from)}
              y={top}
              width={Math.max(3, x(to) - x(from) - 1)}
              height={ribbonHeight}
              rx="3"
            />
            {x(to) - x(from) > 80 && (
              <text className={isMain ? css['ribbonWordOn'] : css['ribbonWord']} x={x(from) + 6} y={top + 14.3}>
                {name}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

interface HoursProps {
  readonly x: (minute: number) => number;
  readonly y: number;
  readonly isNarrow: boolean;
}

function Hours({ x, y, isNarrow }: HoursProps): ReactNode {
  const wide = [480, 540, 720, 920, 960, 1_080, 1_200];
  const narrow = [540, 720, 920, 1_200];
  return (isNarrow ? narrow : wide).map((minute) => (
    <text
      key={minute}
      x={x(minute)}
      y={y}
      textAnchor={minute === dayFrom ? 'start' : minute === dayTo ? 'end' : 'middle'}
    >
      {minutesText(minute)}
    </text>
  ));
}
