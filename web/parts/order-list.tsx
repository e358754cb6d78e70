import type { ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import { useNames } from '../data/queries.ts';
import css from '../pages/orders.module.css';
import { happened } from '../words/happened.ts';
import { grouped } from '../words/number.ts';
import { requesterName } from '../words/requester-name.ts';
import { clock } from '../words/seoul.ts';
import { IconButton } from './button.tsx';
import { OrderChip, SideWord } from './chip.tsx';
import { Icon } from './icon.tsx';
import { OrderDetail } from './order-detail.tsx';
import type { OrderRowsProps } from './order-table.tsx';
import tone from './tone.module.css';

/** The same orders on a phone, as rows of three lines. */
export function OrderList({ orders, openId, onToggle }: OrderRowsProps): ReactNode {
  const text = useText();
  const name = useNames();
  return (
    <ul className={css['list']}>
      {orders.map((order) => (
        <li key={order.orderId}>
          <div className={css['row']}>
            <b>{name(order.symbol)}</b>
            <SideWord side={order.side} />
            <span className={css['grow']}>
              {grouped(order.filled)}
              <span className={tone['quiet']}>
                {' '}
                / {grouped(order.quantity)}
                {text.unit.shares}
              </span>
            </span>
            <OrderChip order={order} />
            <IconButton
              isSmall
              aria-expanded={order.orderId === openId}
              aria-label={text.orders.details(name(order.symbol))}
              onClick={() => onToggle(order.orderId)}
            >
              <Icon name={order.orderId === openId ? 'up' : 'down'} />
            </IconButton>
          </div>
          <p>{happened(text, order)}</p>
          <p className={css['sub']}>
            {clock(order.createdAt)}&ensp;{requesterName(text, order.requester)}
          </p>
          {order.orderId === openId && (
            <div className={css['detailList']}>
              <OrderDetail order={order} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
