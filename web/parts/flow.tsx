import type { ReactNode } from 'react';
import type { OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useNames, useStatus } from '../data/queries.ts';
import { flowOf } from '../words/order-flow.ts';
import { classes } from './classes.ts';
import css from './flow.module.css';
import tone from './tone.module.css';

/** The life of an order as a line of stops; solid is known, dashed is not. */
export function Flow({ order, isRow = false }: { readonly order: OrderView; readonly isRow?: boolean }): ReactNode {
  const text = useText();
  const name = useNames();
  const { data: status } = useStatus();
  const stops = flowOf(text, order, status?.session.closesAt ?? null);
  return (
    <ol
      className={classes(css['flow'], isRow && css['row'])}
      aria-label={text.orders.way(name(order.symbol), text.side[order.side])}
    >
      {stops.map((stop) => (
        <li key={stop.key} className={stop.look === 'known' ? undefined : css[stop.look]}>
          <b>{stop.title}</b>
          {stop.time !== '' && <time>{stop.time}</time>}
          <span>
            {stop.note} {stop.code !== '' && <span className={tone['code']}>{stop.code}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
