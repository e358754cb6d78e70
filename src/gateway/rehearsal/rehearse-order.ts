import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { decide } from '#guard/decide.ts';
import type { Verdict } from '#guard/verdict.ts';
import type { Head } from '#journal/record-line.ts';
import { sealBatch } from '#journal/seal-batch.ts';
import { encodeMessage, FrameReader } from '#link/frame.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { request as callShape } from '#link/message.ts';
import { symbolOf } from '#domain/instrument.ts';
import { fold } from '../desk/apply.ts';
import { handle, type Handled } from '../desk/desk.ts';
import { entry, type DeskRecord } from '../desk/records.ts';
import { findOrder, type DeskOrder } from '../desk/state.ts';
import { guardState } from '../guard-state.ts';
import { orderRequest } from '../handlers/order-request.ts';
import { orderView } from '../handlers/order-view.ts';
import { madeUpInstrument, type MadeUpDay } from './made-up-day.ts';

/** What would have gone to the journal and over the link; it goes nowhere. */
export interface Rehearsed {
  readonly verdict: Verdict;
  /** By the desk: the refusal, and what an acceptance would have made of an order that was sent. */
  readonly steps: readonly Handled[];
  readonly lines: readonly string[];
  readonly answer: Buffer;
}

const nowhere: Head = { sequence: 0, hash: '0'.repeat(64) };
const caller = { role: 'cli', connectionId: 0 } as const;
const nobody = { isUrgent: false, checkpoint: null, resolve: () => undefined, reject: () => undefined } as const;

/**
 * One order from its bytes on the link to the bytes of its answer, without all that touches anything: no socket, no
 * journal file, no broker, no state but that of `day`, which stays as it is. The made-up account is halted, so that the
 * guard looks at every rule and approves nothing; what follows an approval is folded from records.
 *
 * @param number from 0; another order for each
 */
export function rehearseOrder(day: MadeUpDay, number: number): Rehearsed {
  const { state, inputs, moment, settings } = day;
  const orderId = `rehearsed ${number}` as OrderId;
  const request = orderRequest(gatewayApi.methods.submit.params.parse(askedFor(number)), caller);
  const verdict = decide(request, guardState(state, inputs));
  const denied = handle(state, { kind: 'submit', orderId, request, verdict: () => verdict }, moment, settings);
  const sent = sentAnyway(denied.records, orderId, day);
  const brokerOrderId = String(number).padStart(10, '0') as BrokerOrderId;
  const result = { kind: 'accepted', brokerOrderId, forwardingOffice: '', at: inputs.clock.now() } as const;
  const acked = handle(fold(sent, state), { kind: 'placed', orderId, result }, moment, settings);
  const lines = [sent, acked.records].flatMap((entries) => sealBatch([{ ...nobody, entries }], nowhere, null).lines);
  const order = findOrder(acked.state, orderId);
  return { verdict, steps: [denied, acked], lines, answer: order === null ? Buffer.alloc(0) : answerOf(number, order) };
}

/** As it lies in a frame of the link. */
function askedFor(number: number): unknown {
  const params = {
    requestId: `rehearsal ${number}`,
    strategy: null,
    symbol: symbolOf(madeUpInstrument(number)),
    side: 'buy',
    type: 'limit',
    quantity: 1,
    price: 70_000,
    reason: 'rehearsal',
  };
  const [message] = new FrameReader().push(encodeMessage({ id: number, method: 'submit', params }));
  return callShape.parse(message).params;
}

/** The records of an order that the guard had let through. */
function sentAnyway(denied: readonly DeskRecord[], orderId: OrderId, { moment }: MadeUpDay): readonly DeskRecord[] {
  const [refusal] = denied;
  if (refusal?.kind !== 'order.denied') return [];
  return [entry('order.intent', refusal.body), entry('order.sending', { orderId, ...moment })];
}

function answerOf(id: number, order: DeskOrder): Buffer {
  return encodeMessage({ id, result: gatewayApi.methods.submit.result.parse(orderView(order)) });
}
