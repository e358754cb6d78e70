import type { ReactNode } from 'react';
import type { CheckView } from '#link/views.ts';
import type { VerdictAnswer } from '../../src/server/answers.ts';
import { useText } from '../data/preferences.tsx';
import type { Answer } from '../data/queries.ts';
import css from '../pages/stock.module.css';
import { deniedSentence } from '../words/guard-words.ts';
import { grouped } from '../words/number.ts';
import { Button } from './button.tsx';
import { FailureNote } from './failure-note.tsx';
import { Icon } from './icon.tsx';
import tone from './tone.module.css';

interface GuardPreviewProps {
  readonly preview: Answer<VerdictAnswer>;
  readonly price: number | null;
  readonly quantity: number | null;
  /** The quantity that would pass. */
  readonly onFit: (quantity: number) => void;
}

/** Won limits that a smaller order would keep: actual falls with the order's value. */
const fitted: ReadonlySet<string> = new Set([
  'order-value',
  'open-value',
  'day-value-account',
  'day-value-strategy',
  'position-value',
  'exposure',
  'cash',
]);

/** What the guard says of the order being written: a sentence with both numbers and the fix, or one quiet line. */
export function GuardPreview({ preview, price, quantity, onFit }: GuardPreviewProps): ReactNode {
  const text = useText();
  const { data, error } = preview;
  if (quantity === null || price === null) return <p className={css['passed']}>{text.ticket.askQuantity}</p>;
  if (error !== null) return <FailureNote error={error} />;
  if (data === undefined) return <p className={css['passed']}>{text.ticket.checking}</p>;
  const denied = data.checks.filter(({ passed }) => !passed);
  const passed = data.checks.length - denied.length;
  const first = denied[0];
  if (first === undefined) {
    return (
      <p className={css['passed']} id="guard" role="status">
        <Icon name="check" size="s" />
        {text.ticket.allPassed(passed)}
      </p>
    );
  }
  const fit = fitQuantity(denied, price, quantity);
  return (
    <>
      <div className={css['guard']} id="guard" role="status">
        <p>
          <b>{text.ticket.refused}</b> {deniedSentence(text, first)}
        </p>
        {fit > 0 && (
          <Button size="s" isWide onClick={() => onFit(fit)}>
            {text.ticket.fitTo(grouped(fit))} <span className={tone['quiet']}>{text.money.won(fit * price)}</span>
          </Button>
        )}
      </div>
      {passed > 0 && (
        <p className={css['passed']}>
          <Icon name="check" size="s" />
          {text.ticket.restPassed(passed)}
        </p>
      )}
    </>
  );
}

/** The largest quantity that keeps every denied won limit; 0 when a smaller order would not help. */
function fitQuantity(denied: readonly CheckView[], price: number, quantity: number): number {
  if (price === 0 || !denied.every(({ code, unit }) => fitted.has(code) && unit === 'won')) return 0;
  const over = denied.map(({ actual, limit }) => (actual ?? 0) - (limit ?? 0));
  return Math.max(0, quantity - Math.ceil(Math.max(0, ...over) / price));
}
