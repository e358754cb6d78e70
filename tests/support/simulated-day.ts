import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { KisBroker } from '#brokers/kis/index.ts';
import type { FaultName } from '#brokers/kis/simulator/host/fault-table.ts';
import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import { randomFrom } from '#brokers/kis/simulator/venue/random.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { Instrument } from '#domain/instrument.ts';
import { Gateway } from '#gateway/gateway.ts';
import { IncidentLog } from '#gateway/incident-log.ts';
import { openLog } from '#gateway/log.ts';
import { serve, type Served } from '#gateway/serve.ts';
import { statusView } from '#gateway/handlers/status-view.ts';
import type { Journal } from '#journal/journal.ts';
import { openJournal } from '#journal/open-journal.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { hashToken, newToken } from '#link/token.ts';
import type { OrderView } from '#link/views.ts';
import { roundToTick } from '#markets/tick-size.ts';
import type { VirtualClock } from '#testbed/virtual-clock.ts';
import {
  at,
  date,
  dayClient,
  dayLimits,
  dayPermits,
  daySimulator,
  gatewayClock,
  instruments,
  standingClock,
  type DayMarket,
} from './day-parts.ts';

export interface Wish {
  readonly instrument: Instrument;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly price: number;
}

export interface DayOptions {
  /** Of the market and of what is ordered. */
  readonly seed: string;
  readonly market: DayMarket;
  /** Over TLS; one day of a process can. */
  readonly isSecure: boolean;
}

/** The real gateway and the real KIS client against the simulator on loopback, on a clock that a test moves by hand. */
export class SimulatedDay {
  readonly seed: string;
  readonly home: string;
  readonly clock: VirtualClock;
  readonly simulator: KisSimulator;
  readonly broker: KisBroker;
  readonly journal: Journal;
  readonly gateway: Gateway;
  readonly link: LinkClient<GatewayApi>;
  readonly #admin: LinkClient<GatewayApi>;
  readonly #served: Served;
  readonly #faults: readonly unknown[];
  #serial = 0;
  #isStopped = false;

  private constructor(parts: Parts) {
    this.seed = parts.seed;
    this.home = parts.home;
    this.clock = parts.clock;
    this.simulator = parts.simulator;
    this.broker = parts.broker;
    this.journal = parts.journal;
    this.gateway = parts.gateway;
    this.link = parts.link;
    this.#admin = parts.admin;
    this.#served = parts.served;
    this.#faults = parts.fatal;
  }

  /** Opens at 08:50, with a price of everything. */
  static async open({ seed, market, isSecure }: DayOptions): Promise<SimulatedDay> {
    const home = mkdtempSync(join(tmpdir(), 'day-'));
    const clock = standingClock('08:50');
    const simulator = await daySimulator(seed, clock, market);
    const incidents = new IncidentLog({ log: openLog(home), elapsedMs: () => performance.now() });
    const broker = dayClient({ simulator, clock, isSecure, onIncident: (incident) => incidents.incident(incident) });
    const journal = await openJournal({ file: join(home, 'journal') });
    const fatal: unknown[] = [];
    let served: Served | null = null;
    const gateway = new Gateway({
      environment: 'trial',
      build: 'test',
      broker,
      journal,
      clock: gatewayClock(clock),
      limits: dayLimits,
      permits: dayPermits,
      quietWindowMs: 2_000,
      onOrder: (order) => served?.order(order),
      onTick: (tick) => served?.tick(tick),
      onStatus: () => served?.statusChanged(),
      onFault: (error) => incidents.fault(error),
      onFatal: (error) => void fatal.push(error),
    });
    const tokens = { cli: newToken(), admin: newToken() };
    const socketPath = join(home, 's');
    served = await serve({
      gateway,
      socketPath,
      tokenHashes: { cli: hashToken(tokens.cli), admin: hashToken(tokens.admin) },
      isOpenedByCredential: true,
      status: () => statusView(gateway, { account: '••', tokenExpiresAt: null, callsPerSecondMax: 0 }),
      onFault: (error) => incidents.fault(error),
    });
    await gateway.start();
    const link = await connect({ socketPath, api: gatewayApi, role: 'cli', token: tokens.cli });
    const admin = await connect({ socketPath, api: gatewayApi, role: 'admin', token: tokens.admin });
    await link.call('portfolio', {});
    const day = new SimulatedDay({
      seed,
      home,
      clock,
      simulator,
      broker,
      journal,
      gateway,
      link,
      admin,
      served,
      fatal,
    });
    for (const { symbol } of instruments) await link.call('quote', { symbol });
    return day;
  }

  /** The regular session is over. */
  get isEvening(): boolean {
    return Temporal.Instant.compare(this.clock.now(), at('15:30')) > 0;
  }

