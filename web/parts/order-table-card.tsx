import { useState, type ReactNode } from 'react';
import type { OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useOrders } from '../data/queries.ts';
import { useNarrow } from '../data/use-narrow.ts';
import css from '../pages/orders.module.css';
import { Card } from './card.tsx';
import { OrderList } from './order-list.tsx';
import { OrderTable } from './order-table.tsx';
import { Empty, Panel } from './panel.tsx';
import { Segmented } from './segmented.tsx';

type Filter = 'all' | 'open' | 'filled' | 'refused';

const states: Readonly<Record<Exclude<Filter, 'all'>, ReadonlySet<OrderView['state']>>> = {
  open: new Set(['intent', 'sending', 'acked', 'partially-filled']),
  filled: new Set(['filled']),
  refused: new Set(['denied', 'rejected', 'not-sent']),
};

/** Today's orders, filtered by state; unknown ones stand in their own card above. */
export function OrderTableCard({ className }: { readonly className?: string | undefined }): ReactNode {
  const text = useText();
  const query = useOrders();
  const isNarrow = useNarrow();
  const [filter, setFilter] = useState<Filter>('all');
  const [openId, setOpenId] = useState<string | null>(null);
  const orders = (query.data ?? []).filter(({ state }) => state !== 'unknown');
  const shown = filter === 'all' ? orders : orders.filter(({ state }) => states[filter].has(state));
  const label = (key: Filter): string => {
    const count = key === 'all' ? 0 : orders.filter(({ state }) => states[key].has(state)).length;
    return key === 'all' ? text.orders.filters.all : `${text.orders.filters[key]} ${count}`;
  };
  const toggle = (id: string): void => setOpenId(openId === id ? null : id);
  return (
    <Card
      title={text.orders.list}
      meta={`${query.data?.length ?? 0}${text.unit.orders}`}
      isFlush
      className={className}
      end={
        <Segmented
          label={text.orders.filter}
          className={css['filter']}
          value={filter}
          options={(['all', 'open', 'filled', 'refused'] as const).map((value) => ({ value, label: label(value) }))}
          onChange={setFilter}
        />
      }
    >
      <Panel query={query} what="orders" isInset>
        {() => {
          if (shown.length === 0) return <NoOrders isFiltered={filter !== 'all'} />;
          const props = { orders: shown, openId, onToggle: toggle };
          return isNarrow ? <OrderList {...props} /> : <OrderTable {...props} />;
        }}
      </Panel>
    </Card>
  );
}

function NoOrders({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  const { orders } = useText();
  if (isFiltered) return <Empty title={orders.emptyFilter} says="" isInset />;
  return <Empty title={orders.empty} says={orders.emptySays} action={{ href: '/s', label: orders.emptyDo }} isInset />;
}
