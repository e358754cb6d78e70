import type { OrderId } from '#domain/order.ts';
import { onAmendAnswered, onCancelAnswered, onPlaced } from './answers.ts';
import { Draft } from './draft.ts';
import type { DeskEvent, DeskSettings, Effect, Moment } from './events.ts';
import { onInquired } from './inquired.ts';
import { onDeclareManual } from './manual.ts';
import { onNotice } from './notice.ts';
import { entry, type DeskRecord } from './records.ts';
import { onAmend, onCancel, onFind, onSubmit } from './requests.ts';
import { onSettle } from './settle.ts';
import { onStarted } from './started.ts';
import type { DeskState } from './state.ts';

export interface Handled {
  readonly state: DeskState;
  /** To be journaled, in order, before any effect. */
  readonly records: readonly DeskRecord[];
  readonly effects: readonly Effect[];
  /** The order that a request made or repeated; null for other events. */
  readonly orderId: OrderId | null;
}

/**
 * The desk: what one event makes of the state. Pure; all waiting, sending and storing is somebody else's.
 *
 * @throws FixConfiguration `order.request-id-reused`, `order.not-found`, `order.not-amendable`,
 *   `order.not-escalated`, `order.settle-refused`;
 *   RetryLater `order.in-doubt`
 */
export function handle(state: DeskState, event: DeskEvent, moment: Moment, settings: DeskSettings): Handled {
  const draft = new Draft(state, moment, settings);
  const orderId = dispatch(draft, event);
  return { state: draft.state, records: draft.records, effects: draft.effects, orderId };
}

function dispatch(draft: Draft, event: DeskEvent): OrderId | null {
  switch (event.kind) {
    case 'submit':
      return onSubmit(draft, event);
    case 'cancel':
      return onCancel(draft, event);
    case 'amend':
      return onAmend(draft, event);
    case 'find':
      return onFind(draft, event);
    case 'settle':
      return onSettle(draft, event);
    case 'placed':
      return onPlaced(draft, event);
    case 'cancel-answered':
      return onCancelAnswered(draft, event);
    case 'amend-answered':
      return onAmendAnswered(draft, event);
    default:
      happened(draft, event);
      return null;
  }
}

type Happening = Exclude<DeskEvent, { readonly orderId: OrderId }>;

function happened(draft: Draft, event: Happening): void {
  const { at } = draft.moment;
  switch (event.kind) {
    case 'started':
      return onStarted(draft, event);
    case 'notice':
      return onNotice(draft, event.notice);
    case 'inquired':
      return onInquired(draft, event);
    case 'books':
      return onBooks(draft, event);
    case 'declare-manual':
      return onDeclareManual(draft, event);
    case 'policy':
      return draft.record(event.record);
    case 'halt-strategy':
      return draft.haltStrategy(event.strategy, event.by, event.reason);
    case 'halt':
      return draft.halt(event.by, event.reason);
    case 'resume':
      return draft.record(entry('resume', { by: event.by, at }));
    case 'incident':
      return draft.incident(event.code, event.detail);
    case 'alert':
      if (event.record !== null) draft.record(event.record);
      return;
    case 'login':
      return draft.record(entry('login', { outcome: event.outcome, method: event.method, at }));
    case 'vault-seen':
      return draft.record(entry('vault.seen', { id: event.id, generation: event.generation, at }));
  }
}

function onBooks(draft: Draft, event: Extract<DeskEvent, { readonly kind: 'books' }>): void {
  const { at } = draft.moment;
  const { date, cash, equity, positions, reason } = event;
  const books = { at, cash, equity, positions: positions.map((position) => ({ ...position })) };
  if (reason === '') draft.record(entry('day.opened', { date, ...books }));
  else draft.record(entry('day.rebased', { reason, ...books }));
}
