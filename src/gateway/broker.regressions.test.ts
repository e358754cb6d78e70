import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createKisBroker, type KisBroker } from '#brokers/kis/index.ts';
import { startKisSimulator, type KisSimulator } from '#brokers/kis/simulator/start.ts';
import { stillMarket } from '#brokers/kis/simulator/venue/floor/still-market.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { Secret } from '#domain/secret.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { decide } from '#guard/decide.ts';
import { openJournal } from '#journal/open-journal.ts';
import type { Journal } from '#journal/journal.ts';
import { gatewayClock, ids, standingClock } from '../../tests/support/day-parts.ts';
import type { DeskOrder } from './desk/state.ts';
import { Gateway } from './gateway.ts';

/** Named scenarios of threat-model §14 through the gateway, the KIS client and its simulator, over sockets. */
describe('regressions of threat-model §14 over sockets', () => {
  let parts: Parts;
  before(async () => (parts = await opened()));
  beforeEach(() => parts.command('DELETE', '/faults'));
  after(() => parts.close());

  it('regression timeout-then-"order again": the same request is the same order, a new one meets a closed lane', async () => {
    const { gateway } = parts;
    await parts.on('accept-then-hang', ids.buy);
    await parts.submit('again');
    await parts.until(() => parts.order('again').state === 'unknown');

    await parts.submit('again');
    const request = aRequest('once more');
    const verdict = decide(request, gateway.guardState(gateway.state));

    assert.ok(verdict.kind === 'denied' && verdict.denials.some(({ code }) => code === 'lane-closed'));
    await parts.until(() => parts.order('again').legs.length === 1);
    assert.equal(await parts.countOf('again'), 1, 'the broker has one');
  });

  it('regression "refused order reported as done": what the exchange refuses after the broker took it ends as rejected', async () => {
    await parts.on('exchange-refusal', ids.buy);
    await parts.submit('refused');
    await parts.until(() => parts.order('refused').state === 'rejected');

    assert.equal(parts.order('refused').filled, 0);
  });

  it('regression "internal exception shown as network delay": a fault of our own is told as what it is', async () => {
    parts.faults.length = 0;
    parts.failing = new TypeError('undefined is not a function');
    await parts.submit('fault');
    await parts.until(() => parts.order('fault').state !== 'sending');
    parts.failing = null;

    const { steps, state } = parts.order('fault');
    assert.equal(state, 'unknown', 'nobody knows how far it came');
    assert.match(steps.map(({ detail }) => detail).join(' '), /undefined is not a function/);
    assert.ok(parts.faults.some((error) => error instanceof TypeError));
  });

  it('regression "30-row page hides a fill": it is found when the pages can be read to the end, and not called absent before', async () => {
    await parts.on('notice-missing', ids.notice, 100);
    await parts.on('page-error', ids.list, 1_000, { page: 2 });
    await parts.command('POST', '/orders/seed', { count: 45 });
    await parts.submit('hidden', won(70_500));
    await parts.until(() => parts.order('hidden').state !== 'sending');
    await parts.gateway.pump.nextRound();

    assert.equal((await parts.broker.orders(today)).kind, 'incomplete');
    const { state, filled } = parts.order('hidden');
    assert.deepEqual([state === 'acked' || state === 'unknown', filled], [true, 0], state);

    await parts.command('DELETE', '/faults');
    await parts.until(() => parts.order('hidden').filled === 10);
    assert.equal(parts.order('hidden').state, 'filled');
  });
});

const instrument = instrumentId('005930');
const today = Temporal.PlainDate.from('2026-11-20');
const timeoutMs = 1_000;

function aRequest(requestId: string, price = won(69_000)): OrderRequest {
  return {
    requestId,
    requester: { kind: 'person', via: 'cli' },
    instrument,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(10),
    price,
    reason: '',
  };
}

class Parts {
  readonly gateway: Gateway;
  readonly broker: KisBroker;
  readonly faults: unknown[];
  /** Thrown inside the next orders, before anything of them is sent. */
  failing: Error | null = null;
  readonly #simulator: KisSimulator;
  readonly #end: () => Promise<void>;

