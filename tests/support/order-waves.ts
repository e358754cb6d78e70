import assert from 'node:assert/strict';
import type { FaultName } from '#brokers/kis/simulator/host/fault-table.ts';
import { isOver } from '#gateway/desk/order-questions.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderView } from '#link/views.ts';
import { ids, instruments, strikes } from './day-parts.ts';
import type { SimulatedDay, Wish } from './simulated-day.ts';

/** More that hang at once would keep the other orders waiting for a connection. */
const hangingMax = 5;
const firstShares = 600;

/** More than are needed, so that a busy machine finds one more. */
const waveTimes =
  '09:30 09:55 10:20 10:45 11:10 11:35 12:00 12:25 12:50 13:15 13:40 14:05 14:30 14:55 16:30 17:30 18:30'.split(' ');
/** A wave goes out here whatever is left. */
const evening = '16:30';

type Victims = Map<FaultName, number>;

/** Buys some of everything, so that there is something to sell. */
export async function buyFirst(day: SimulatedDay): Promise<readonly OrderView[]> {
  const views = await day.submit(instruments.map((instrument) => day.wish(instrument, 'buy', firstShares)));
  await day.settle();
  return views;
}

/**
 * Orders in waves, one in each instrument, until every one of `faults` has struck ten of them; what of a wave a fault
 * leaves alone is an ordinary order. Nothing is ever sent again: a wave after a halt is one of new orders. The evening
 * has a wave whatever is left.
 */
export async function strikeOrders(day: SimulatedDay, faults: readonly FaultName[]): Promise<void> {
  for (const time of waveTimes) {
    const left = await unstruck(day, faults);
    if (left.size > 0 || time === evening) await strikeWave(day, time, left);
  }
  assert.deepEqual([...(await unstruck(day, faults))], [], `every fault struck ${strikes} orders`);
}

async function strikeWave(day: SimulatedDay, time: string, left: Victims): Promise<void> {
  const wishes = await wave(day, time);
  for (const side of ['buy', 'sell'] as const) {
    const count = wishes.filter((wish) => wish.side === side).length;
    for (const [fault, victims] of taken(left, count))
      await day.on(fault, ids[side], victims, fault === 'connect-refused' ? { delayMs: 1 } : {});
  }
  await day.submit(wishes);
  await day.off();
  await day.push();
  await day.settle();
}

/** The same for what happens to the notices of orders: nobody chooses whose. */
export async function strikeNotices(day: SimulatedDay, faults: readonly FaultName[]): Promise<void> {
  for (const time of waveTimes) {
    const left = await unstruck(day, faults);
    if (left.size === 0 && time !== evening) continue;
    const wishes = await wave(day, time);
    for (const [fault, victims] of left) await day.on(fault, ids.notice, victims);
    await day.submit(wishes);
    await day.off();
    await day.settle();
  }
  assert.deepEqual([...(await unstruck(day, faults))], [], `every fault struck ${strikes} notices`);
}

async function wave(day: SimulatedDay, time: string): Promise<readonly Wish[]> {
  await day.reach(time);
  return instruments.map((instrument, index) => day.wish(instrument, sideOf(day, instrument, index)));
}

async function unstruck(day: SimulatedDay, faults: readonly FaultName[]): Promise<Victims> {
  const tally = await day.tally();
  const left = faults.map((fault) => [fault, strikes - (tally[fault] ?? 0)] as const);
  return new Map(left.filter(([, count]) => count > 0));
}

/** Takes up to `count` victims out of `left`. */
function taken(left: Victims, count: number): Victims {
  const chosen: Victims = new Map();
  let room = count;
  for (const [fault, wanted] of left) {
    const victims = Math.min(room, wanted, fault === 'accept-then-hang' ? hangingMax : room);
    if (victims === 0) continue;
    room -= victims;
    chosen.set(fault, victims);
    // Those that hang are spread over the waves: what is not taken now waits for the next one.
    if (fault === 'accept-then-hang' || victims === wanted) left.delete(fault);
    else left.set(fault, wanted - victims);
  }
  return chosen;
}

/** Every other instrument is sold, where enough is held and nothing bought is still open; and the other way about. */
function sideOf(day: SimulatedDay, { id }: Instrument, index: number): Wish['side'] {
  const { state } = day.gateway;
  const open = [...state.orders.values()].find(({ request, ...order }) => {
    return request.instrument === id && !isOver({ request, ...order });
  });
  if (open !== undefined) return open.request.side;
  const held = state.books?.positions.get(id)?.quantity ?? 0;
  return index % 2 === 0 && held > firstShares / 2 ? 'sell' : 'buy';
}
