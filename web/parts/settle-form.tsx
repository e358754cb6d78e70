import { useState, type ReactNode } from 'react';
import type { OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useSettle } from '../data/use-order-actions.ts';
import css from '../pages/orders.module.css';
import { Button, HoldButton } from './button.tsx';
import { FailureNote } from './failure-note.tsx';
import { TextField } from './text-field.tsx';

/** What the broker's own screen shows of an order that needs a person: its number, or that it is not there. */
export function SettleForm({ order }: { readonly order: OrderView }): ReactNode {
  const { orders } = useText();
  const settle = useSettle();
  const [number, setNumber] = useState('');
  const isNumber = /^\w{1,32}$/.test(number);
  const { orderId } = order;
  return (
    <div className={css['settle']}>
      <TextField label={orders.settleNumber} hint={orders.settleHint} value={number} onChange={setNumber} />
      <FailureNote error={settle.error} />
      <p className={css['do']}>
        <Button
          disabled={!isNumber || settle.isPending}
          onClick={() => settle.mutate({ orderId, brokerOrderId: number })}
        >
          {orders.settleDo}
        </Button>
        <HoldButton disabled={settle.isPending} onHeld={() => settle.mutate({ orderId, brokerOrderId: null })}>
          <span>{orders.settleAbsent}</span>
        </HoldButton>
      </p>
    </div>
  );
}
