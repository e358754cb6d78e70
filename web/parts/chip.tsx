import type { ReactNode } from 'react';
import type { OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import css from './chip.module.css';
import { classes } from './classes.ts';

export type ChipShape = 'wait' | 'seen' | 'done' | 'edit' | 'gone' | 'no' | 'unknown' | 'on';

const shapes: Readonly<Record<OrderView['state'], ChipShape>> = {
  intent: 'wait',
  sending: 'wait',
  acked: 'wait',
  'partially-filled': 'seen',
  filled: 'done',
  cancelled: 'gone',
  expired: 'gone',
  denied: 'no',
  rejected: 'no',
  'not-sent': 'no',
  unknown: 'unknown',
  'confirmed-absent': 'gone',
  escalated: 'unknown',
};

/** A state in words with a shape before it. */
export function Chip({ shape, children }: { readonly shape: ChipShape; readonly children: ReactNode }): ReactNode {
  return <span className={classes(css['chip'], css[shape])}>{children}</span>;
}

/** Where an order stands; one that was amended and waits again says so. */
export function OrderChip({ order }: { readonly order: OrderView }): ReactNode {
  const text = useText();
  const isAmended = order.state === 'acked' && order.steps.some(({ kind }) => kind === 'amended');
  if (isAmended) return <Chip shape="edit">{text.amended}</Chip>;
  return <Chip shape={shapes[order.state]}>{text.states[order.state]}</Chip>;
}

export function Tag({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className={css['tag']}>{children}</span>;
}

export function SideWord({ side }: { readonly side: 'buy' | 'sell' }): ReactNode {
  const text = useText();
  return <span className={css[side]}>{text.side[side]}</span>;
}
