import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { Secret } from '#domain/secret.ts';
import { won } from '#domain/won.ts';
import { connectBroker, type ConnectedBroker } from '#gateway/keys/connect-broker.ts';
import { Gateway } from '#gateway/gateway.ts';
import { IncidentLog } from '#gateway/incident-log.ts';
import { nameOf } from '#gateway/keys/key-set.ts';
import type { KeyRotation, RotationStep } from '#gateway/keys/key-rotation.ts';
import { startRotation } from '#gateway/keys/start-rotation.ts';
import { vaultSeen } from '#gateway/keys/vault-seen.ts';
import { approve } from '#guard/approved.ts';
import type { Journal } from '#journal/journal.ts';
import { openJournal } from '#journal/open-journal.ts';
import { createVaultWithKey } from '#vault/create-vault.ts';
import { kdfFloor } from '#vault/kdf.ts';
import type { LocalVault } from '#vault/local-vault.ts';
import { openVaultBytes } from '#vault/open-vault.ts';
import type { SlotKey } from '#vault/passphrase-slot.ts';
import type { VirtualClock } from '#testbed/virtual-clock.ts';
import { gatewayClock } from './day-parts.ts';

const owner = { broker: 'kis', environment: 'paper' } as const;
const patienceMs = 20_000;
/** Market time between two orders: ten a minute. */
const orderEveryMs = 6_000;
/** In place of a passphrase, whose derivation is slow on purpose. */
const quickKey: SlotKey = (salt) => Promise.resolve(createHash('sha256').update(salt).digest());

export interface HouseOptions {
  readonly home: string;
  readonly hosts: { readonly rest: string; readonly webSocket: string };
  readonly clock: VirtualClock;
  readonly graceMs: number;
  /** Moves the exchange's time along, where it is another process's; the clocks of the two must agree (INV-42). */
  readonly advance?: (milliseconds: number) => Promise<unknown>;
  readonly onStep?: (step: RotationStep) => void | Promise<void>;
  /** N01: what was tried outside the session window. */
  readonly onOutside?: (what: string) => void;
}

/** A vault with the keys of the simulator's start. */
export async function makeHouse(home: string, { credentials }: Pick<KisSimulator, 'credentials'>): Promise<void> {
  await mkdir(home, { recursive: true });
  const vault = await createVaultWithKey(join(home, 'vault'), kdfFloor, quickKey);
  const { appKey, appSecret, account } = credentials.paper;
  const values = { 'app-key': appKey, 'app-secret': appSecret, account, 'hts-id': credentials.htsId };
  for (const [type, value] of Object.entries(values)) {
    await vault.put(nameOf(owner, type), new Secret(value), { ...owner, type });
  }
  vault.seal();
}

/**
 * The parts of a gateway process that a rotation touches, all of them real: vault file, journal, KIS client over loopback,
 * desk and session door, on market time that a test moves. The guard's word is given here, because its limits are not
 * what is tried.
 */
export class RotatingHouse {
  readonly gateway: Gateway;
  readonly rotation: KeyRotation;
  readonly vault: LocalVault;
  readonly #journal: Journal;
  readonly #connected: ConnectedBroker;
  readonly #clock: VirtualClock;
  readonly #advance: NonNullable<HouseOptions['advance']>;
  /** Longest time from a submit to its SENDING record being answered, in real milliseconds. */
  longestMs = 0;
  #isOver = false;
  /** Time may not jump while an order is on its way: the gateway would rightly hold it back. */
  #lastOrder: Promise<void> = Promise.resolve();

  private constructor(parts: {
    gateway: Gateway;
    rotation: KeyRotation;
    vault: LocalVault;
    journal: Journal;
    connected: ConnectedBroker;
    clock: VirtualClock;
    advance: NonNullable<HouseOptions['advance']>;
  }) {
    this.gateway = parts.gateway;
    this.rotation = parts.rotation;
    this.vault = parts.vault;
    this.#journal = parts.journal;
    this.#connected = parts.connected;
    this.#clock = parts.clock;
    this.#advance = parts.advance;
  }

  /** As a start after whatever happened: the vault's file as it lies there, checked against what the journal saw. */
  static async open({
    home,
    hosts,
    clock,
    graceMs,
    onStep,
    onOutside = () => undefined,
    advance = async () => undefined,
  }: HouseOptions): Promise<RotatingHouse> {
    const journal = await openJournal({ file: join(home, 'journal') });
    const vault = await openVaultBytes(join(home, 'vault'), readFileSync(join(home, 'vault')), quickKey);
    vault.checkGeneration(vaultSeen(journal)?.generation ?? 0);
    const log = { warn: () => undefined, info: () => undefined };
    const incidents = new IncidentLog({ log, elapsedMs: () => performance.now() });
    const connected = connectBroker({
      environment: 'trial',
      ...hosts,
      vault,
      folder: home,
      clock: gatewayClock(clock),
      incidents,
      callsPerSecond: 1_000,
      onOutside,
    });
    const gateway = new Gateway({
      environment: 'trial',
      build: 'test',
      broker: connected.broker,
      journal,
      clock: gatewayClock(clock),
      quietWindowMs: 2_000,
      door: connected.door,
      onOrder: () => undefined,
      onTick: () => undefined,
      onStatus: () => undefined,
      onFault: () => undefined,
      // A journal that was closed under it, as a crash does.
      onFatal: () => undefined,
    });
    await gateway.start();
    connected.door.start({
      opened: () => connected.broker.sessionOpened(),
      closed: () => connected.broker.sessionClosed().catch(() => undefined),
    });
    const rotation = startRotation({
      gateway,
      vault,
      connected,
      graceMs,
      onFault: () => undefined,
      ...(onStep === undefined ? {} : { onStep }),
    });
    return new RotatingHouse({ gateway, rotation, vault, journal, connected, clock, advance });
  }

