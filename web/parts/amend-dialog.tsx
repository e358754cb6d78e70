import { Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useAmend } from '../data/use-order-actions.ts';
import css from '../pages/orders.module.css';
import { tickSizeOf } from '../words/tick-size.ts';
import { HoldButton } from './button.tsx';
import { FailureNote } from './failure-note.tsx';
import { NumberField } from './number-field.tsx';

interface AmendDialogProps {
  readonly order: OrderView;
  readonly onClose: () => void;
}

/** New price and remaining quantity of an open order; the guard looks at it again. */
export function AmendDialog({ order, onClose }: AmendDialogProps): ReactNode {
  const text = useText();
  const amend = useAmend();
  const [price, setPrice] = useState<number | null>(order.price);
  const [quantity, setQuantity] = useState<number | null>(order.quantity - order.filled);
  const tick = tickSizeOf(price ?? order.price);
  const send = (): void => {
    if (price === null || quantity === null) return;
    amend.mutate({ orderId: order.orderId, price, quantity }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.orders.amendTitle}
      lockScroll={false}
      radius={12}
      size={360}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.24 }}
      closeButtonProps={{ 'aria-label': text.safety.resumeBack }}
    >
      <div className={css['amend']}>
        <NumberField
          label={text.ticket.price}
          hint={text.ticket.priceHint(String(tick))}
          unit={text.unit.won}
          value={price}
          step={tick}
          lowerLabel={text.ticket.down(String(tick))}
          higherLabel={text.ticket.up(String(tick))}
          onChange={setPrice}
        />
        <NumberField
          label={text.ticket.quantity}
          unit={text.unit.shares}
          value={quantity}
          step={1}
          lowerLabel={text.ticket.fewer}
          higherLabel={text.ticket.more}
          onChange={setQuantity}
        />
        <FailureNote error={amend.error} />
        <HoldButton
          tone="confirm"
          isWide
          disabled={price === null || quantity === null || amend.isPending}
          onHeld={send}
        >
          <span>{text.orders.amendDo}</span>
        </HoldButton>
      </div>
    </Modal>
  );
}
