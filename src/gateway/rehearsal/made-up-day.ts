import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listings } from '#markets/listings.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';
import { fold } from '../desk/apply.ts';
import type { DeskSettings, Moment } from '../desk/events.ts';
import { entry, type DeskRecord } from '../desk/records.ts';
import { emptyDesk, type DeskState } from '../desk/state.ts';
import type { GuardInputs } from '../guard-state.ts';

/** An account that exists nowhere, on a day long past, in the middle of its session. */
export interface MadeUpDay {
  /** Halted from its first record on: the guard says no to every order, and no approval comes of a rehearsal. */
  readonly state: DeskState;
  readonly inputs: GuardInputs;
  readonly moment: Moment;
  readonly settings: DeskSettings;
}

/** Orders of a day: as many as the starter's limits let through. */
const ordersOfDay = 100;
const now = seoulInstant(Temporal.PlainDate.from('2026-03-03'), Temporal.PlainTime.from('10:00'));
const price = won(70_000);

const clock: GatewayClock = {
  speed: 1,
  isTrusted: true,
  now: () => now,
  elapsedMs: () => 0,
  observe: () => undefined,
};

/** The same at every call. Cost: some milliseconds. */
export function madeUpDay(): MadeUpDay {
  const moment: Moment = { at: now.toString(), elapsedMs: 0 };
  const { at } = moment;
  const cash = won(10_000_000);
  const records: readonly DeskRecord[] = [
    entry('gateway.started', { build: '', environment: 'paper', at }),
    entry('gateway.resolved', { at }),
    entry('day.opened', { date: 20260303, at, cash, equity: cash, positions: [] }),
    entry('halt', { by: 'rehearsal', reason: 'nothing here is real', at }),
    ...Array.from({ length: ordersOfDay }, (_, index) => earlierOrder(index, at)).flat(),
  ];
  return {
    state: fold(records, emptyDesk),
    inputs: {
      environment: 'paper',
      clock,
      quotes: { lastTrade: () => ({ price, at: now }), basePrice: () => price },
      limits: starter,
      tradedValueAverage: () => won(100_000_000_000),
      designation: () => 'none',
    },
    moment,
    settings: { quietWindowMs: 30_000, speed: 1 },
  };
}

/** One of the listed stocks in turn. */
export function madeUpInstrument(index: number): InstrumentId {
  return listings[index % listings.length]?.id ?? 'KRX:005930';
}

function earlierOrder(index: number, at: string): readonly DeskRecord[] {
  const orderId = `earlier ${index}` as OrderId;
  const request = {
    requestId: orderId,
    requester: { kind: 'person', via: 'cli' },
    instrument: madeUpInstrument(index),
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(1),
    price,
    reason: '',
  } as const;
  return [
    entry('order.intent', { orderId, request, checks: [], at }),
    entry('order.not-sent', { orderId, cause: '', at }),
  ];
}
