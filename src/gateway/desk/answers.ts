import type { PlaceResult } from '#brokers/broker.ts';
import type { OrderId } from '#domain/order.ts';
import type { Draft } from './draft.ts';
import type { DeskEvent } from './events.ts';
import { isWorking } from './order-questions.ts';
import { entry } from './records.ts';

type EventOf<Kind extends DeskEvent['kind']> = Extract<DeskEvent, { readonly kind: Kind }>;

/** Anomaly rule N07: this much within ten minutes of real time halts. */
const anomalyWindowMs = 600_000;
const lostAnswersMax = 2;
const rejectionsMax = 5;

/** The broker answered the one sending of an order, or did not. */
export function onPlaced(draft: Draft, { orderId, result }: EventOf<'placed'>): OrderId {
  const order = draft.order(orderId);
  // An inquiry may have found it first; what is known is not unlearned.
  if (order === null || order.state !== 'sending') return orderId;
  const { at, elapsedMs } = draft.moment;
  switch (result.kind) {
    case 'accepted': {
      const { brokerOrderId, forwardingOffice } = result;
      draft.record(entry('order.acked', { orderId, brokerOrderId, forwardingOffice, source: 'answer', at, elapsedMs }));
      cancelIfHalted(draft, orderId);
      break;
    }
    case 'rejected':
      draft.record(entry('order.rejected', { orderId, code: result.code, detail: result.reason, at, elapsedMs }));
      break;
    case 'not-sent':
      draft.record(entry('order.not-sent', { orderId, cause: result.cause, at }));
      break;
    case 'unknown':
      draft.record(entry('order.unknown', { orderId, cause: result.cause, isOurCrash: false, at, elapsedMs }));
      draft.effect({ kind: 'inquire' });
      break;
  }
  haltOnStreak(draft);
  return orderId;
}

/** The halt came while the order was on its way: it is taken back now that it has a number. */
export function cancelIfHalted(draft: Draft, orderId: OrderId): void {
  const order = draft.order(orderId);
  if (order !== null && order.mustCancel && isWorking(order) && order.cancel === null) {
    draft.requestCancel(order, 'halt');
    draft.effect({ kind: 'inquire' });
  }
}

/** Whatever the answer, the inquiry after it says what became of the order. */
export function onCancelAnswered(draft: Draft, { orderId, result }: EventOf<'cancel-answered'>): OrderId {
  const { at, elapsedMs } = draft.moment;
  draft.record(
    entry('order.cancel-answered', {
      orderId,
      outcome: result.kind,
      brokerOrderId: result.kind === 'accepted' ? result.brokerOrderId : null,
      detail: detailOf(result),
      at,
      elapsedMs,
    }),
  );
  draft.effect({ kind: 'inquire' });
  return orderId;
}

/** Accepted: the new number is the live one. Unknown: the lane stays closed until an inquiry has settled it. */
export function onAmendAnswered(draft: Draft, event: EventOf<'amend-answered'>): OrderId {
  const { orderId, result, price, quantity } = event;
  const { at, elapsedMs } = draft.moment;
  if (draft.order(orderId)?.amend === null) return orderId;
  const accepted = result.kind === 'accepted' ? result : null;
  draft.record(
    entry('order.amend-answered', {
      orderId,
      outcome: result.kind,
      brokerOrderId: accepted?.brokerOrderId ?? null,
      forwardingOffice: accepted?.forwardingOffice ?? '',
      detail: detailOf(result),
      price,
      quantity,
      at,
      elapsedMs,
    }),
  );
  draft.effect({ kind: 'inquire' });
  return orderId;
}

function detailOf(result: PlaceResult): string {
  if (result.kind === 'accepted') return '';
  return result.kind === 'rejected' ? `${result.code} ${result.reason}` : result.cause;
}

function haltOnStreak(draft: Draft): void {
  if (draft.state.halted !== null) return;
  const recent = (times: readonly number[]) =>
    times.filter((time) => draft.moment.elapsedMs - time <= anomalyWindowMs).length;
  if (recent(draft.state.lostAnswers) >= lostAnswersMax) {
    draft.halt('rule N07', `${lostAnswersMax} answers of the broker were lost within 10 minutes`);
  } else if (recent(draft.state.rejections) >= rejectionsMax) {
    draft.halt('rule N07', `the broker rejected ${rejectionsMax} orders in a row within 10 minutes`);
  }
}
