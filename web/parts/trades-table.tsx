import { useMemo, useState, type ReactNode } from 'react';
import type { BacktestResultView } from '../../src/server/backtest-result-view.ts';
import { useText } from '../data/preferences.tsx';
import { useNames } from '../data/queries.ts';
import { useNarrow } from '../data/use-narrow.ts';
import css from '../pages/lab.module.css';
import { grouped } from '../words/number.ts';
import { daysBetween, roundTrips, type RoundTrip } from '../words/round-trips.ts';
import { shortDate } from '../words/seoul.ts';
import { Change, Percent } from './amount.tsx';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { Tag } from './chip.tsx';
import { classes } from './classes.ts';
import { Empty } from './panel.tsx';
import table from './table.module.css';
import tone from './tone.module.css';

const firstShown = 12;
const stepShown = 100;

/** Every sale with its buy, newest first. */
export function TradesTable({ result }: { readonly result: BacktestResultView }): ReactNode {
  const { lab } = useText();
  const isNarrow = useNarrow();
  const trips = useMemo(() => roundTrips(result.trades), [result.trades]);
  const [shown, setShown] = useState(firstShown);
  const visible = trips.slice(0, shown);
  const left = trips.length - visible.length;
  return (
    <Card title={lab.trades} meta={lab.tradesCount(trips.length)} isFlush>
      {trips.length === 0 ? (
        <Empty title="" says={lab.tradesEmpty} isInset />
      ) : isNarrow ? (
        <TripList trips={visible} />
      ) : (
        <TripTable trips={visible} />
      )}
      {left > 0 && (
        <p className={css['more']}>
          <Button size="s" onClick={() => setShown(shown + stepShown)}>
            {lab.moreTrades(Math.min(left, stepShown))}
          </Button>
        </p>
      )}
    </Card>
  );
}

interface TripsProps {
  readonly trips: readonly RoundTrip[];
}

function TripTable({ trips }: TripsProps): ReactNode {
  const { lab, unit } = useText();
  const name = useNames();
  return (
    <table className={classes(table['table'], table['low'])}>
      <thead>
        <tr>
          <th>{lab.soldOn}</th>
          <th>{lab.stock}</th>
          <th className={table['n']}>{lab.quantity}</th>
          <th className={table['n']}>
            {lab.boughtAt} {unit.wonInHead}
          </th>
          <th className={table['n']}>
            {lab.soldAt} {unit.wonInHead}
          </th>
          <th className={table['n']}>{lab.span}</th>
          <th>{lab.reason}</th>
          <th className={table['n']}>
            {lab.profit} {unit.wonInHead}
          </th>
          <th className={table['n']}>{lab.rate}</th>
        </tr>
      </thead>
      <tbody>
        {trips.map((trip) => (
          <tr key={trip.key}>
            <td className={tone['quiet']}>{shortDate(trip.soldOn)}</td>
            <td className={table['name']}>{name(trip.symbol)}</td>
            <td className={table['n']}>
              {grouped(trip.quantity)}
              <span className={tone['quiet']}>{unit.shares}</span>
            </td>
            <td className={table['n']}>{grouped(trip.boughtAt)}</td>
            <td className={table['n']}>{grouped(trip.soldAt)}</td>
            <td className={table['n']}>
              {daysBetween(trip.boughtOn, trip.soldOn)}
              <span className={tone['quiet']}>{unit.days}</span>
            </td>
            <td>
              <ReasonTag reason={trip.reason} />
            </td>
            <td className={table['n']}>
              <Change value={trip.profit} isPublic />
            </td>
            <td className={table['n']}>
              <Percent value={trip.rate} hasMark />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The rule that sold, in its own word; the numbers behind it on hover. */
function ReasonTag({ reason }: { readonly reason: string }): ReactNode {
  const [word = reason] = reason.split(':');
  return (
    <span title={reason}>
      <Tag>{word}</Tag>
    </span>
  );
}

function TripList({ trips }: TripsProps): ReactNode {
  const { unit } = useText();
  const name = useNames();
  return (
    <ul className={table['list']}>
      {trips.map((trip) => (
        <li key={trip.key}>
          <span className={table['top']}>
            {name(trip.symbol)} <ReasonTag reason={trip.reason} />
          </span>
          <span className={table['right']}>
            <Change value={trip.profit} isPublic />
          </span>
          <span className={table['sub']}>
            {shortDate(trip.soldOn)}&ensp;{grouped(trip.quantity)}
            {unit.shares}&ensp;{daysBetween(trip.boughtOn, trip.soldOn)}
            {unit.days}
          </span>
          <span className={table['subRight']}>
            <Percent value={trip.rate} hasMark />
          </span>
        </li>
      ))}
    </ul>
  );
}
