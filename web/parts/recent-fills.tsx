import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useNames, useOrders } from '../data/queries.ts';
import { useNarrow } from '../data/use-narrow.ts';
import { requesterName } from '../words/requester-name.ts';
import { grouped } from '../words/number.ts';
import { clock } from '../words/seoul.ts';
import { Card, TextLink } from './card.tsx';
import { SideWord } from './chip.tsx';
import { classes } from './classes.ts';
import { Empty, Panel } from './panel.tsx';
import css from '../pages/today.module.css';
import table from './table.module.css';
import tone from './tone.module.css';

const fillsMax = 6;

interface OwnFill {
  readonly key: string;
  readonly at: string;
  readonly quantity: number;
  readonly price: number;
  readonly order: OrderView;
}

/** The newest executions of own orders, of all strategies and by hand. */
export function RecentFills({ className }: { readonly className?: string | undefined }): ReactNode {
  const text = useText();
  const { today } = text;
  const orders = useOrders();
  const isNarrow = useNarrow();
  const fills = fillsOf(orders.data ?? []);
  const count = fills.length > 0 ? `${fills.length}${text.unit.orders}` : undefined;
  return (
    <Card
      title={today.fills}
      meta={count}
      isFlush
      className={className}
      end={<TextLink href="/orders">{today.seeOrders}</TextLink>}
    >
      <Panel query={orders} what="orders" isInset>
        {() => {
          if (fills.length === 0) {
            const action = { href: '/s', label: today.fillsEmptyDo };
            return <Empty title={today.fillsEmpty} says={today.fillsEmptySays} action={action} isInset />;
          }
          const newest = fills.slice(0, fillsMax);
          return isNarrow ? <FillList fills={newest} /> : <FillTable fills={newest} />;
        }}
      </Panel>
    </Card>
  );
}

/** Every fill step of the orders, newest first. */
export function fillsOf(orders: readonly OrderView[]): readonly OwnFill[] {
  return orders
    .flatMap((order) =>
      order.steps
        .filter(({ kind }) => kind === 'filled')
        .map((step, index) => ({
          key: `${order.orderId} ${index}`,
          at: step.at,
          quantity: step.quantity ?? 0,
          price: step.price ?? order.price,
          order,
        })),
    )
    .sort((a, b) => b.at.localeCompare(a.at));
}

interface FillsProps {
  readonly fills: readonly OwnFill[];
}

function FillTable({ fills }: FillsProps): ReactNode {
  const text = useText();
  const name = useNames();
  const { today, unit } = text;
  return (
    <table className={classes(table['table'], css['fills'])}>
      <thead>
        <tr>
          <th>{today.when}</th>
          <th>{today.stock}</th>
          <th>{today.side}</th>
          <th className={table['n']}>{today.quantity}</th>
          <th className={table['n']}>
            {today.fillPrice} {unit.wonInHead}
          </th>
          <th>{today.who}</th>
        </tr>
      </thead>
      <tbody>
        {fills.map(({ key, at, quantity, price, order }) => (
          <tr key={key}>
            <td className={tone['quiet']}>{clock(at)}</td>
            <td className={table['name']}>
              <Link className={table['rowLink']} href={`/s/${order.symbol}`}>
                {name(order.symbol)}
              </Link>
            </td>
            <td>
              <SideWord side={order.side} />
            </td>
            <td className={table['n']}>
              {grouped(quantity)}
              {unit.shares}
            </td>
            <td className={table['n']}>{grouped(price)}</td>
            <td className={table['say']}>{requesterName(text, order.requester)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FillList({ fills }: FillsProps): ReactNode {
  const text = useText();
  const name = useNames();
  return (
    <ul className={table['list']}>
      {fills.map(({ key, at, quantity, price, order }) => (
        <li key={key}>
          <span className={table['top']}>
            {name(order.symbol)} <SideWord side={order.side} />
          </span>
          <span className={table['right']}>{grouped(price)}</span>
          <span className={table['sub']}>
            {clock(at)}&ensp;{requesterName(text, order.requester)}
          </span>
          <span className={table['subRight']}>
            {grouped(quantity)}
            {text.unit.shares}
          </span>
        </li>
      ))}
    </ul>
  );
}
