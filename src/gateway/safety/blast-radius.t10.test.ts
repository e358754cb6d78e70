import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '#link/api.ts';
import { gatewayRights, type Right } from '#link/authorisation.ts';
import { listings } from '#markets/listings.ts';
import type { BrokerOrderId, OrderId, OrderRequest, Requester } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { seoul } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { decide } from '#guard/decide.ts';
import { limitDelayMs } from '#guard/limit-delay.ts';
import { limitsInForce } from '#guard/limit-policy.ts';
import { starter, type LimitName } from '#guard/limits.ts';
import { blastRadius } from './blast-radius.ts';
import { handle } from '../desk/desk.ts';
import type { DeskEvent, Effect } from '../desk/events.ts';
import { entry } from '../desk/records.ts';
import { emptyDesk, type DeskState } from '../desk/state.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';
import { guardState } from '../guard-state.ts';
import { QuoteTable } from '../market/quote-table.ts';

/** Tries of each adversary; ten thousand by hand: `BLAST_TRIES=10000 node --test src/gateway/blast-radius.t10.test.ts`. */
const tries = Number(process.env['BLAST_TRIES'] ?? 3);
const stocks = listings.slice(0, 6);
const price = 10_000;

type Adversary =
  | 'strategy'
  | 'runner'
  | 'cli-token'
  | 'admin-token'
  | 'web-process'
  | 'web-process in the convenience mode'
  | 'watchdog';

const roleOf: Readonly<Record<Adversary, Role>> = {
  strategy: 'runner',
  runner: 'runner',
  'cli-token': 'cli',
  'admin-token': 'admin',
  'web-process': 'server',
  'web-process in the convenience mode': 'server',
  watchdog: 'watchdog',
};

for (const adversary of Object.keys(roleOf) as Adversary[]) {
  test(`T10 §9 ${adversary} reaches its ceiling and never passes it in ${tries} days of trying`, () => {
    const ceiling = ceilingOf(adversary);
    let highest = 0;
    for (let seed = 1; seed <= tries; seed += 1) {
      const taken = attack(adversary, seed);
      assert.ok(taken <= ceiling, `seed ${seed} took on ${taken}, the ceiling is ${ceiling}`);
      highest = Math.max(highest, taken);
    }

    assert.ok(highest >= 0.99 * ceiling, `only ${highest} of ${ceiling} was reached: the ceiling was not tried`);
  });
}

test('T10 §9 the web costs nothing by itself, in the convenience mode 5,000,000, and admin nothing', () => {
  const costs = (['web-process', 'web-process in the convenience mode', 'admin-token'] as const).map(ceilingOf);

  assert.deepEqual(costs, [0, 5_000_000, 0]);
});

test('T10 §9 after a loss of 300,000 nothing is bought any more, whoever asks', () => {
  for (const adversary of ['strategy', 'cli-token'] as const) {
    const day = new Day();
    day.buy(
      stocks[0]!.symbol,
      100,
      requesterOf(adversary, () => 0),
    );
    day.quote(7_000);
    const before = day.taken;
    for (let minute = 0; minute < 60; minute += 1) {
      day.pass(60_000);
      day.quote(7_000);
      for (const { symbol } of stocks)
        day.buy(
          symbol,
          11,
          requesterOf(adversary, () => 0),
          7_000,
        );
    }

    assert.ok(before > 0);
    assert.equal(day.taken, before);
  }
});

function ceilingOf(adversary: Adversary): number {
  const rows = blastRadius({
    environment: 'paper',
    force: limitsInForce(emptyDesk.policy.limits, starter, 0),
    lossLimit: 300_000,
    isWebConvenient: isConvenient(adversary),
    submit: gatewayRights.submit,
  });
  return rows.find(({ id }) => id === adversary.split(' ')[0])?.notional ?? assert.fail(adversary);
}

/**
 * A day of every call that the role may make: orders of any size, cancels, strategies' names made up, limits set. Random at
 * first; then greedy, always the largest order that passes, so that the last thousand won are found too.
 */
function attack(adversary: Adversary, seed: number): number {
  const random = randomFrom(seed);
  const day = new Day();
  // Ten minutes less a little: noticing takes one, and before ten nothing loosened binds.
  for (let step = 0; step < 160; step += 1) {
    day.pass(3_700);
    day.quote(price);
    const who = requesterOf(adversary, random);
    const { symbol } = stocks[random(stocks.length)]!;
    const action = random(10);
    if (action === 0) day.loosen(adversary, 'dayValueAccountMax', 10_000_000);
    else if (action === 1) day.loosen(adversary, 'dayValueStrategyMax', 50_000_000);
    else if (action === 2 && may(gatewayRights.cancel, adversary)) day.cancelLast();
    else if (step < 8) day.buy(symbol, 1 + random(120), who, price, adversary);
    else day.buyMost(symbol, who, adversary);
  }
  return day.taken;
}

function requesterOf(adversary: Adversary, random: (below: number) => number): Requester {
  if (adversary === 'strategy') return { kind: 'strategy', name: 'mine' };
  if (adversary === 'runner') return { kind: 'strategy', name: `made-up-${random(4)}` };
  return { kind: 'person', via: adversary === 'cli-token' ? 'cli' : 'web' };
}

