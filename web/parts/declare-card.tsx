import { useState, type ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import { useDeclare } from '../data/use-order-actions.ts';
import css from '../pages/orders.module.css';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { FailureNote } from './failure-note.tsx';
import { NumberField } from './number-field.tsx';
import { Segmented } from './segmented.tsx';
import { TextField } from './text-field.tsx';

const blank = (): string => crypto.randomUUID();

/** An order of the person's own, made in another app: said here, it is no alarm and its fills count. */
export function DeclareCard({ className }: { readonly className?: string | undefined }): ReactNode {
  const text = useText();
  const { orders, ticket } = text;
  const declare = useDeclare();
  const [requestId, setRequestId] = useState(blank);
  const [symbol, setSymbol] = useState('');
  const [side, setSide] = useState<'buy' | 'sell'>('buy');
  const [quantity, setQuantity] = useState<number | null>(null);
  const [number, setNumber] = useState('');
  const isWhole = /^[0-9][0-9A-Z]{5}$/.test(symbol) && quantity !== null && /^\w{0,32}$/.test(number);
  const send = (): void => {
    if (quantity === null) return;
    const brokerOrderId = number === '' ? null : number;
    declare.mutate({ requestId, symbol, side, quantity, brokerOrderId }, { onSuccess: () => setRequestId(blank()) });
  };
  return (
    <Card title={orders.declareTitle} meta={orders.declareSays} className={className}>
      <div className={css['settle']}>
        <Segmented
          label={ticket.sidePick}
          isSides
          value={side}
          options={(['buy', 'sell'] as const).map((value) => ({ value, label: text.side[value] }))}
          onChange={setSide}
        />
        <TextField label={orders.declareSymbol} value={symbol} onChange={(typed) => setSymbol(typed.toUpperCase())} />
        <NumberField
          label={ticket.quantity}
          unit={text.unit.shares}
          value={quantity}
          step={1}
          lowerLabel={ticket.fewer}
          higherLabel={ticket.more}
          onChange={setQuantity}
        />
        <TextField label={orders.settleNumber} hint={orders.declareNumberHint} value={number} onChange={setNumber} />
        <FailureNote error={declare.error} />
        {declare.isSuccess && <p role="status">{orders.declareDone}</p>}
        <Button disabled={!isWhole || declare.isPending} onClick={send}>
          {orders.declareDo}
        </Button>
      </div>
    </Card>
  );
}
