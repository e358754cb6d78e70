import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useNames } from '../data/queries.ts';
import css from '../pages/orders.module.css';
import { happened } from '../words/happened.ts';
import { grouped } from '../words/number.ts';
import { requesterName } from '../words/requester-name.ts';
import { clock } from '../words/seoul.ts';
import { Won } from './amount.tsx';
import { IconButton } from './button.tsx';
import { OrderChip, SideWord } from './chip.tsx';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import { OrderDetail } from './order-detail.tsx';
import table from './table.module.css';
import tone from './tone.module.css';

export interface OrderRowsProps {
  readonly orders: readonly OrderView[];
  readonly openId: string | null;
  readonly onToggle: (orderId: string) => void;
}

/** One line an order; a line opens to the whole way of the order. */
export function OrderTable({ orders, openId, onToggle }: OrderRowsProps): ReactNode {
  const { orders: words } = useText();
  return (
    <table className={classes(table['table'], css['table'])}>
      <thead>
        <tr>
          <th>{words.when}</th>
          <th>{words.stock}</th>
          <th>{words.side}</th>
          <th className={table['n']}>{words.price}</th>
          <th className={table['n']}>{words.done}</th>
          <th className={table['n']}>{words.value}</th>
          <th>{words.state}</th>
          <th>{words.what}</th>
          <th>{words.who}</th>
          <th>
            <span className={tone['vh']}>{words.verdict}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <Fragment key={order.orderId}>
            <OrderRow order={order} isOpen={order.orderId === openId} onToggle={onToggle} />
            {order.orderId === openId && (
              <tr className={css['detail']}>
                <td colSpan={10}>
                  <OrderDetail order={order} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface OrderRowProps {
  readonly order: OrderView;
  readonly isOpen: boolean;
  readonly onToggle: (orderId: string) => void;
}

function OrderRow({ order, isOpen, onToggle }: OrderRowProps): ReactNode {
  const text = useText();
  const name = useNames();
  return (
    <tr className={isOpen ? css['open'] : undefined}>
      <td className={tone['quiet']}>{clock(order.createdAt)}</td>
      <td className={table['name']}>
        <Link className={table['rowLink']} href={`/s/${order.symbol}`}>
          {name(order.symbol)}
        </Link>
      </td>
      <td>
        <SideWord side={order.side} />
      </td>
      <td className={table['n']}>{grouped(order.price)}</td>
      <td className={table['n']}>
        {grouped(order.filled)}
        <span className={tone['quiet']}>
          {' '}
          / {grouped(order.quantity)}
          {text.unit.shares}
        </span>
      </td>
      <td className={table['n']}>
        <Won value={order.price * order.quantity} />
      </td>
      <td>
        <OrderChip order={order} />
      </td>
      <td className={table['say']}>{happened(text, order)}</td>
      <td className={css['who']}>{requesterName(text, order.requester)}</td>
      <td className={table['n']}>
        <IconButton
          isSmall
          aria-expanded={isOpen}
          aria-label={text.orders.details(name(order.symbol))}
          onClick={() => onToggle(order.orderId)}
        >
          <Icon name={isOpen ? 'up' : 'down'} />
        </IconButton>
      </td>
    </tr>
  );
}
