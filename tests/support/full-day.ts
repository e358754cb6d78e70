import assert from 'node:assert/strict';
import type { FaultName } from '#brokers/kis/simulator/host/fault-table.ts';
import { checkMoney, checkOrders, evening } from './agreement.ts';
import { strikes, type DayMarket } from './day-parts.ts';
import { buyFirst } from './order-waves.ts';
import { SimulatedDay, type LogLine } from './simulated-day.ts';

export interface FullDayOptions {
  readonly seed: string;
  readonly market: DayMarket;
  readonly isSecure?: boolean;
  /** Each must strike ten times. */
  readonly faults: readonly FaultName[];
  /** What happens between the opening and the evening's close. */
  readonly play: (day: SimulatedDay) => Promise<void>;
}

/** Orders that a day must have at the least. */
const ordersMin = 50;

/** From before the opening to after the close of the evening, and everything that must hold then. */
export async function fullDay({ seed, market, isSecure = false, faults, play }: FullDayOptions): Promise<void> {
  const day = await SimulatedDay.open({ seed, market, isSecure });
  try {
    const early = await buyFirst(day);
    assert.ok(
      early.every(({ state }) => state === 'denied'),
      'nothing is ordered before the opening',
    );
    await day.reach('09:05');
    await buyFirst(day);
    await play(day);
    const tally = await day.tally();
    for (const fault of faults) assert.ok((tally[fault] ?? 0) >= strikes, `${fault} struck ${tally[fault]} times`);
    const found = await evening(day);
    checkOrders(found);
    checkMoney(found);
    const sent = found.records.filter(({ kind }) => kind === 'order.sending').length;
    assert.ok(sent >= ordersMin, `${sent} orders were sent`);
    checkLog(day.log());
  } finally {
    await day.stop();
    day.remove();
  }
}

/** Whatever was wrong with an answer or a frame, it stands there once for each TR id. */
function checkLog(lines: readonly LogLine[]): void {
  const told = lines.flatMap(({ incident }) => (incident === undefined ? [] : [`${incident.kind} ${incident.trId}`]));
  assert.deepEqual(told, [...new Set(told)], 'nothing is told twice');
}
