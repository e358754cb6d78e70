import type { BrokerEnvironment } from '#domain/environment.ts';
import { invariant } from '#domain/invariant.ts';

import type { ReservationEvent } from './reservation-event.ts';

type Reserved = Extract<ReservationEvent, { kind: 'reserved' }>;

/** One reservation order and what became of it. Money in won. */
export interface Reservation {
  readonly environment: BrokerEnvironment;
  readonly seq: number;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly division: string;
  readonly price: number;
  readonly quantity: number;
  /** First and last day of execution, yyyy-mm-dd. */
  readonly from: string;
  readonly until: string;
  readonly isPeriod: boolean;
  readonly at: number;
  /** Epoch milliseconds of the cancellation; 0 while it stands. */
  readonly cancelledAt: number;
  /** Each day on which it became an order or was refused, oldest first. */
  readonly runs: readonly ReservationRun[];
}

export interface ReservationRun {
  readonly date: string;
  readonly number: number | null;
  readonly refusal: string | null;
}

/** All reservation orders of both accounts: a fold of their events. */
export class Reservations {
  readonly #bySeq = new Map<number, Reservation>();
  #lastSeq = 0;

  get nextSeq(): number {
    return this.#lastSeq + 1;
  }

  /** Oldest first. */
  of(environment: BrokerEnvironment): readonly Reservation[] {
    return [...this.#bySeq.values()].filter((reservation) => reservation.environment === environment);
  }

  all(): readonly Reservation[] {
    return [...this.#bySeq.values()];
  }

  get(seq: number): Reservation | null {
    return this.#bySeq.get(seq) ?? null;
  }

  apply(event: ReservationEvent): void {
    if (event.kind === 'reserved') return this.#open(event);
    const before = this.#bySeq.get(event.seq);
    invariant(before !== undefined, `reservation ${event.seq} was given out`);
    this.#bySeq.set(event.seq, after(before, event));
  }

  #open({ kind: _kind, ...reserved }: Reserved): void {
    invariant(!this.#bySeq.has(reserved.seq), `reservation ${reserved.seq} is given out once`);
    this.#lastSeq = Math.max(this.#lastSeq, reserved.seq);
    this.#bySeq.set(reserved.seq, { ...reserved, cancelledAt: 0, runs: [] });
  }
}

function after(before: Reservation, event: Exclude<ReservationEvent, Reserved>): Reservation {
  if (event.kind === 'reservation-cancelled') return { ...before, cancelledAt: event.at };
  if (event.kind === 'reservation-run') {
    const { date, number, refusal } = event;
    return { ...before, runs: [...before.runs, { date, number, refusal }] };
  }
  const { symbol, side, division, price, quantity, until } = event;
  return { ...before, symbol, side, division, price, quantity, until };
}