  constructor(options: {
    readonly simulator: KisSimulator;
    readonly broker: KisBroker;
    readonly journal: Journal;
    readonly clock: ReturnType<typeof standingClock>;
    readonly home: string;
  }) {
    const { simulator, broker, journal, clock, home } = options;
    this.#simulator = simulator;
    this.broker = broker;
    this.faults = [];
    this.gateway = new Gateway({
      environment: 'trial',
      build: 'test',
      broker: {
        ...broker,
        place: async (order) => {
          if (this.failing !== null) throw this.failing;
          return broker.place(order);
        },
      },
      journal,
      clock: gatewayClock(clock),
      quietWindowMs: 2_000,
      onOrder: () => undefined,
      onTick: () => undefined,
      onStatus: () => undefined,
      onFault: (error) => void this.faults.push(error),
      onFatal: (error) => void this.faults.push(error),
    });
    this.#end = async () => {
      await this.gateway.stop();
      await broker.close();
      await journal.close();
      await simulator.close();
      rmSync(home, { recursive: true });
    };
  }

  close(): Promise<void> {
    return this.#end();
  }

  async command(method: string, path: string, body?: object): Promise<unknown> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${this.#simulator.hosts.console}${path}`, init);
    assert.equal(answer.status, 200, `${method} ${path}`);
    return await answer.json();
  }

  async on(fault: string, trId: string, count = 1, more: object = {}): Promise<void> {
    await this.command('POST', '/faults', { fault, trId, count, delayMs: 20, page: 1, seed: fault, ...more });
  }

  async submit(requestId: string, price = won(69_000)): Promise<void> {
    const request = aRequest(requestId, price);
    const verdict = () => ({ kind: 'approved', order: approve(request), checks: [] }) as const;
    await this.gateway.recorder.record({ kind: 'submit', orderId: requestId as OrderId, request, verdict });
  }

  order(requestId: string): DeskOrder {
    return this.gateway.state.orders.get(requestId as OrderId) ?? assert.fail(`no order ${requestId}`);
  }

  /** Orders at the broker with the number of ours. */
  async countOf(requestId: string): Promise<number> {
    const listed = await this.broker.orders(today);
    assert.ok(listed.kind === 'complete');
    const { price } = this.order(requestId);
    return listed.rows.filter((row) => row.price === price && row.quantity === 10).length;
  }

  async until(isTrue: () => boolean): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (!isTrue()) {
      assert.ok(performance.now() < deadline, JSON.stringify([...this.gateway.state.orders.values()].at(-1)?.steps));
      await pause(5);
    }
  }
}

async function opened(): Promise<Parts> {
  const home = mkdtempSync(join(tmpdir(), 'regression-'));
  const clock = standingClock('10:00');
  const simulator = await startKisSimulator({
    restReal: 0,
    restPaper: 0,
    wsReal: 0,
    wsPaper: 0,
    console: 0,
    profile: '2026-09',
    permissive: false,
    limits: false,
    session: 'clock',
    home: null,
    market: stillMarket({ prices: { '005930': 70_000 } }),
    clock,
    tokenThrottleSeconds: 0,
    beatMs: 100,
    cash: 100_000_000,
  });
  const { hosts, credentials } = simulator;
  const { paper, htsId } = credentials;
  const broker = createKisBroker({
    environment: 'paper',
    rest: hosts.rest,
    webSocket: hosts.webSocket,
    credentials: {
      appKey: () => new Secret(paper.appKey),
      appSecret: () => new Secret(paper.appSecret),
      account: () => new Secret(paper.account),
      htsId: () => new Secret(htsId),
      loadToken: () => null,
      saveToken: () => undefined,
    },
    clock,
    random: () => 0.5,
    timeouts: { totalMs: timeoutMs, retryBaseMs: 1, reconnectBaseMs: 5, sessionInUseMs: 5, tooFastPauseMs: 5 },
    limits: { perSecond: 10_000, burst: 1_000, tokenIssueEveryMs: 0, endpointSpacing: false },
  });
  const journal = await openJournal({ file: join(home, 'journal') });
  const parts = new Parts({ simulator, broker, journal, clock, home });
  await parts.gateway.start();
  await parts.gateway.ready(10_000);
  return parts;
}
