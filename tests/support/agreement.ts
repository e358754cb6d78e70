import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Balance, BrokerOrder } from '#brokers/broker.ts';
import { fold } from '#gateway/desk/apply.ts';
import { isOver } from '#gateway/desk/order-questions.ts';
import { decodeRecord, type DeskRecord } from '#gateway/desk/records.ts';
import { emptyDesk, type DeskOrder, type DeskState } from '#gateway/desk/state.ts';
import { openJournal } from '#journal/open-journal.ts';
import { verifyJournal } from '#journal/verify-journal.ts';
import { date } from './day-parts.ts';
import type { SimulatedDay } from './simulated-day.ts';

/** The simulator's own books of the account. */
interface Ledger {
  readonly cash: number;
  readonly pending: readonly { readonly amount: number }[];
  readonly positions: readonly { readonly instrument: string; readonly quantity: number }[];
  readonly fills: readonly { readonly number: string; readonly price: number; readonly quantity: number }[];
}

/** What the three of them said when the day was over, and every record of the journal's file. */
export interface Evening {
  readonly records: readonly DeskRecord[];
  readonly state: DeskState;
  readonly rows: readonly BrokerOrder[];
  readonly balance: Balance;
  readonly ledger: Ledger;
}

/** Ends the day: lets its last orders run out, asks the account once more, stops everything, and reads the journal anew. */
export async function evening(day: SimulatedDay): Promise<Evening> {
  const { gateway, broker } = day;
  await day.reach('20:02');
  const isQuiet = (): boolean => [...gateway.state.orders.values()].every(isOver);
  while (!isQuiet()) await gateway.pump.nextRound();
  for (let looks = 0; looks < 5; looks += 1) await gateway.books.compare();
  const inquiry = await broker.orders(date);
  assert.equal(inquiry.kind, 'complete');
  const rows = inquiry.kind === 'complete' ? inquiry.rows : [];
  const balance = await broker.balance();
  const { paper: ledger } = await day.command<{ paper: Ledger }>('GET', '/ledger');
  await day.stop();

  const file = join(day.home, 'journal');
  assert.equal(verifyJournal(file).kind, 'intact');
  const journal = await openJournal({ file });
  const records = [...journal.read(1)].map(decodeRecord);
  await journal.close();
  const state = fold(records, emptyDesk);
  assert.deepEqual(state, gateway.state, 'the file tells the same as memory did');
  return { records, state, rows, balance, ledger };
}

/** Journal, ledger and account hold the same cash and shares. */
export function checkMoney({ state, balance, ledger }: Evening): void {
  const booked = ledger.cash + ledger.pending.reduce((sum, { amount }) => sum + amount, 0);
  assert.deepEqual([Number(state.books?.cash), Number(balance.settledCash)], [booked, booked]);
  const held = (positions: Iterable<{ readonly instrument: string; readonly quantity: number }>) =>
    new Map([...positions].filter(({ quantity }) => quantity > 0).map((one) => [one.instrument, one.quantity]));
  const shares = held(ledger.positions);
  assert.deepEqual(sorted(held(state.books?.positions.values() ?? [])), sorted(shares));
  assert.deepEqual(sorted(held(balance.positions)), sorted(shares));
}

/**
 * Every order has one end; every row of the account is an order of ours or was reported as nobody's; the fills of each
 * are the ledger's. A number of shares belongs to one order, so that what the broker took twice shows.
 */
export function checkOrders({ state, records, rows, ledger }: Evening): void {
  const filled = new Map<string, number>();
  for (const { number, quantity } of ledger.fills) filled.set(number, (filled.get(number) ?? 0) + quantity);
  const orders = [...state.orders.values()];
  const ours = new Map(orders.flatMap((order) => order.legs.map((leg) => [String(leg.brokerOrderId), order] as const)));
  for (const row of rows) {
    assert.equal(row.filled, filled.get(row.brokerOrderId) ?? 0, `fills of ${row.brokerOrderId}`);
    assert.equal(row.remaining, 0, `${row.brokerOrderId} outlives the day`);
    const isReported = state.foreign.has(`20261120/${row.brokerOrderId}`);
    const isOurs = ours.has(row.brokerOrderId);
    assert.ok(row.isCancel || row.isRejected || isOurs !== isReported, `${row.brokerOrderId} is ours or foreign`);
  }
  const sent = records.filter(({ kind }) => kind === 'order.sending');
  assert.equal(sent.length, new Set(sent.map(({ body }) => ('orderId' in body ? body.orderId : ''))).size);
  for (const order of orders) checkOrder(order, rows, records);
}

function checkOrder(order: DeskOrder, rows: readonly BrokerOrder[], records: readonly DeskRecord[]): void {
  const { quantity, instrument } = order.request;
  const about = `order of ${quantity}, ${order.state}: ${order.steps.map(({ kind }) => kind).join(' ')}`;
  assert.ok(isOver(order) && order.doubt === null, about);
  const taken = rows.filter((row) => !row.isCancel && row.quantity === quantity && row.instrument === instrument);
  const live = order.legs.at(-1);
  if (live === undefined) {
    assert.ok(
      taken.every(({ isRejected }) => isRejected),
      about,
    );
    return;
  }
  const row = taken.find(({ brokerOrderId }) => brokerOrderId === live.brokerOrderId);
  assert.ok(row !== undefined && order.legs.length === 1, about);
  if (row.filled === order.filled) return;
  // A bust is told by the list alone: the fill was real when it was booked, and the difference is on record.
  const isTold = records.some(
    ({ kind, body }) => kind === 'incident' && 'detail' in body && body.detail.endsWith(` ${live.brokerOrderId}`),
  );
  assert.ok(row.filled < order.filled && isTold, `${about}; the list shows ${row.filled}, we ${order.filled}`);
}

function sorted(shares: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...shares].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
