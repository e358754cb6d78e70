import assert from 'node:assert/strict';
import type { BrokerOrder, PlaceResult } from '#brokers/broker.ts';
import { handle } from '#gateway/desk/desk.ts';
import type { DeskEvent, Effect } from '#gateway/desk/events.ts';
import type { DeskRecord } from '#gateway/desk/records.ts';
import { emptyDesk, type DeskOrder, type DeskState } from '#gateway/desk/state.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';

/** Moment 0 of a desk in hand: Monday 2 March 2026, ten in Seoul. */
export const openedAt = Temporal.Instant.from('2026-03-02T01:00:00Z');
export const openedOn = 20_260_302;

/** A desk whose clock is set to the millisecond by the test; what its last event made stands in `records` and `effects`. */
export class DeskInHand {
  state: DeskState = emptyDesk;
  records: readonly DeskRecord[] = [];
  effects: readonly Effect[] = [];
  nowMs = 0;
  readonly #settings: { readonly quietWindowMs: number; readonly speed: number };

  constructor(speed = 1) {
    this.#settings = { quietWindowMs: 30_000, speed };
    this.tell({ kind: 'started', build: '', environment: 'paper' }).inquire([]);
  }

  at(nowMs: number): this {
    this.nowMs = nowMs;
    return this;
  }

  tell(event: DeskEvent): this {
    const at = openedAt.add({ milliseconds: this.nowMs }).toString();
    const handled = handle(this.state, event, { at, elapsedMs: this.nowMs }, this.#settings);
    this.state = handled.state;
    this.records = handled.records;
    this.effects = handled.effects;
    return this;
  }

  submit(id: string, change: Partial<OrderRequest> = {}): this {
    const request = aRequest(id, change);
    const verdict = () => ({ kind: 'approved', order: approve(request), checks: [] }) as const;
    return this.tell({ kind: 'submit', orderId: id as OrderId, request, verdict });
  }

  placed(id: string, result: PlaceResult): this {
    return this.tell({ kind: 'placed', orderId: id as OrderId, result });
  }

  /** Acknowledged under its own id as the broker's number. */
  acked(id: string, change: Partial<OrderRequest> = {}): this {
    return this.submit(id, change).placed(id, accepted(id));
  }

  /** A complete list, asked for at `sentMs` and answered now. */
  inquire(
    rows: readonly BrokerOrder[],
    sentMs = this.nowMs,
    change: { isDayOver?: boolean; date?: number } = {},
  ): this {
    return this.tell({
      kind: 'inquired',
      date: change.date ?? openedOn,
      inquiry: { kind: 'complete', rows },
      sentElapsedMs: sentMs,
      isDayOver: change.isDayOver ?? false,
      isWhole: true,
    });
  }

  order(id: string): DeskOrder {
    const order = this.state.orders.get(id as OrderId);
    assert.ok(order, `no order ${id} today`);
    return order;
  }

  get recordKinds(): readonly string[] {
    return this.records.map((record) => record.kind);
  }

  get effectKinds(): readonly string[] {
    return this.effects.map((effect) => effect.kind);
  }

  get incidentCodes(): readonly string[] {
    return this.state.incidents.map((incident) => incident.code);
  }
}

export function accepted(number: string): PlaceResult {
  return { kind: 'accepted', brokerOrderId: number as BrokerOrderId, forwardingOffice: '', at: openedAt };
}

export const lost: PlaceResult = { kind: 'unknown', sentAt: openedAt, cause: 'timeout' };
export const rejected: PlaceResult = { kind: 'rejected', code: 'X1', reason: 'unmapped', message: '' };

/** Ten shares of Samsung Electronics at 70,000 won, bought by the strategy "test". */
export function aRequest(id: string, change: Partial<OrderRequest> = {}): OrderRequest {
  return {
    requestId: `request of ${id}`,
    requester: { kind: 'strategy', name: 'test' },
    instrument: instrumentId('005930'),
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(10),
    price: won(70_000),
    reason: '',
    ...change,
  };
}

/** The broker's row of an order of `aRequest()`, stamped with moment 0, nothing filled. */
export function aRow(number: string, change: Partial<BrokerOrder> = {}): BrokerOrder {
  const filled = change.filled ?? quantity(0);
  return {
    brokerOrderId: number as BrokerOrderId,
    forwardingOffice: '',
    instrument: instrumentId('005930'),
    side: 'buy',
    originalId: null,
    quantity: quantity(10),
    price: won(70_000),
    filled,
    remaining: quantity(Math.max(0, 10 - filled)),
    isCancel: false,
    isRejected: false,
    fillPriceAverage: won(filled === 0 ? 0 : 70_000),
    orderedAt: openedAt,
    origin: { channel: 'api', address: '' },
    ...change,
  };
}
