import type { ReactNode } from 'react';
import { useMarketNow } from '../data/market-clock.ts';
import { useText } from '../data/preferences.tsx';
import { useStatus } from '../data/queries.ts';
import { clock, minuteOfDay } from '../words/seoul.ts';
import { dayFrom, dayTo, sessionSpans } from './sessions-of-day.ts';
import css from './shell.module.css';

const width = 120;
const gap = 0.5;

/** Session name, time left, the day as a ribbon, and the market's clock. */
export function SessionRibbon(): ReactNode {
  const text = useText();
  const { data } = useStatus();
  const now = useMarketNow(250);
  if (data === undefined || now === null) return <p className={css['session']} />;
  const { kind, opensAt, closesAt } = data.session;
  const until = kind === 'closed' ? opensAt : closesAt;
  const left = until === null ? null : Math.max(0, Date.parse(until) - now);
  return (
    <p className={css['session']} aria-label={text.shell.session} role="group">
      <span className={css['sessionNow']}>{text.sessions[kind]}</span>
      {left !== null && (
        <span className={css['sessionLeft']}>
          {kind === 'closed' ? text.sessions.opensIn(leftText(text, left)) : text.sessions.left(leftText(text, left))}
        </span>
      )}
      <MiniRibbon minute={minuteOfDay(now)} />
      <time className={css['clock']} dateTime={new Date(now).toISOString()}>
        {clock(now)}
        <span>KST</span>
      </time>
    </p>
  );
}

function leftText(text: ReturnType<typeof useText>, milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000);
  if (minutes < 60) return text.sessions.minutes(minutes);
  return text.time.hoursMinutes(Math.floor(minutes / 60), minutes % 60);
}

function MiniRibbon({ minute }: { readonly minute: number }): ReactNode {
  const x = (value: number): number => ((value - dayFrom) / (dayTo - dayFrom)) * width;
  const now = Math.max(0, Math.min(width - 1.5, x(minute)));
  return (
    <svg className={css['mini']} viewBox={`0 0 ${width} 12`} aria-hidden="true">
      {sessionSpans.map(({ key, from, to, isMain }) => (
        <rect
          key={key}
          className={isMain ? css['segOn'] : css['seg']}
          x={x(from)}
          y="4"
          width={Math.max(1.5, x(to) - x(from) - gap)}
          height="4"
        />
      ))}
      <rect className={css['now']} x={now} y="0" width="1.5" height="12" />
    </svg>
  );
}
