import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrder, Inquiry } from '#brokers/broker.ts';
import { listOrders } from '#brokers/kis/account/order-list.ts';
import type { KisAnswer, KisCalls } from '#brokers/kis/calls/calls.ts';
import { unreadable } from '#brokers/kis/calls/wire-row.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { Secret } from '#domain/secret.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { handle } from './desk/desk.ts';
import type { DeskEvent } from './desk/events.ts';
import { emptyDesk, type DeskState } from './desk/state.ts';
import { Random } from '#domain/random.ts';

const day = Temporal.PlainDate.from('2026-03-02');
const openedAt = Temporal.Instant.from('2026-03-02T01:00:00Z');
const orderId = 'ours' as OrderId;
const pagesMax = 100;
const cases = 60;

test('T06 an order among 1 to 500, in pages of 3 to 100, is never called absent, whatever page fails', async () => {
  const random = new Random(6);
  const seen = { complete: 0, incomplete: 0, capped: 0 };
  for (let index = 0; index < cases; index += 1) {
    // Some lists have more pages than the adapter follows.
    const isLong = index % 10 === 0;
    const orders = isLong ? 500 : 1 + random.below(500);
    const pageSize = isLong ? 3 : 3 + random.below(98);
    const pages = Math.ceil(orders / pageSize);
    const ours = 1 + random.below(orders);
    let state = anUnknown();
    for (let round = 0; round < 5; round += 1) {
      const failing = random.chance(0.6) ? 1 + random.below(pages) : null;
      const inquiry = await listed({ orders, pageSize, ours, failing });
      const isWhole = failing === null && pages <= pagesMax;
      assert.equal(inquiry.kind, isWhole ? 'complete' : 'incomplete', `${orders} by ${pageSize}, page ${failing}`);
      if (inquiry.kind === 'complete') assert.equal(inquiry.rows.length, orders);
      seen[inquiry.kind] += 1;
      if (pages > pagesMax) seen.capped += 1;
      state = told(state, inquiry, round);
    }
    const end = state.orders.get(orderId)?.state;
    assert.ok(end === 'acked' || end === 'unknown', `${end}: ${orders} orders by ${pageSize}`);
  }

  assert.ok(seen.complete > 50 && seen.incomplete > 50 && seen.capped > 0, JSON.stringify(seen));
});

interface Listing {
  readonly orders: number;
  readonly pageSize: number;
  /** Position of the order that is looked for; all others are a person's, of other terms. */
  readonly ours: number;
  /** The page that cannot be read; null when all can. */
  readonly failing: number | null;
}

/** The adapter's own reading of pages, over a broker that is a list. */
async function listed(listing: Listing): Promise<Inquiry<BrokerOrder>> {
  const options = {
    environment: 'paper',
    rest: 'http://127.0.0.1:1',
    webSocket: 'ws://127.0.0.1:1',
    credentials: { account: () => new Secret('5012345601') },
    clock: { now: () => openedAt, elapsedMs: () => 0 },
    random: () => 0,
    limits: { pagesMax },
  } as unknown as Parameters<typeof listOrders>[0];
  let page = 0;
  const calls = {
    read: async (_endpoint: unknown, query: Readonly<Record<string, string>>): Promise<KisAnswer> => {
      page += 1;
      if (page === listing.failing) throw unreadable('VTTC0081R', 'output1', 'missing');
      const from = Number(query['CTX_AREA_NK100'] ?? '');
      const to = Math.min(listing.orders, from + listing.pageSize);
      const rows = Array.from({ length: to - from }, (_, index) => aRow(from + index + 1, listing.ours));
      const keys = { ctx_area_fk100: 'x'.padEnd(100), ctx_area_nk100: String(to).padEnd(100) };
      return {
        trId: 'VTTC0081R',
        body: { rt_cd: '0', output1: rows, ...keys },
        continuation: to < listing.orders ? 'M' : 'D',
      };
    },
    report: () => undefined,
  } as unknown as KisCalls;
  return listOrders(options, calls, day);
}

function aRow(number: number, ours: number): Record<string, string> {
  const size = number === ours ? '10' : '11';
  return {
    ord_dt: '20260302',
    ord_tmd: '100000',
    odno: String(number).padStart(10, '0'),
    orgn_odno: '',
    ord_gno_brno: '00950',
    sll_buy_dvsn_cd: '02',
    pdno: '005930',
    ord_qty: size,
    ord_unpr: '70000',
    tot_ccld_qty: '0',
    rmn_qty: size,
    rjct_qty: '0',
    cncl_yn: '',
    avg_prvs: '0',
    ordr_empno: 'OpnAPI',
    inqr_ip_addr: '127.0.0.1',
  };
}

function anUnknown(): DeskState {
  const request: OrderRequest = {
    requestId: 'r',
    requester: { kind: 'person', via: 'cli' },
    instrument: instrumentId('005930'),
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(10),
    price: won(70_000),
    reason: '',
  };
  const verdict = () => ({ kind: 'approved', order: approve(request), checks: [] }) as const;
  const events: readonly DeskEvent[] = [
    { kind: 'started', build: '', environment: 'paper' },
    inquired({ kind: 'complete', rows: [] }, 0),
    { kind: 'submit', orderId, request, verdict },
    { kind: 'placed', orderId, result: { kind: 'unknown', sentAt: openedAt, cause: 'timeout' } },
  ];
  return events.reduce((state, event) => step(state, event, 0), emptyDesk);
}

/** Twenty seconds apart, so that three whole lists without the order would prove its absence. */
function told(state: DeskState, inquiry: Inquiry<BrokerOrder>, round: number): DeskState {
  const elapsedMs = 20_000 * (round + 1);
  return step(state, inquired(inquiry, elapsedMs - 100), elapsedMs);
}

function inquired(inquiry: Inquiry<BrokerOrder>, sentElapsedMs: number): DeskEvent {
  return { kind: 'inquired', date: 20260302, inquiry, sentElapsedMs, isDayOver: false, isWhole: true };
}

function step(state: DeskState, event: DeskEvent, elapsedMs: number): DeskState {
  const at = openedAt.add({ milliseconds: elapsedMs }).toString();
  return handle(state, event, { at, elapsedMs }, { quietWindowMs: 30_000, speed: 1 }).state;
}
