import type { BrokerEnvironment } from '#domain/environment.ts';
import type { Instrument } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';

import { UsAccount } from '../overseas/us-account.ts';
import { usCashDefault } from '../overseas/us-fees.ts';
import { AccountState } from './account-state.ts';
import { FloorMemory } from './floor-memory.ts';
import { Reservations } from './reservations.ts';
import type { DayBarRow, VenueEvent } from './venue-event.ts';

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
      case 'close':
      case 'interruption':
      case 'interruption-end':
      case 'halt':
        return this.floor.apply(event);
      case 'fill':
        return this.accounts[event.environment].fill(event);
      case 'bust':
        return this.accounts[event.environment].bust(event);
      case 'closed':
        return this.accounts[event.environment].closed(event);
      case 'us-order':
        this.lastNumber = Math.max(this.lastNumber, event.number);
        return this.us[event.environment].apply(event);
      case 'us-fill':
      case 'us-closed':
        return this.us[event.environment].apply(event);
      case 'reserved':
      case 'reservation-amended':
      case 'reservation-cancelled':
      case 'reservation-run':
        return this.reservations.apply(event);
      case 'day':
        return this.#roll(event);
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
