import type { ReactNode } from 'react';
import type { StrategyView } from '#link/runner-api.ts';
import type { OrderView, StatusView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useNames, useOrders, useStatus, useStrategies } from '../data/queries.ts';
import css from '../pages/today.module.css';
import type { Strings } from '../strings.ko.ts';
import { useWonText } from './amount.tsx';
import { Card } from './card.tsx';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-shapes.tsx';
import { LinkButton, Panel } from './panel.tsx';

interface Todo {
  readonly key: string;
  readonly icon: IconName;
  readonly isDanger: boolean;
  readonly title: string;
  readonly says: string;
  readonly href: string;
  readonly label: string;
}

/** What needs a person now, the most urgent first; only the first carries the accent. */
export function TodoCard(): ReactNode {
  const text = useText();
  const status = useStatus();
  const todos = useTodos(status.data);
  return (
    <Card title={text.today.todo} meta={todos.length > 0 ? text.today.todoCount(todos.length) : undefined}>
      <Panel query={status} what="status">
        {() => (todos.length === 0 ? <Nothing /> : <TodoList todos={todos} />)}
      </Panel>
    </Card>
  );
}

function TodoList({ todos }: { readonly todos: readonly Todo[] }): ReactNode {
  return (
    <ul className={css['todo']}>
      {todos.map((todo, index) => (
        <li key={todo.key}>
          <span className={classes(css['sign'], todo.isDanger && css['danger'])}>
            <Icon name={todo.icon} />
          </span>
          <div>
            <h3>{todo.title}</h3>
            <p>{todo.says}</p>
          </div>
          <div className={css['do']}>
            <LinkButton href={todo.href} tone={index === 0 ? 'primary' : 'plain'}>
              {todo.label}
            </LinkButton>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Nothing(): ReactNode {
  const { today } = useText();
  return (
    <p className={css['none']}>
      <span className={css['sign']}>
        <Icon name="check" />
      </span>
      <span>
        <b>{today.todoNone}</b>
        {today.todoNoneSays}
      </span>
    </p>
  );
}

function useTodos(status: StatusView | undefined): readonly Todo[] {
  const text = useText();
  const { data: orders } = useOrders();
  const { data: strategies } = useStrategies();
  const name = useNames();
  const won = useWonText();
  return [
    ...(orders ?? []).filter(isUnresolved).map((order) => unknownTodo(text, order, name, won)),
    ...(status === undefined || status.halted === null ? [] : [haltedTodo(text, status.halted.reason)]),
    ...(strategies ?? [])
      .filter(({ state }) => state === 'stopped' || state === 'failed')
      .map((each) => stoppedTodo(text, each)),
    ...(status === undefined ? [] : breakerTodos(text, status)),
  ];
}

/** An order whose fate at the broker is not known, or that only a person can settle. */
export function isUnresolved({ state }: OrderView): boolean {
  return state === 'unknown' || state === 'escalated';
}

function unknownTodo(
  { today, side }: Strings,
  order: OrderView,
  name: (symbol: string) => string,
  won: (value: number) => string,
): Todo {
  return {
    key: order.orderId,
    icon: 'question',
    isDanger: true,
    title: today.unknownTitle(name(order.symbol), side[order.side]),
    says: today.unknownSays(won(order.price * order.quantity)),
    href: '/orders',
    label: today.unknownDo,
  };
}

function haltedTodo({ today }: Strings, reason: string): Todo {
  return {
    key: 'halted',
    icon: 'stop',
    isDanger: true,
    title: today.haltedTitle,
    says: today.haltedSays(reason),
    href: '/safety',
    label: today.haltedDo,
  };
}

function stoppedTodo({ today }: Strings, strategy: StrategyView): Todo {
  return {
    key: `strategy ${strategy.name}`,
    icon: 'alert',
    isDanger: true,
    title: today.stoppedTitle(strategy.name),
    says: strategy.reason,
    href: '/orders',
    label: today.stoppedDo,
  };
}

function breakerTodos({ today, safety }: Strings, status: StatusView): readonly Todo[] {
  const names = ['orders', 'quotes', 'balance', 'stream'] as const;
  return names
    .filter((key) => status.connections[key] === 'open')
    .map((key) => ({
      key: `breaker ${key}`,
      icon: 'clock',
      isDanger: false,
      title: today.breakerTitle(safety.breakerNames[key]),
      says: today.breakerSays,
      href: '/safety',
      label: today.breakerDo,
    }));
}