/** By itself: what asks for the person's word at the terminal is not the adversary's to give. */
function may(rights: Readonly<Partial<Record<Role, Right>>>, adversary: Adversary): boolean {
  const right = rights[roleOf[adversary]];
  return right === 'yes' || (right === 'step-up' && isConvenient(adversary));
}

function isConvenient(adversary: Adversary): boolean {
  return adversary.endsWith('convenience mode');
}

/** The gateway's own desk and guard, a broker that takes every order and fills it at once, and a market that stands. */
class Day {
  taken = 0;
  #state: DeskState;
  #now = Temporal.PlainDateTime.from('2026-11-20T09:30').toZonedDateTime(seoul).toInstant();
  #serial = 0;
  #last: OrderId | null = null;
  readonly #clock: GatewayClock;
  readonly #quotes: QuoteTable;

  constructor() {
    this.#clock = {
      now: () => this.#now,
      elapsedMs: () => this.#elapsed(),
      speed: 1,
      isTrusted: true,
      observe: () => {},
    };
    this.#quotes = new QuoteTable(this.#clock);
    this.#state = { ...emptyDesk, isResolved: true };
    this.#tell({
      kind: 'books',
      date: 20_261_120,
      cash: won(30_000_000),
      equity: won(30_000_000),
      positions: [],
      reason: '',
    });
    this.quote(price);
  }

  pass(milliseconds: number): void {
    this.#now = this.#now.add({ milliseconds });
  }

  quote(at: number): void {
    const level = { basePrice: won(price), upperLimit: won(13_000), lowerLimit: won(7_000) };
    for (const { id: instrument, name } of stocks) {
      const day = { open: won(price), high: won(price), low: won(at), volumeOfDay: 1 };
      this.#quotes.onSnapshot({ instrument, name, ...level, ...day, price: won(at), at: this.#now });
    }
  }

  buy(symbol: string, shares: number, requester: Requester, at = price, adversary: Adversary = 'cli-token'): boolean {
    if (!may(gatewayRights.submit, adversary)) return false;
    const orderId = `o-${(this.#serial += 1)}` as OrderId;
    const request: OrderRequest = {
      requestId: orderId,
      requester,
      instrument: `KRX:${symbol}`,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      quantity: quantity(shares),
      price: won(at),
      reason: '',
    };
    const verdict = () => decide(request, this.#guard());
    const effects = this.#tell({ kind: 'submit', orderId, request, verdict });
    if (!effects.some(({ kind }) => kind === 'place')) return false;
    this.taken += at * shares;
    this.#last = orderId;
    this.#fill(request, orderId);
    return true;
  }

  /** The largest order that passes, found on what the guard would say; a wrong guess costs nothing. */
  buyMost(symbol: string, requester: Requester, adversary: Adversary): void {
    for (const shares of [100, 50, 20, 11, 5, 1])
      if (this.#wouldPass(symbol, shares, requester)) {
        this.buy(symbol, shares, requester, price, adversary);
        return;
      }
  }

  loosen(adversary: Adversary, name: LimitName, value: number): void {
    if (!may(gatewayRights.loosenLimit, adversary)) return;
    const wish = { scope: { kind: 'account', subject: '' }, name, value } as const;
    const delayMs = limitDelayMs(wish, this.#state.policy.limits, starter, this.#now.epochMilliseconds);
    const [at, effectiveAt] = [this.#now.toString(), this.#now.add({ milliseconds: delayMs }).toString()];
    const body = {
      id: `${(this.#serial += 1)}`,
      scope: 'account',
      subject: '',
      name,
      value,
      effectiveAt,
      by: 'x',
      at,
    } as const;
    this.#tell({ kind: 'policy', record: entry('limit.changed', body) });
  }

  cancelLast(): void {
    if (this.#last !== null) this.#tell({ kind: 'cancel', orderId: this.#last, by: 'x' });
  }

  #wouldPass(symbol: string, shares: number, requester: Requester): boolean {
    const request: OrderRequest = {
      requestId: 'guess',
      requester,
      instrument: `KRX:${symbol}`,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      quantity: quantity(shares),
      price: won(price),
      reason: '',
    };
    return decide(request, this.#guard()).kind === 'approved';
  }

  #fill({ instrument, quantity: shares, price: at }: OrderRequest, orderId: OrderId): void {
    const brokerOrderId = orderId as string as BrokerOrderId;
    const place = { kind: 'accepted', brokerOrderId, forwardingOffice: '', at: this.#now } as const;
    this.#tell({ kind: 'placed', orderId, result: place });
    const fill = {
      brokerOrderId,
      instrument,
      side: 'buy',
      price: at,
      quantity: shares,
      at: this.#now,
    } as const;
    this.#tell({ kind: 'notice', notice: { kind: 'filled', fill } });
  }

  #tell(event: DeskEvent): readonly Effect[] {
    const moment = { at: this.#now.toString(), elapsedMs: this.#elapsed() };
    const handled = handle(this.#state, event, moment, { quietWindowMs: 30_000, speed: 1 });
    this.#state = handled.state;
    return handled.effects;
  }

  #guard() {
    return guardState(this.#state, {
      environment: 'trial',
      clock: this.#clock,
      quotes: this.#quotes,
      limits: starter,
      tradedValueAverage: () => won(1_000_000_000_000),
    });
  }

  #elapsed(): number {
    return this.#now.epochMilliseconds - 1_795_000_000_000;
  }
}

function randomFrom(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) | 0;
    return (state >>> 8) % below;
  };
}
