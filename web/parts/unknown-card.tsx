import { useId, type ReactNode } from 'react';
import type { OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useNames } from '../data/queries.ts';
import { useFind } from '../data/use-order-actions.ts';
import css from '../pages/orders.module.css';
import { grouped } from '../words/number.ts';
import { Won } from './amount.tsx';
import { Button } from './button.tsx';
import { OrderChip, SideWord } from './chip.tsx';
import { FailureNote } from './failure-note.tsx';
import { Flow } from './flow.tsx';
import { SettleForm } from './settle-form.tsx';
import tone from './tone.module.css';

/** An order whose fate is not known: what we know, that we do not resend, what is locked, and how to look now. */
export function UnknownCard({ order }: { readonly order: OrderView }): ReactNode {
  const text = useText();
  const name = useNames();
  const id = useId();
  const find = useFind();
  const isUnknown = order.state === 'unknown';
  return (
    <article className={css['unknown']} aria-labelledby={id}>
      <header className={css['head']}>
        <OrderChip order={order} />
        <span className={css['order']}>
          <b>{name(order.symbol)}</b> <SideWord side={order.side} /> {grouped(order.quantity)}
          {text.unit.shares} × {text.money.won(order.price)}
        </span>
        <span className={css['sum']}>
          <Won value={order.price * order.quantity} hasUnit />
        </span>
      </header>
      <h2 className={css['title']} id={id}>
        {isUnknown ? text.orders.unknownTitle : text.orders.escalatedTitle}
      </h2>
      <p className={css['say']}>
        {isUnknown ? text.orders.unknownSays(name(order.symbol), text.side[order.side]) : text.orders.escalatedSays}
      </p>
      <Flow order={order} />
      {!isUnknown && <SettleForm order={order} />}
      <FailureNote error={find.error} />
      <footer className={css['do']}>
        <Button tone="primary" disabled={find.isPending} onClick={() => find.mutate(order.orderId)}>
          {find.isPending ? text.orders.finding : text.orders.findNow}
        </Button>
        <span className={css['id']}>
          {text.orders.intentId} <span className={tone['code']}>{order.orderId}</span>
        </span>
      </footer>
    </article>
  );
}