  /** What was open before the start is found. */
  async resolved(): Promise<void> {
    await this.until(() => this.gateway.state.isResolved, 'the start to be resolved');
  }

  /** One order, six seconds of market time after the last; resolves with its id when it has its answer. */
  async order(price = 29_900): Promise<string> {
    const before = this.#lastOrder;
    const turn = Promise.withResolvers<void>();
    this.#lastOrder = turn.promise;
    await before;
    try {
      return await this.#orderNow(price);
    } finally {
      turn.resolve();
    }
  }

  async #orderNow(price: number): Promise<string> {
    await this.#advance(orderEveryMs);
    this.#clock.step(orderEveryMs);
    const id = randomUUID();
    const request = {
      requestId: id,
      requester: { kind: 'person', via: 'cli' },
      instrument: instrumentId('005930'),
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      quantity: quantity(1),
      price: won(price),
      reason: '',
    } as const;
    const sentMs = performance.now();
    const verdict = () => ({ kind: 'approved', order: approve(request), checks: [] }) as const;
    // The lane of an order that is unknown is closed; whatever its end is, the request is on record with it.
    await this.gateway.recorder.record({ kind: 'submit', orderId: id as OrderId, request, verdict });
    await this.until(() => !['intent', 'sending'].includes(this.stateOf(id)), `an answer to ${id}`);
    this.longestMs = Math.max(this.longestMs, performance.now() - sentMs);
    return id;
  }

  stateOf(orderId: string): string {
    return [...this.gateway.state.orders.values()].find((order) => order.orderId === orderId)?.state ?? 'none';
  }

  /** Withdraws everything, so that a cut-over may happen in the session. */
  async halt(): Promise<void> {
    await this.gateway.recorder.record({ kind: 'halt', by: 'test', reason: 'cut-over' });
    await this.until(() => this.openOrders() === 0, 'open orders to be withdrawn');
  }

  async resume(): Promise<void> {
    await this.gateway.recorder.record({ kind: 'resume', by: 'test' });
  }

  openOrders(): number {
    const over = new Set(['filled', 'cancelled', 'rejected', 'denied', 'not-sent', 'expired', 'confirmed-absent']);
    return [...this.gateway.state.orders.values()].filter(({ state }) => !over.has(state)).length;
  }

  /** What the broker has and what the journal says: nothing lost, nothing doubled, nothing in doubt. */
  async mustAgree(): Promise<void> {
    const doubtful = ['intent', 'sending', 'unknown', 'escalated'];
    const orders = () => [...this.gateway.state.orders.values()];
    await this.until(() => orders().every(({ state }) => !doubtful.includes(state)), 'certainty');
    const refused = orders().filter(({ state }) => ['rejected', 'not-sent', 'denied'].includes(state));
    assert.deepEqual(
      refused.map(({ steps }) => steps.at(-1)),
      [],
      'no order suffered from a key',
    );
    const inquiry = await this.#connected.broker.orders(Temporal.PlainDate.from('2026-11-20'));
    if (inquiry.kind !== 'complete') assert.fail(`the broker's list: ${inquiry.cause}`);
    const theirs = inquiry.rows.filter(({ isCancel }) => !isCancel).map(({ brokerOrderId }) => String(brokerOrderId));
    const ours = orders().flatMap(({ legs }) => legs.map(({ brokerOrderId }) => String(brokerOrderId)));
    assert.deepEqual([...new Set(ours)].sort(), ours.sort(), 'no number twice');
    assert.deepEqual([...theirs].sort(), ours, 'the broker has exactly the orders of the journal');
    assert.deepEqual(this.gateway.state.foreign.size, 0, 'no order of ours is called foreign');
  }

  /** The time of grace is over, and the key before is revoked and out of the vault. */
  async retired(): Promise<void> {
    await this.until(() => {
      void this.rotation.look();
      return this.labels().length === 2;
    }, 'the old key to be retired');
  }

  async until(isTrue: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!isTrue()) {
      assert.ok(performance.now() < deadline, `waited for ${what}`);
      await pause(1);
    }
  }

  get current(): string {
    return this.vault.get(nameOf(owner, 'app-key')).reveal();
  }

  labels(): readonly string[] {
    return this.vault
      .versions()
      .filter(({ type }) => type === 'app-key' || type === 'app-secret')
      .map(({ type, label }) => `${type} ${label}`);
  }

  async stop(): Promise<void> {
    await this.#end();
  }

  /** As far as one process can: nothing reaches the journal or the vault any more, and nobody says goodbye. */
  async crash(): Promise<void> {
    await this.#journal.close();
    this.vault.seal();
    await this.#end(false);
  }

  async #end(isInOrder = true): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#connected.door.stop();
    const stopped = this.rotation.stop().catch(() => undefined);
    const left = this.gateway.stop();
    if (isInOrder) await Promise.all([stopped, left]);
    await this.#connected.broker.close();
    await this.#journal.close();
    this.vault.seal();
  }
}
