import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';

import type { Broker, BrokerOrder, BrokerStream, OrderNotice, PlaceResult } from '#brokers/broker.ts';
import { createKisBroker } from '#brokers/kis/index.ts';
import { wireClient, type WireClient } from '#brokers/kis/simulator/fixtures/wire-client.ts';
import { faultNames, meaningOf, type FaultName } from '#brokers/kis/simulator/host/fault-table.ts';
import { startKisSimulator, type KisSimulator } from '#brokers/kis/simulator/start.ts';
import { randomFrom } from '#brokers/kis/simulator/venue/random.ts';
import type { OrderRequest, OrderSession } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { Secret } from '#domain/secret.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { commission, commissionPpbOf } from '#markets/costs.ts';
import { listingOf } from '#markets/listings.ts';
import { roundToTick } from '#markets/tick-size.ts';

import { syntheticMarket } from './synthetic-market.ts';
import { VirtualClock } from './virtual-clock.ts';

const date = Temporal.PlainDate.from('2026-11-20');
const at = (time: string): Temporal.Instant => seoulInstant(date, Temporal.PlainTime.from(time));
const traded = ['005930', '035420', '105560'].map((symbol) => listingOf(symbol)!);
/** Where faults of quotes and orders of other screens are played out. */
const drilled = listingOf('000660')!;
const cash = 1_000_000_000;
const strikes = 10;
const orders = 50;

/** Faults that only an order can show; they strike the fifty orders in turn, with clean ones between. */
const orderFaults: readonly FaultName[] = [
  'refuse-before-acceptance',
  'accept-then-hang',
  'accept-then-reset',
  'accept-late',
  'accept-twice',
  'exchange-refusal',
  '500-before',
  '500-after',
  'html-before',
  'html-after',
  'http-429',
  'rate-storm',
  'malformed-json',
  'truncated-body',
  'missing-order-number',
  'duplicate-keys',
  'identical-order',
  'partial-then-cancel',
  'connect-refused',
];
const tokenFaults: readonly FaultName[] = ['same-token', 'issue-limit', 'numbers-quoted'];
const listFaults: readonly FaultName[] = ['visibility-delay', 'short-pages', 'stale-page', 'rows-reordered'];

/** What our side knows of one order it has sent. */
interface Sent {
  readonly request: OrderRequest;
  readonly result: PlaceResult;
  /** Numbers that are ours by the answer, or by the list where the answer was lost. */
  readonly numbers: string[];
}

interface Ledger {
  readonly cash: number;
  readonly pending: readonly { readonly amount: number }[];
  readonly positions: readonly { readonly instrument: string; readonly quantity: number; readonly cost: number }[];
  readonly fills: readonly {
    readonly number: string;
    readonly instrument: string;
    readonly side: 'buy' | 'sell';
    readonly price: number;
    readonly quantity: number;
    readonly fee: number;
    readonly tax: number;
  }[];
}

