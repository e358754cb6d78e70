import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrder, OrderNotice, PlaceResult } from '#brokers/broker.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import type { Verdict } from '#guard/verdict.ts';
import { canonicalJson } from '#journal/canonical-json.ts';
import { fold } from './desk/apply.ts';
import { handle, type Handled } from './desk/desk.ts';
import type { DeskEvent, DeskSettings, Effect } from './desk/events.ts';
import { hasClosedLane, inDoubt, isOver } from './desk/order-questions.ts';
import { decodeRecord, type DeskRecord } from './desk/records.ts';
import { emptyDesk, type DeskState } from './desk/state.ts';

/**
 * T01 in miniature: desk, disk and broker on a virtual clock, with lost writes, crashes at any moment, lost, late and
 * hanging answers, delayed visibility, incomplete inquiries, and pushes that are lost, doubled and reordered. One seed
 * gives one history. At the end everything is healed, and nothing may be lost, doubled or stuck.
 */
const runs = Number(process.env['SIMULATION_RUNS'] ?? 2_000);
const firstSeed = Number(process.env['SIMULATION_SEED'] ?? 1);

test(`no order is lost, doubled or stuck in ${runs} simulated histories`, () => {
  let orders = 0;
  let crashes = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    const world = new World(seed);
    world.run();
    world.check();
    orders += world.placed.size;
    crashes += world.crashes;
  }
  assert.ok(
    orders > runs && crashes > runs / 2,
    `only ${orders} orders and ${crashes} crashes: the simulation is too tame`,
  );
});

test('a history is the same byte for byte when its seed is played again', () => {
  const texts = [1, 2].map(() => {
    const world = new World(4_711);
    world.run();
    return canonicalJson(world.durable);
  });

  assert.equal(texts[0], texts[1]);
});

const epoch = Temporal.Instant.from('2026-03-02T01:00:00Z').epochMilliseconds;
const symbols = [instrumentId('005930'), instrumentId('000660')];
const settings: DeskSettings = { quietWindowMs: 30_000, speed: 1 };
const troubleMs = 60_000;
const endMs = 400_000;

interface SimulatedOrder {
  readonly id: BrokerOrderId;
  readonly orderId: OrderId;
  readonly request: OrderRequest;
  readonly at: number;
  readonly visibleAt: number;
  filled: number;
  isCancelled: boolean;
}

/** A queue of things that will happen, in order of time; those of a dead process never do. */
interface Future {
  readonly at: number;
  readonly serial: number;
  /** The life of the process it belongs to; null for the world outside. */
  readonly life: number | null;
  readonly happen: () => void;
}

