import { useState, type ReactNode } from 'react';
import type { OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useLimits, useOrders } from '../data/queries.ts';
import { useCancelAll } from '../data/use-order-actions.ts';
import { Won } from '../parts/amount.tsx';
import { Button } from '../parts/button.tsx';
import buttonCss from '../parts/button.module.css';
import { classes } from '../parts/classes.ts';
import { DeclareCard } from '../parts/declare-card.tsx';
import { FailureNote } from '../parts/failure-note.tsx';
import { Hero, PageHead } from '../parts/hero.tsx';
import { Icon } from '../parts/icon.tsx';
import layout from '../parts/layout.module.css';
import { OrderTableCard } from '../parts/order-table-card.tsx';
import { isUnresolved } from '../parts/todo-card.tsx';
import { UnknownCard } from '../parts/unknown-card.tsx';
import { grouped } from '../words/number.ts';
import { isOpenOrder } from '../words/open-order.ts';
import css from './orders.module.css';
import { DayWords } from './today.tsx';

/** 주문: what is not known first, then everything of today. */
export function OrdersPage(): ReactNode {
  const text = useText();
  const { data: orders = [] } = useOrders();
  const unresolved = orders.filter(isUnresolved);
  return (
    <>
      <PageHead title={text.pages.orders} meta={<DayWords />}>
        <OrderActions orders={orders} />
      </PageHead>
      <section className={layout['heroBar']} aria-label={text.orders.hero}>
        <Hero label={text.orders.hero} unit={text.unit.orders}>
          {unresolved.length}
        </Hero>
        <DayStats orders={orders} />
      </section>
      {unresolved.length > 0 && (
        <div className={css['cards']}>
          {unresolved.map((order) => (
            <UnknownCard key={order.orderId} order={order} />
          ))}
        </div>
      )}
      <OrderTableCard className={unresolved.length > 0 ? css['gap'] : undefined} />
      <DeclareCard className={css['gap']} />
    </>
  );
}

function OrderActions({ orders }: { readonly orders: readonly OrderView[] }): ReactNode {
  const text = useText();
  const cancelAll = useCancelAll();
  const [isSure, setSure] = useState(false);
  const open = orders.filter(isOpenOrder).length;
  const press = (): void => {
    // Two presses instead of a dialog: withdrawing lowers risk and must not be slow.
    if (isSure) cancelAll.mutate();
    setSure(!isSure);
  };
  return (
    <>
      {cancelAll.data !== undefined && (
        <span role="status" className={css['quiet']}>
          {text.orders.cancelAllDone(cancelAll.data.asked, cancelAll.data.cancelled)}
        </span>
      )}
      <FailureNote error={cancelAll.error} />
      <a
        className={classes(buttonCss['button'], buttonCss['s'], css['wideOnly'])}
        href="/api/orders.csv"
        download="snowball-orders.csv"
      >
        <Icon name="download" />
        {text.orders.csv}
      </a>
      {open > 0 && (
        <Button size="s" tone="danger" disabled={cancelAll.isPending} onClick={press} onBlur={() => setSure(false)}>
          {isSure ? text.orders.cancelAllSure : text.orders.cancelAll(open)}
        </Button>
      )}
    </>
  );
}

function DayStats({ orders }: { readonly orders: readonly OrderView[] }): ReactNode {
  const text = useText();
  const { data: limits = [] } = useLimits();
  const limitOf = (code: string): number | null =>
    limits.find((limit) => limit.code === code && limit.scope === 'account')?.limit ?? null;
  const usedOf = (code: string): number | null =>
    limits.find((limit) => limit.code === code && limit.scope === 'account')?.used ?? null;
  const open = orders.filter(isOpenOrder).reduce((sum, each) => sum + each.price * (each.quantity - each.filled), 0);
  const perDay = limitOf('orders-per-day');
  return (
    <dl className={layout['stats']}>
      <div>
        <dt>{text.orders.ofDay}</dt>
        <dd>
          {orders.length}{' '}
          <small>{perDay === null ? text.unit.orders : `/ ${grouped(perDay)}${text.unit.orders}`}</small>
        </dd>
      </div>
      <div>
        <dt>{text.orders.filled}</dt>
        <dd>
          {orders.filter(({ state }) => state === 'filled').length} <small>{text.unit.orders}</small>
        </dd>
      </div>
      <WonStat label={text.orders.openValue} value={usedOf('open-value') ?? open} limit={limitOf('open-value')} />
      <WonStat
        label={text.orders.dayValue}
        value={usedOf('day-value-account') ?? 0}
        limit={limitOf('day-value-account')}
      />
    </dl>
  );
}

interface WonStatProps {
  readonly label: string;
  readonly value: number;
  readonly limit: number | null;
}

function WonStat({ label, value, limit }: WonStatProps): ReactNode {
  const text = useText();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Won value={value} /> <small>{limit === null ? text.unit.won : `/ ${text.money.won(limit)}`}</small>
      </dd>
    </div>
  );
}