describe('a simulated day with every fault of the matrix', () => {
  let simulator: KisSimulator;
  let clock: VirtualClock;
  let broker: Broker;
  let stream: BrokerStream;
  let raw: WireClient;
  let isOpen = false;
  const notices: OrderNotice[] = [];
  const sent: Sent[] = [];

  const command = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${simulator.hosts.console}${path}`, init);
    assert.equal(answer.status, 200, `${method} ${path}: ${await answer.clone().text()}`);
    return (await answer.json()) as Answer;
  };
  const on = (fault: FaultName, trId: string, count = strikes, delayMs = 5): Promise<unknown> =>
    command('POST', '/faults', { fault, trId, count, delayMs, page: 1, seed: fault });
  const struck = async (fault: FaultName): Promise<number> =>
    (await command<Record<string, number>>('GET', '/faults/tally'))[fault] ?? 0;
  const until = async (isTrue: () => boolean | Promise<boolean>): Promise<void> => {
    const deadline = performance.now() + 5000;
    while (!(await isTrue())) {
      assert.ok(performance.now() < deadline, 'waited five seconds');
      await sleep(2);
    }
  };
  const reach = async (time: string): Promise<void> => {
    const seconds = (at(time).epochMilliseconds - clock.now().epochMilliseconds) / 1000;
    if (seconds > 0) await command('POST', '/clock', { step: seconds });
  };

  const client = (): Broker => {
    const { hosts, credentials } = simulator;
    const { appKey, appSecret, account } = credentials.real;
    return createKisBroker({
      environment: 'real',
      rest: hosts.restReal,
      webSocket: hosts.webSocketReal,
      simulated: true,
      credentials: {
        appKey: () => new Secret(appKey),
        appSecret: () => new Secret(appSecret),
        account: () => new Secret(account),
        htsId: () => new Secret(credentials.htsId),
        loadToken: () => vault.at(-1) ?? null,
        saveToken: (token, expiresAt) => void vault.push({ token, expiresAt }),
      },
      clock,
      random: () => randomInt(1_000) / 1_000,
      timeouts: { totalMs: 300, retryBaseMs: 1, reconnectBaseMs: 5, sessionInUseMs: 5, tooFastPauseMs: 5 },
      limits: { perSecond: 10_000, burst: 1_000, tokenIssueEveryMs: 0, endpointSpacing: false },
    });
  };
  const vault: { token: Secret; expiresAt: Temporal.Instant }[] = [];

  before(async () => {
    clock = new VirtualClock({
      start: at('08:50'),
      hoursOf: () => ({ from: at('00:00'), to: at('23:59') }),
      speed: 1,
      file: null,
    });
    clock.setPaused(true);
    simulator = await startKisSimulator({
      restReal: 0,
      restPaper: 0,
      wsReal: 0,
      wsPaper: 0,
      console: 0,
      tls: { paper: 0, real: 0 },
      profile: '2026-09',
      permissive: false,
      limits: false,
      session: 'clock',
      home: null,
      market: syntheticMarket({ seed: 'full day', instruments: [...traded, drilled] }),
      clock,
      tokenThrottleSeconds: 0,
      beatMs: 20,
      cash,
    });
    broker = client();
    raw = wireClient(simulator.hosts.restReal, simulator.credentials.real, 'real');
    await raw.signIn();
    stream = await broker.openStream({
      onTick: () => {},
      onOrderBook: () => {},
      onOrderNotice: (notice) => void notices.push(notice),
      onState: ({ kind }) => void (isOpen = kind === 'open' || (kind !== 'closed' && isOpen)),
    });
    stream.watch([...traded, drilled].map(({ id }) => id));
    await until(() => isOpen);
  });
  after(async () => {
    await stream.close();
    await simulator.close();
  });

  const listed = async (): Promise<readonly BrokerOrder[]> => {
    // A token that a fault withdrew, or a host that just came back, is told once and then mended.
    for (let tries = 0; ; tries += 1) {
      const found = await broker.orders(date).catch(() => null);
      if (found?.kind === 'complete') return found.rows;
      assert.ok(tries < 200, 'the list of the day can be read');
      await sleep(20);
    }
  };

  /** One order of the day, and what became of it: asked for in the list where the answer was lost. Never sent again. */
  async function order(index: number, session: OrderSession | undefined): Promise<void> {
    const random = randomFrom(`order ${index}`);
    const instrument = traded[index % traded.length]!;
    const held = (await command<{ real: Ledger }>('GET', '/ledger')).real.positions;
    const isHeld = held.some((position) => position.instrument === instrument.id && position.quantity > 30);
    const side = isHeld && random.next() < 0.5 ? 'sell' : 'buy';
    const quote = await command<{ now: string }>('GET', '/clock').then(() => priceOf(instrument.symbol));
    const near = quote * (1 + (side === 'buy' ? 1 : -1) * (random.next() < 0.6 ? 0.004 : -0.004));
    const request: OrderRequest = {
      requestId: `order ${index}`,
      requester: { kind: 'person', via: 'cli' },
      instrument: instrument.id,
      side,
      type: 'limit',
      timeInForce: 'day',
      // A quantity of its own tells an order apart from every other in the list.
      quantity: quantity(10 + index),
      price: roundToTick(instrument, near, date, 'down'),
      ...(session === undefined ? {} : { session }),
      reason: 'full day',
    };
    const fault = index % 2 === 0 ? orderFaults[(index / 2) % orderFaults.length] : undefined;
    if (fault !== undefined) await on(fault, side === 'buy' ? 'TTTC0012U' : 'TTTC0011U', 1);
    const result = await broker.place(approve(request));
    const numbers = result.kind === 'accepted' ? [String(result.brokerOrderId)] : [];
    await command('DELETE', '/faults');
    if (result.kind === 'unknown') {
      const mine = (row: BrokerOrder): boolean => row.quantity === request.quantity && row.instrument === instrument.id;
      numbers.push(...(await listed()).filter(mine).map((row) => String(row.brokerOrderId)));
    }
    sent.push({ request, result, numbers });
  }

  async function priceOf(symbol: string): Promise<number> {
    const query = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: symbol };
    const answer = await raw.get('/uapi/domestic-stock/v1/quotations/inquire-price', 'FHKST01010100', query);
    if (answer.status !== 200) {
      await raw.signIn();
      return priceOf(symbol);
    }
    return Number((answer.body()['output'] as Record<string, string>)['stck_prpr']);
  }

  /** Reads by the product's client, and then bare ones, until `fault` has struck ten times. */
  async function drillCall(fault: FaultName): Promise<void> {
    const isList = listFaults.includes(fault);
    const trId = tokenFaults.includes(fault) ? 'tokenP' : isList ? 'TTTC0081R' : 'FHKST01010100';
    await on(fault, trId);
    const reader = client();
    const read = async (): Promise<void> => {
      if (isList) await reader.orders(date);
      else await reader.price(drilled.id);
    };
    // A read either brings a price that can be, or fails; it never brings nonsense and never ends the process.
    const outcomes = await Promise.allSettled([read(), read(), read()]);
    assert.equal(outcomes.length, 3);
    const query = isList
      ? { ...raw.account, INQR_STRT_DT: '20261120', INQR_END_DT: '20261120', INQR_DVSN: '01', CCLD_DVSN: '00' }
      : { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: drilled.symbol };
    const path = isList ? 'trading/inquire-daily-ccld' : 'quotations/inquire-price';
    await until(async () => {
      if ((await struck(fault)) >= strikes) return true;
      const bare = (): Promise<unknown> => withinPatience(raw.get(`/uapi/domestic-stock/v1/${path}`, trId, query));
      if (trId === 'tokenP') await raw.signIn().catch(() => null);
      else await Promise.all([bare(), bare(), bare(), bare()]);
      if (fault === 'revoked-token') await raw.signIn();
      return false;
    });
    await command('DELETE', '/faults');
    await raw.signIn();
  }

  async function drillPush(fault: FaultName, trId: string): Promise<void> {
    await on(fault, trId);
    await until(async () => {
      await until(() => isOpen);
      const print = { environment: 'real', symbol: drilled.symbol, side: 'buy', division: '01', price: 0, quantity: 1 };
      await command('POST', '/orders', print);
      return (await struck(fault)) >= strikes;
    });
    await command('DELETE', '/faults');
  }

  async function drillTls(fault: FaultName): Promise<void> {
    const { url, certificate } = simulator.hosts.tls!.real;
    await on(fault, 'tls');
    const hands = Array.from({ length: strikes }, async () => {
      const socket = connectTls({ port: Number(new URL(url).port), host: 'localhost', ca: certificate });
      await Promise.race([once(socket, 'secureConnect'), once(socket, 'error')]).catch(() => null);
      socket.destroy();
    });
    await Promise.all(hands);
    await until(async () => (await struck(fault)) >= strikes);
    await command('DELETE', '/faults');
  }

  async function drill(fault: FaultName): Promise<void> {
    const points = meaningOf(fault).at;
    if (points.includes('tls')) return drillTls(fault);
    if (points.includes('call')) await drillCall(fault);
    if (points.includes('notice')) await drillPush(fault, 'H0STCNI0');
    else if (points.includes('feed')) await drillPush(fault, 'H0STCNT0');
  }

  // Fifty orders, seven hundred strikes and eleven hours of market take about ten seconds.
  it('ends with what we know, the broker’s ledger and the account in agreement to the won', async () => {
    let index = 0;
    const trade = async (times: readonly string[], session?: OrderSession): Promise<void> => {
      for (const time of times) {
        await reach(time);
        await order(index, session);
        index += 1;
      }
    };
    await trade(['08:50:10', '08:54', '08:58']);
    await trade(minutes('09:02', 15, 12));
    await reach('12:05');
    for (const fault of faultNames) await drill(fault);
    await listed();
    await trade(minutes('12:30', 15, 11));
    await trade(['15:21', '15:25', '15:28']);
    await trade(minutes('16:05', 11, 21), 'after-market');
    await reach('20:00:30');

    const tally = await command<Record<string, number>>('GET', '/faults/tally');
    const { real: ledger } = await command<{ real: Ledger }>('GET', '/ledger');
    const rows = await listed();
    const balance = await broker.balance();

    assert.equal(sent.length, orders);
    for (const fault of faultNames) assert.ok((tally[fault] ?? 0) >= strikes, `${fault} struck ${tally[fault]} times`);
    checkOrders(rows, ledger);
    checkMoney(ledger, balance);
  });

  /** Every order of ours is in the list as often as the broker took it, and its fills are the ledger's. */
  function checkOrders(rows: readonly BrokerOrder[], ledger: Ledger): void {
    const filled = new Map<string, number>();
    for (const fill of ledger.fills) filled.set(fill.number, (filled.get(fill.number) ?? 0) + fill.quantity);
    for (const row of rows) assert.equal(row.filled, filled.get(String(row.brokerOrderId)) ?? 0, row.brokerOrderId);
    const known = new Map(rows.map((row) => [String(row.brokerOrderId), row]));
    for (const { request, result, numbers } of sent) {
      for (const number of numbers) assert.equal(known.get(number)?.quantity, request.quantity, request.requestId);
      const taken = rows.filter((row) => row.quantity === request.quantity && !row.isCancel).length;
      const mayDouble = taken === 2 && numbers.length >= 1;
      assert.ok(taken === numbers.length || mayDouble, `${request.requestId}: ${result.kind}, taken ${taken} times`);
      if (result.kind === 'rejected' || result.kind === 'not-sent') assert.equal(taken, 0, request.requestId);
    }
    assert.ok(
      rows.every((row) => row.remaining === 0),
      'nothing outlives the day',
    );
  }

  function checkMoney(ledger: Ledger, balance: Awaited<ReturnType<Broker['balance']>>): void {
    let expected = cash;
    const held = new Map<string, number>();
    for (const { instrument, side, price, quantity: shares, fee, tax } of ledger.fills) {
      const value = price * shares;
      assert.equal(fee, commission(won(value), commissionPpbOf('stock')));
      expected += side === 'buy' ? -value - fee : value - fee - tax;
      held.set(instrument, (held.get(instrument) ?? 0) + (side === 'buy' ? shares : -shares));
    }
    const booked = ledger.cash + ledger.pending.reduce((sum, { amount }) => sum + amount, 0);
    assert.deepEqual([booked, Number(balance.settledCash)], [expected, expected]);
    const positions = balance.positions.map((position) => [position.instrument, Number(position.quantity)] as const);
    assert.deepEqual(new Map(positions), new Map([...held].filter(([, shares]) => shares > 0)));
    assert.ok(notices.some(({ kind }) => kind === 'filled'));
  }
});

/** `count` times of the day from `first` on, so many minutes apart. */
function minutes(first: string, apart: number, count: number): readonly string[] {
  const start = Temporal.PlainTime.from(first);
  return Array.from({ length: count }, (_, index) => start.add({ minutes: apart * index }).toString());
}

/** The answer, or nothing when it does not come: a host that hangs must not hold the drill. */
async function withinPatience(answer: Promise<unknown>): Promise<unknown> {
  return await Promise.race([answer.catch(() => null), sleep(60)]);
}