  /** One command of the simulator's console. */
  async command<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${this.simulator.hosts.console}${path}`, init);
    assert.equal(answer.status, 200, `${method} ${path}: ${await answer.clone().text()}`);
    return (await answer.json()) as Answer;
  }

  async on(fault: FaultName, trId: string, count: number, more: object = {}): Promise<void> {
    await this.command('POST', '/faults', { fault, trId, count, delayMs: 20, page: 1, seed: fault, ...more });
  }

  async off(): Promise<void> {
    await this.command('DELETE', '/faults');
  }

  async struck(fault: FaultName): Promise<number> {
    return (await this.tally())[fault] ?? 0;
  }

  tally(): Promise<Record<string, number>> {
    return this.command('GET', '/faults/tally');
  }

  /** Moves the market to `time` in one step, in which a busy market trades a few times. */
  async reach(time: string): Promise<void> {
    await this.step((at(time).epochMilliseconds - this.clock.now().epochMilliseconds) / 1000);
  }

  /** Moves the market on. */
  async step(seconds: number): Promise<void> {
    await this.command('POST', '/clock', { step: seconds });
  }

  /** An order near the market, by the seed: more often one that fills than one that rests. */
  wish(instrument: Instrument, side: Wish['side'], sharesMin = 10): Wish {
    const last = this.gateway.feed.quotes.lastTrade(instrument.id);
    assert.ok(last !== null, `${instrument.symbol} has a price`);
    this.#serial += 1;
    const isEager = randomFrom(`${this.seed}/${this.#serial}`).next() < 0.6;
    const towards = (side === 'buy') === isEager ? 1.004 : 0.996;
    // No two orders of a day have the same number of shares: what the broker took twice shows in its list.
    const quantity = sharesMin + this.#serial;
    return { instrument, side, quantity, price: roundToTick(instrument, last.price * towards, date, 'down') };
  }

  /** Submits all at once, as a person of many hands would; each ends as an order the desk knows. */
  async submit(wishes: readonly Wish[]): Promise<readonly OrderView[]> {
    return await Promise.all(
      wishes.map(({ instrument, ...wish }) =>
        this.link.call('submit', {
          requestId: `order ${wish.quantity}`,
          strategy: null,
          symbol: instrument.symbol,
          type: 'limit',
          reason: 'full day',
          ...(this.isEvening ? { session: 'after-market' as const } : {}),
          ...wish,
        }),
      ),
    );
  }

  /** Moves the market of some instruments, and orders that rest there are filled. */
  async push(): Promise<void> {
    for (const instrument of instruments.filter((_, index) => index % 6 === this.#serial % 6)) {
      const base = this.gateway.feed.quotes.basePrice(instrument.id) ?? assert.fail('a base price');
      const price = roundToTick(instrument, base * 1.006, date, 'down');
      await this.command('POST', '/market/price', { symbol: instrument.symbol, price });
    }
  }

  /** Waits until nothing is in doubt; the person then lifts a halt. */
  async settle(): Promise<void> {
    const isCertain = (state: string): boolean => !['intent', 'sending', 'unknown'].includes(state);
    await this.until(() => [...this.gateway.state.orders.values()].every(({ state }) => isCertain(state)), 'certainty');
    if (this.gateway.state.halted !== null) await this.#resume();
  }

  /** The two steps, as on a machine that a key file starts; what happens in between makes the first one worthless. */
  async #resume(): Promise<void> {
    await this.until(async () => {
      try {
        const { code } = await this.link.call('prepareResume', {});
        await this.#admin.call('resume', { code });
      } catch (error) {
        if (!(error instanceof FixConfiguration)) throw error;
      }
      return this.gateway.state.halted === null;
    }, 'the halt to be lifted');
  }

  async until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = performance.now() + 60_000;
    while (!(await isTrue())) {
      assert.deepEqual(this.#faults, [], 'the gateway goes on');
      assert.ok(performance.now() < deadline, `waited sixty seconds for ${what}`);
      await pause(5);
    }
  }

  /** Lines of the gateway's log. */
  log(): readonly LogLine[] {
    const lines = readFileSync(join(this.home, 'log'), 'utf8').trim().split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LogLine);
  }

  /** Ends everything but what stands on disk. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await this.link.close();
    await this.#admin.close();
    await this.#served.close();
    await this.gateway.stop();
    await this.broker.close();
    await this.journal.close();
    await this.simulator.close();
  }

  remove(): void {
    rmSync(this.home, { recursive: true });
  }
}

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly code?: string;
  readonly error?: string;
  readonly incident?: { readonly kind: string; readonly trId: string; readonly detail: string };
}

interface Parts {
  readonly seed: string;
  readonly home: string;
  readonly clock: VirtualClock;
  readonly simulator: KisSimulator;
  readonly broker: KisBroker;
  readonly journal: Journal;
  readonly gateway: Gateway;
  readonly link: LinkClient<GatewayApi>;
  readonly admin: LinkClient<GatewayApi>;
  readonly served: Served;
  readonly fatal: readonly unknown[];
}
