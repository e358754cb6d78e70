import type { ReactNode } from 'react';
import type { StatusView } from '#link/views.ts';
import { useMarketNow } from '../data/market-clock.ts';
import { useText } from '../data/preferences.tsx';
import { useNames, useStatus } from '../data/queries.ts';
import css from '../pages/safety.module.css';
import { plain } from '../words/number.ts';
import { Card } from './card.tsx';
import { classes } from './classes.ts';
import { Meter } from './meter.tsx';
import { Panel } from './panel.tsx';

type BreakerState = StatusView['connections']['orders'];

const names = ['orders', 'quotes', 'balance', 'stream'] as const;
/** How long a token of the broker lasts. */
const tokenHours = 24;

/** The connections to the broker as switches: closed, on trial (dashed), or open. */
export function BreakersCard(): ReactNode {
  const { safety } = useText();
  const query = useStatus();
  return (
    <Card title={safety.breakers}>
      <Panel query={query} what="status">
        {(status) => (
          <>
            <ul className={css['breakers']}>
              {names.map((name) => (
                <Breaker key={name} name={safety.breakerNames[name]} state={status.connections[name]} />
              ))}
            </ul>
            <Gauges status={status} />
          </>
        )}
      </Panel>
    </Card>
  );
}

function Breaker({ name, state }: { readonly name: string; readonly state: BreakerState }): ReactNode {
  const { safety } = useText();
  const isClosed = state === 'closed';
  return (
    <li>
      <span>{name}</span>
      <Switch state={state} />
      <b className={isClosed ? undefined : css['not']}>{safety.breakerStates[state]}</b>
      {!isClosed && <small>{safety.breakerSays[state]}</small>}
    </li>
  );
}

const arms: Readonly<Record<BreakerState, string>> = {
  closed: 'M12 12h20',
  'half-open': 'M14 11 31 4',
  open: 'M14 11 29 3',
};

function Switch({ state }: { readonly state: BreakerState }): ReactNode {
  return (
    <svg
      className={classes(css['switch'], state !== 'closed' && css['switchNot'])}
      viewBox="0 0 44 18"
      aria-hidden="true"
    >
      <path d="M1 12h11M32 12h11" />
      <path className={state === 'half-open' ? css['dash'] : undefined} d={arms[state]} />
      <circle cx="12" cy="12" r="2.5" />
      <circle cx="32" cy="12" r="2.5" />
    </svg>
  );
}

function Gauges({ status }: { readonly status: StatusView }): ReactNode {
  const { safety, unit } = useText();
  const { requestsPerSecond: requests, registrations } = status;
  return (
    <>
      <ul className={css['gauges']}>
        <Gauge name={safety.requests} used={requests.used} limit={requests.limit} unit={unit.orders} />
        <Gauge name={safety.registrations} used={registrations.used} limit={registrations.limit} unit={unit.items} />
        <TokenGauge expiresAt={status.tokenExpiresAt} />
      </ul>
      <NoRoom registrations={registrations} />
    </>
  );
}

/** Which wanted stocks the live stream has no room for; nothing while all fit. */
function NoRoom({ registrations }: { readonly registrations: StatusView['registrations'] }): ReactNode {
  const { safety } = useText();
  const name = useNames();
  const { used, limit, unwatched, withoutBook } = registrations;
  if (unwatched.length === 0 && withoutBook.length === 0) return null;
  return (
    <p className={css['noRoom']} title={[...unwatched, ...withoutBook].map(name).join(', ')}>
      {unwatched.length > 0 && safety.unwatched(plain(used), plain(limit), plain(unwatched.length))}{' '}
      {withoutBook.length > 0 && safety.withoutBook(plain(withoutBook.length))}
    </p>
  );
}

interface GaugeProps {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
}

function Gauge({ name, used, limit, unit }: GaugeProps): ReactNode {
  const { safety } = useText();
  const share = limit === 0 ? 0 : used / limit;
  return (
    <li>
      <span>{name}</span>
      <Meter isPlain share={share} label={safety.meter(name, `${plain(limit)}${unit}`, `${plain(used)}${unit}`)} />
      <span className={css['n']}>
        {plain(used)}{' '}
        <small>
          / {plain(limit)}
          {unit}
        </small>
      </span>
    </li>
  );
}

function TokenGauge({ expiresAt }: { readonly expiresAt: string | null }): ReactNode {
  const { safety, time } = useText();
  const now = useMarketNow(10_000);
  const minutes = expiresAt === null || now === null ? 0 : Math.max(0, (Date.parse(expiresAt) - now) / 60_000);
  const left = time.hoursMinutes(Math.floor(minutes / 60), Math.floor(minutes % 60));
  return (
    <li>
      <span>{safety.token}</span>
      <Meter
        isPlain
        share={minutes / (tokenHours * 60)}
        label={`${safety.token} ${expiresAt === null ? safety.noToken : left}`}
      />
      <span className={css['n']}>
        {expiresAt === null ? (
          <small>{safety.noToken}</small>
        ) : (
          <>
            {left} <small>{safety.left}</small>
          </>
        )}
      </span>
    </li>
  );
}
