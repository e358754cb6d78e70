import { useState, type ReactNode } from 'react';
import type { CheckView, OrderView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useCancel, useConfirm } from '../data/use-order-actions.ts';
import css from '../pages/orders.module.css';
import { isOpenOrder } from '../words/open-order.ts';
import type { Strings } from '../strings.ko.ts';
import { deniedSentence, guardNumber, ruleName } from '../words/guard-words.ts';
import { AmendDialog } from './amend-dialog.tsx';
import { Button, HoldButton } from './button.tsx';
import { FailureNote } from './failure-note.tsx';
import { Flow } from './flow.tsx';
import { Icon } from './icon.tsx';

/** The whole way of an order, what the guard compared, and what can still be done with it. */
export function OrderDetail({ order }: { readonly order: OrderView }): ReactNode {
  const text = useText();
  const cancel = useCancel();
  const [isAmending, setAmending] = useState(false);
  return (
    <>
      <Flow order={order} isRow />
      <div className={css['verdict']}>
        <Icon name="safety" size="s" />
        <p>
          {text.orders.verdict}: {verdictSentence(text, order)}
        </p>
        {isOpenOrder(order) && (
          <span className={css['verdictDo']}>
            <Button size="s" onClick={() => setAmending(true)}>
              {text.orders.amend}
            </Button>
            <Button size="s" disabled={cancel.isPending} onClick={() => cancel.mutate(order.orderId)}>
              {text.orders.cancel}
            </Button>
          </span>
        )}
        {isUnusual(order) && <ConfirmButton order={order} />}
        <FailureNote error={cancel.error} />
        <ul className={css['checks']} aria-label={text.orders.checks}>
          {order.checks.map((check, index) => (
            <CheckLine key={`${index} ${check.code}`} check={check} />
          ))}
        </ul>
      </div>
      {isAmending && <AmendDialog order={order} onClose={() => setAmending(false)} />}
    </>
  );
}

/** Rules that a person may overrule for one order; every other refusal stands. */
const unusualRules: ReadonlySet<string> = new Set(['quantity-median', 'repeated-order']);

function isUnusual({ state, checks }: OrderView): boolean {
  const failed = checks.filter(({ passed }) => !passed);
  return state === 'denied' && failed.length > 0 && failed.every(({ code }) => unusualRules.has(code));
}

function ConfirmButton({ order }: { readonly order: OrderView }): ReactNode {
  const { orders } = useText();
  const confirm = useConfirm();
  if (confirm.isSuccess) return <p role="status">{orders.confirmDone}</p>;
  return (
    <span className={css['verdictDo']}>
      <HoldButton size="s" disabled={confirm.isPending} onHeld={() => confirm.mutate(order.orderId)}>
        <span>{orders.confirmDo}</span>
      </HoldButton>
      <FailureNote error={confirm.error} />
    </span>
  );
}

function CheckLine({ check }: { readonly check: CheckView }): ReactNode {
  const text = useText();
  const hasNumbers = check.unit !== 'none' && check.actual !== null && check.limit !== null;
  return (
    <li className={check.passed ? undefined : css['no']}>
      <span>
        {check.passed ? '✓' : '✕'} {ruleName(text, check.code)}
      </span>
      {hasNumbers && (
        <span>
          {text.orders.checksLimit(
            guardNumber(text, check.actual, check.unit),
            guardNumber(text, check.limit, check.unit),
          )}
        </span>
      )}
    </li>
  );
}

function verdictSentence(text: Strings, order: OrderView): string {
  const denied = order.checks.filter(({ passed }) => !passed);
  if (denied.length > 0) return denied.map((check) => deniedSentence(text, check)).join(' ');
  const reason = order.reason === '' ? '' : `${order.reason} `;
  return `${reason}${text.ticket.allPassed(order.checks.length)}`;
}
