import assert from 'node:assert/strict';

import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';

import type { BrokerOrder, PlaceResult, WorkingOrder } from './broker.ts';
import type { ConformanceSubject } from './conformance-control.ts';

/** Places a buy that rests, see `lowRequest()`. */
export async function placeLow(subject: ConformanceSubject): Promise<PlaceResult> {
  return subject.broker.place(subject.approve(await lowRequest(subject)));
}

/** A buy far enough below the market that it rests, on a price every tick table allows. */
export async function lowRequest({ broker, control }: ConformanceSubject): Promise<OrderRequest> {
  const instrument: InstrumentId = control.instruments[0];
  const { price } = await broker.price(instrument);
  return {
    requestId: 'conformance',
    requester: { kind: 'person', via: 'cli' },
    instrument,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(2),
    // Nine tenths of the price, cut down to whole thousands: inside the day's limits of 30 %.
    price: won(Math.floor((price * 0.9) / 1_000) * 1_000),
    reason: 'conformance',
  };
}

/** The order that the broker took, as a change of it names it. */
export function working(result: PlaceResult, request: OrderRequest): WorkingOrder {
  assert.ok(result.kind === 'accepted', `wanted an accepted order, found ${JSON.stringify(result)}`);
  const { brokerOrderId, forwardingOffice } = result;
  return { brokerOrderId, forwardingOffice, instrument: request.instrument, side: request.side };
}

/** The broker's whole list of the day; a list that is not complete fails the test. */
export async function rowsOf(subject: ConformanceSubject): Promise<readonly BrokerOrder[]> {
  const inquiry = await subject.broker.orders(await dayOf(subject));
  assert.ok(inquiry.kind === 'complete', inquiry.kind === 'incomplete' ? inquiry.cause : '');
  return inquiry.rows;
}

/** The broker's own day, which a simulator may have set. */
export async function dayOf({ broker, control }: ConformanceSubject): Promise<Temporal.PlainDate> {
  return seoulDate((await broker.price(control.instruments[1])).at);
}
