import type { BrokerEnvironment } from '#domain/environment.ts';
import type { Instrument } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';

import { UsAccount } from '../overseas/us-account.ts';
import type { UsEvent } from '../overseas/us-event.ts';
import { usCashDefault } from '../overseas/us-fees.ts';
import { AccountState } from './account-state.ts';
import { FloorMemory } from './floor/floor-memory.ts';
import type { ReservationEvent } from './reservations/reservation-event.ts';
import { Reservations } from './reservations/reservations.ts';
import type { DayBarRow, VenueEvent } from './venue-event.ts';

type SignInEvent = Extract<VenueEvent, { kind: 'token' | 'revoked' | 'approval' }>;
type FloorEvent = Parameters<FloorMemory['apply']>[0];

const floorKinds: ReadonlySet<string> = new Set([
  'close',
  'interruption',
  'interruption-end',
  'halt',
] satisfies readonly FloorEvent['kind'][]);

/** Everything the log says, folded. */
export class VenueState {
  readonly accounts: Readonly<Record<BrokerEnvironment, AccountState>>;
  /** Dollars and US shares. */
  readonly us: Readonly<Record<BrokerEnvironment, UsAccount>>;
  readonly reservations = new Reservations();
  /** The trading day the venue is in. */
  date: Temporal.PlainDate;
  /** Last order number given out; numbers grow for ever, over days and accounts. */
  lastNumber = 1000;
  /** Latest market time of any event, epoch milliseconds. */
  lastAt = 0;
  /** Recorded day bars by date (yyyy-mm-dd), then symbol. */
  readonly bars = new Map<string, ReadonlyMap<string, DayBarRow>>();
  /** Last price the console moved a symbol to today. */
  readonly pushes = new Map<string, Won>();
  /** Closes, interruptions and halts, for a start during the day. */
  readonly floor = new FloorMemory();
  readonly tokens = new Map<string, Extract<VenueEvent, { kind: 'token' }>>();
  readonly approvals = new Map<string, Extract<VenueEvent, { kind: 'approval' }>>();

  constructor(opened: Extract<VenueEvent, { kind: 'opened' }>, instrumentOf: (symbol: string) => Instrument) {
    this.date = Temporal.PlainDate.from(opened.date);
    this.accounts = {
      paper: new AccountState('paper', won(opened.cash), instrumentOf),
      real: new AccountState('real', won(opened.cash), instrumentOf),
    };
    const usd = opened.usd ?? usCashDefault;
    this.us = { paper: new UsAccount('paper', usd), real: new UsAccount('real', usd) };
  }

  apply(event: VenueEvent): void {
    if ('at' in event) this.lastAt = Math.max(this.lastAt, event.at);
    if (isUsEvent(event)) return this.#applyUs(event);
    if (isReservationEvent(event)) return this.reservations.apply(event);
    if (isSignInEvent(event)) return this.#applySignIn(event);
    if (isFloorEvent(event)) return this.floor.apply(event);
    switch (event.kind) {
      case 'opened':
        return;
      case 'pushed':
        this.pushes.set(event.symbol, won(event.price));
        return;
      case 'order':
        this.lastNumber = Math.max(this.lastNumber, event.number);
        return this.accounts[event.environment].order(event);
      case 'triggered':
        return this.accounts[event.environment].triggered(event);
      case 'fill':
        return this.accounts[event.environment].fill(event);
      case 'bust':
        return this.accounts[event.environment].bust(event);
      case 'closed':
        return this.accounts[event.environment].closed(event);
      case 'day':
        return this.#roll(event);
    }
  }

  /** Orders abroad are numbered in one row with those at home. */
  #applyUs(event: UsEvent): void {
    if (event.kind === 'us-order') this.lastNumber = Math.max(this.lastNumber, event.number);
    this.us[event.environment].apply(event);
  }

  #applySignIn(event: SignInEvent): void {
    switch (event.kind) {
      case 'token':
        this.#forgetExpired(event.issuedAt);
        this.tokens.set(event.token, event);
        return;
      case 'revoked':
        this.tokens.delete(event.token);
        return;
      case 'approval':
        this.approvals.set(event.key, event);
        return;
    }
  }

  #roll(event: Extract<VenueEvent, { kind: 'day' }>): void {
    this.bars.set(event.date, new Map(event.bars.map((bar) => [bar.symbol, bar])));
    this.date = Temporal.PlainDate.from(event.next);
    this.pushes.clear();
    this.floor.roll();
    for (const account of Object.values(this.accounts)) account.rollTo(this.date);
  }

  /** Keeps both maps bounded by what one day of issues can hold. */
  #forgetExpired(now: number): void {
    for (const [token, issue] of this.tokens) if (issue.expiresAt < now) this.tokens.delete(token);
    for (const [key, issue] of this.approvals) if (issue.expiresAt < now) this.approvals.delete(key);
  }
}

function isUsEvent(event: VenueEvent): event is UsEvent {
  return event.kind.startsWith('us-');
}

function isReservationEvent(event: VenueEvent): event is ReservationEvent {
  return event.kind === 'reserved' || event.kind.startsWith('reservation-');
}

function isSignInEvent(event: VenueEvent): event is SignInEvent {
  return event.kind === 'token' || event.kind === 'revoked' || event.kind === 'approval';
}

function isFloorEvent(event: VenueEvent): event is FloorEvent {
  return floorKinds.has(event.kind);
}
