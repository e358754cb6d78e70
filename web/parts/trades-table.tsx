import { useState, type ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import { useNames } from '../data/queries.ts';
import { useNarrow } from '../data/use-narrow.ts';
import css from '../pages/lab.module.css';
import { grouped } from '../words/number.ts';
import { daysBetween, type RoundTrip } from '../words/round-trips.ts';
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

interface TripsProps {
  /** Newest first. */
  readonly trips: readonly RoundTrip[];
  /** Key of the one whose reasons are shown. */
  readonly picked: string | null;
  readonly onPick: (key: string) => void;
}

interface TradesTableProps extends TripsProps {
  /** Orders that the checks stopped. */
  readonly denied: number;
}

/** Every sale with its buy; its day opens its reasons. */
export function TradesTable({ trips, denied, ...picking }: TradesTableProps): ReactNode {
  const { lab } = useText();
  const isNarrow = useNarrow();
  const [shown, setShown] = useState(firstShown);
  const visible = trips.slice(0, shown);
  const left = trips.length - visible.length;
  return (
    <Card title={lab.trades} meta={lab.tradesCount(trips.length)} isFlush>
      {trips.length === 0 ? (
        <Empty title="" says={denied === 0 ? lab.tradesEmpty : lab.tradesDenied(grouped(denied))} isInset />
      ) : isNarrow ? (
        <TripList trips={visible} {...picking} />
      ) : (
        <TripTable trips={visible} {...picking} />
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

function TripTable({ trips, picked, onPick }: TripsProps): ReactNode {
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
          <tr key={trip.key} className={trip.key === picked ? css['picked'] : undefined}>
            <td className={tone['quiet']}>
              <WhyButton trip={trip} isPicked={trip.key === picked} onPick={onPick} />
            </td>
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

interface WhyButtonProps {
  readonly trip: RoundTrip;
  readonly isPicked: boolean;
  readonly onPick: (key: string) => void;
}

function WhyButton({ trip, isPicked, onPick }: WhyButtonProps): ReactNode {
  const { lab } = useText();
  const name = useNames();
  const day = shortDate(trip.soldOn);
  return (
    <button
      type="button"
      className={css['whyButton']}
      aria-pressed={isPicked}
      aria-label={lab.whyOf(name(trip.symbol), day)}
      onClick={() => onPick(trip.key)}
    >
      {day}
    </button>
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

function TripList({ trips, picked, onPick }: TripsProps): ReactNode {
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
            <WhyButton trip={trip} isPicked={trip.key === picked} onPick={onPick} />
            &ensp;{grouped(trip.quantity)}
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