class World {
  readonly durable: DeskRecord[] = [];
  readonly placed = new Map<OrderId, number>();
  crashes = 0;
  readonly #random: () => number;
  readonly #seed: number;
  #now = 0;
  #serial = 0;
  #future: Future[] = [];
  #life = 0;
  #bornAt = 0;
  #state: DeskState = emptyDesk;
  #isWriting = false;
  #queue: DeskEvent[] = [];
  #unsynced: readonly DeskRecord[] = [];
  #broker: SimulatedOrder[] = [];
  #brokerSerial = 0;
  #lastInquiryAt = -Infinity;
  #isInquiring = false;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = mulberry32(seed);
  }

  run(): void {
    this.#start();
    const requests = 1 + this.#below(5);
    for (let index = 0; index < requests; index += 1) this.#in(this.#below(troubleMs), () => this.#ask(index, 0), null);
    for (let index = this.#below(4); index > 0; index -= 1) this.#in(this.#below(troubleMs), () => this.#crash(), null);
    for (let index = this.#below(3); index > 0; index -= 1) {
      this.#in(this.#below(troubleMs), () => this.#record({ kind: 'halt', by: 'web', reason: 'test' }), null);
      this.#in(this.#below(troubleMs), () => this.#record({ kind: 'resume', by: 'web' }), null);
    }
    for (let next = this.#next(); next !== null; next = this.#next()) {
      this.#now = next.at;
      if (next.life === null || next.life === this.#life) next.happen();
    }
  }

  check(): void {
    const because = (what: string): string => `seed ${this.#seed}: ${what}`;
    const byId = new Map([...this.#state.orders.values()].map((order) => [order.orderId, order]));
    for (const [orderId, times] of this.placed) assert.equal(times, 1, because(`${orderId} was sent ${times} times`));
    for (const order of this.#broker) {
      const ours = byId.get(order.orderId);
      const leg = ours?.legs.find((candidate) => candidate.brokerOrderId === order.id);
      assert.ok(leg, because(`${order.id} at the broker is lost: ${ours?.state}`));
      assert.equal(ours?.filled, order.filled, because(`fills of ${order.id}`));
      assert.ok(Number(ours?.filled) <= Number(ours?.quantity), because('more filled than ordered'));
      if (order.isCancelled && order.filled < order.request.quantity) {
        assert.equal(ours?.state, 'cancelled', because(`${order.id} was cancelled`));
      }
    }
    for (const order of byId.values()) {
      assert.ok(order.state !== 'intent' && order.state !== 'sending', because(`${order.orderId} is ${order.state}`));
      const sent = this.#broker.filter((candidate) => candidate.orderId === order.orderId);
      assert.ok(sent.length <= 1, because(`${order.orderId} exists ${sent.length} times`));
    }
    const ids = [...byId.values()].map((order) => order.request.requestId);
    assert.equal(new Set(ids).size, ids.length, because('a repeated request made a second order'));
    assert.equal(inDoubt(this.#state).length, 0, because('an order is still in doubt'));
    assert.equal(this.#state.foreign.size, 0, because('an order of ours was called foreign'));
    assert.ok(![...byId.values()].some((order) => order.state === 'escalated'), because('escalated without need'));
    assert.ok(this.#state.isResolved, because('the start was never resolved'));
    const replayed = fold(this.durable.map(throughDisk), emptyDesk);
    assert.equal(canonicalJson(plain(replayed)), canonicalJson(plain(this.#state)), because('a replay differs'));
  }

  // The gateway's process.

  #start(): void {
    this.#life += 1;
    this.#bornAt = this.#now;
    this.#state = fold(this.durable.map(throughDisk), emptyDesk);
    this.#queue = [];
    this.#isWriting = false;
    this.#isInquiring = false;
    this.#lastInquiryAt = -Infinity;
    this.#record({ kind: 'started', build: 'test', environment: 'paper' });
    this.#tick();
  }

  /** What is not synced is lost, or a part of it survives; requests on the wire live on at the broker. */
  #crash(): void {
    this.crashes += 1;
    const kept = this.#unsynced.slice(0, this.#below(this.#unsynced.length + 1));
    this.durable.push(...kept);
    this.#unsynced = [];
    this.#life += 1;
    this.#in(this.#below(5_000), () => this.#start(), null);
  }

  #record(event: DeskEvent): void {
    this.#queue.push(event);
    if (!this.#isWriting) this.#write();
  }

  #write(): void {
    const event = this.#queue.shift();
    if (event === undefined) return;
    const moment = { at: iso(epoch + this.#now), elapsedMs: this.#now - this.#bornAt };
    let handled: Handled;
    try {
      handled = handle(this.#state, event, moment, settings);
    } catch {
      // A request that comes too early or too late is refused; the client asks again.
      this.#write();
      return;
    }
    this.#isWriting = true;
    this.#unsynced = handled.records;
    this.#in(this.#below(20), () => this.#synced(handled), this.#life);
  }

  #synced(handled: Handled): void {
    this.durable.push(...this.#unsynced);
    this.#unsynced = [];
    this.#state = handled.state;
    this.#isWriting = false;
    // The process may die between the sync and the sending.
    for (const effect of handled.effects) this.#in(this.#below(3), () => this.#carryOut(effect), this.#life);
    this.#write();
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'inquire':
        this.#inquire();
        return;
      case 'place':
        this.#send(effect.orderId, effect.order);
        return;
      case 'cancel':
        this.#sendCancel(effect.orderId, effect.order.brokerOrderId);
        return;
      case 'amend':
        return;
    }
  }

  #tick(): void {
    const dueMs = inDoubt(this.#state).length > 0 ? 2_000 : 10_000;
    if (this.#now - this.#lastInquiryAt >= dueMs) this.#inquire();
    this.#in(1_000, () => this.#tick(), this.#life);
  }

  #inquire(): void {
    if (this.#isInquiring) return;
    this.#isInquiring = true;
    this.#lastInquiryAt = this.#now;
    const sentElapsedMs = this.#now - this.#bornAt;
    const isHealed = this.#now > troubleMs;
    this.#in(
      this.#below(500),
      () => {
        const rows = this.#broker.filter((order) => order.visibleAt <= this.#now).map(rowOf);
        this.#in(
          this.#below(500),
          () => {
            this.#isInquiring = false;
            // In some histories the broker's list can hardly ever be read to its end.
            const isComplete = isHealed || this.#random() > (this.#seed % 4 === 0 ? 0.95 : 0.3);
            const inquiry = isComplete
              ? ({ kind: 'complete', rows } as const)
              : ({ kind: 'incomplete', cause: 'page 2 failed' } as const);
            const event = { kind: 'inquired', date: 20260302, inquiry, sentElapsedMs, isDayOver: false } as const;
            this.#record({ ...event, isWhole: isComplete });
          },
          this.#life,
        );
      },
      this.#life,
    );
  }

  // The client: asks, and asks again with the same id until it knows.

  #ask(index: number, attempt: number): void {
    const requestId = `r${index}`;
    const order = [...this.#state.orders.values()].find((candidate) => candidate.request.requestId === requestId);
    // A client that lost its memory asks again although the gateway knows its order.
    if (order !== undefined && this.#random() < 0.8) {
      if (!isOver(order) && this.#random() < 0.4) this.#record({ kind: 'cancel', orderId: order.orderId, by: 'web' });
      return;
    }
    if (attempt > 40) return;
    const request: OrderRequest = {
      requestId,
      requester: { kind: 'strategy', name: 'test' },
      instrument: symbols[index % 2] ?? instrumentId('005930'),
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      // Few different sizes, so that orders look alike and a wrong match would show.
      quantity: quantity(10),
      price: won(70_000),
      reason: '',
    };
    const orderId = `o${index}-${attempt}` as OrderId;
    this.#record({ kind: 'submit', orderId, request, verdict: () => this.#verdict(request) });
    this.#in(500 + this.#below(3_000), () => this.#ask(index, attempt + 1), null);
  }

  /** The two rules that matter here: nothing while halted, nothing into a closed lane. */
  #verdict(request: OrderRequest): Verdict {
    const isClosed = [...this.#state.orders.values()].some(
      (order) => hasClosedLane(order) && order.request.instrument === request.instrument,
    );
    if (this.#state.halted !== null || isClosed) return { kind: 'denied', denials: [], checks: [] };
    return { kind: 'approved', order: approve(request), checks: [] };
  }

  // The broker.

  #send(orderId: OrderId, request: OrderRequest): void {
    this.placed.set(orderId, (this.placed.get(orderId) ?? 0) + 1);
    const wasDurable = this.durable.some(
      (record) => record.kind === 'order.sending' && record.body.orderId === orderId,
    );
    assert.ok(wasDurable, `seed ${this.#seed}: ${orderId} left before SENDING was durable`);
    const answer = (result: PlaceResult, after: number): void =>
      this.#in(after, () => this.#record({ kind: 'placed', orderId, result }), this.#life);
    const lost: PlaceResult = { kind: 'unknown', sentAt: instant(this.#now), cause: 'timeout' };
    const fate = this.#random();
    if (fate < 0.45) {
      this.#in(
        this.#below(200),
        () => {
          const order = this.#accept(orderId, request);
          answer(
            { kind: 'accepted', brokerOrderId: order.id, forwardingOffice: '', at: instant(this.#now) },
            this.#below(2_000),
          );
        },
        null,
      );
    } else if (fate < 0.6) {
      this.#in(this.#below(1_000), () => this.#accept(orderId, request), null);
      answer(lost, 10_000);
    } else if (fate < 0.7) {
      this.#in(this.#below(20_000), () => this.#accept(orderId, request), null);
      answer(lost, 10_000);
    } else if (fate < 0.75) {
      this.#accept(orderId, request);
      answer(lost, 5);
    } else if (fate < 0.9) answer(lost, 10_000);
    else if (fate < 0.95) answer({ kind: 'rejected', code: 'X', reason: 'market-closed', message: '' }, 100);
    else answer({ kind: 'not-sent', cause: 'connect refused' }, 50);
  }

  #accept(orderId: OrderId, request: OrderRequest): SimulatedOrder {
    const id = String((this.#brokerSerial += 1)).padStart(10, '0') as BrokerOrderId;
    const visibleAt = this.#now + this.#below(5_000);
    const order = { id, orderId, request, at: this.#now, visibleAt, filled: 0, isCancelled: false };
    this.#broker.push(order);
    for (let count = this.#below(4); count > 0; count -= 1)
      this.#in(this.#below(30_000), () => this.#fill(order), null);
    return order;
  }

  #fill(order: SimulatedOrder): void {
    const left = order.request.quantity - order.filled;
    if (order.isCancelled || left === 0) return;
    const size = 1 + this.#below(left);
    order.filled += size;
    const fill = {
      brokerOrderId: order.id,
      instrument: order.request.instrument,
      side: order.request.side,
      price: order.request.price,
      quantity: quantity(size),
      // Whole seconds, as the wire has them.
      at: instant(Math.floor(this.#now / 1_000) * 1_000),
    };
    const notice: OrderNotice = { kind: 'filled', fill };
    const copies = this.#random() < 0.2 ? 0 : this.#random() < 0.2 ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      this.#in(this.#below(4_000), () => this.#record({ kind: 'notice', notice }), this.#life);
    }
  }

  #sendCancel(orderId: OrderId, id: BrokerOrderId): void {
    const order = this.#broker.find((candidate) => candidate.id === id);
    assert.ok(order && order.orderId === orderId, `seed ${this.#seed}: cancel of an order that is not there`);
    const fate = this.#random();
    const reaches = fate < 0.8 || this.#now > troubleMs;
    if (reaches)
      this.#in(this.#below(1_000), () => (order.isCancelled ||= order.filled < order.request.quantity), null);
    const result: PlaceResult =
      fate < 0.6
        ? { kind: 'accepted', brokerOrderId: `c${id}` as BrokerOrderId, forwardingOffice: '', at: instant(this.#now) }
        : { kind: 'unknown', sentAt: instant(this.#now), cause: 'timeout' };
    this.#in(fate < 0.6 ? 300 : 10_000, () => this.#record({ kind: 'cancel-answered', orderId, result }), this.#life);
  }

  #next(): Future | null {
    let earliest: Future | null = null;
    for (const future of this.#future) {
      if (
        earliest === null ||
        future.at < earliest.at ||
        (future.at === earliest.at && future.serial < earliest.serial)
      ) {
        earliest = future;
      }
    }
    if (earliest === null || earliest.at > endMs) return null;
    this.#future = this.#future.filter((future) => future !== earliest);
    return earliest;
  }

  #in(afterMs: number, happen: () => void, life: number | null): void {
    this.#future.push({ at: this.#now + afterMs, serial: (this.#serial += 1), life, happen });
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

function rowOf(order: SimulatedOrder): BrokerOrder {
  const { id, request, filled, isCancelled, at } = order;
  return {
    brokerOrderId: id,
    forwardingOffice: '',
    instrument: request.instrument,
    side: request.side,
    originalId: null,
    quantity: request.quantity,
    price: request.price,
    filled: quantity(filled),
    remaining: quantity(isCancelled ? 0 : request.quantity - filled),
    isCancel: false,
    isRejected: false,
    fillPriceAverage: filled === 0 ? won(0) : request.price,
    orderedAt: instant(Math.floor(at / 1_000) * 1_000),
  };
}

/** A record as the next start reads it. */
function throughDisk(record: DeskRecord): DeskRecord {
  return decodeRecord({ sequence: 0, kind: record.kind, body: canonicalJson(record.body) });
}

/** Maps and sets as arrays of their entries, in order. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(plain);
  if (value instanceof Set || Array.isArray(value)) return [...value].map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

function instant(now: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epoch + now);
}

function iso(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toString();
}

/** A small generator with a full 32-bit state; good enough to choose faults, and the same everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
