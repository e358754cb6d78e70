import { FixConfiguration, RetryLater, SnowballError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { Vault, VersionChange } from '#vault/vault.ts';
import { keySetOf, nameOf, replacedAt, typesUnder, type KeyOwner, type KeySet, type RotatingType } from './key-set.ts';
import type { KeyedBroker, RotatingBroker } from './rotating-broker.ts';

/**
 * `overlap`: both keys live until the old one is retired. `cut-over`: the old key died when the new one was issued.
 */
export type RotationShape = 'overlap' | 'cut-over';

export interface NewKeyValue {
  readonly type: RotatingType;
  readonly value: Secret;
}

/** Between any two of these a process may die; tests do so. */
export type RotationStep = 'kept' | 'tested' | 'halted' | 'drained' | 'promoted' | 'switched' | 'revoked' | 'retired';

export interface KeyRotationOptions {
  readonly vault: Vault;
  readonly owner: KeyOwner;
  readonly rotating: RotatingBroker;
  /** Another adapter for a key set; opens nothing yet. */
  readonly connect: (keys: KeySet) => KeyedBroker;
  /** Inside the session window. */
  readonly isInSession: () => boolean;
  readonly isHalted: () => boolean;
  /** Orders that may still change at the broker. */
  readonly openOrders: () => number;
  /** Durable when fulfilled. */
  readonly halt: (reason: string) => Promise<unknown>;
  readonly incident: (code: string, detail: string) => Promise<unknown>;
  /** The vault was saved: its generation goes on record, so that an older file is noticed. */
  readonly saved: () => Promise<unknown>;
  /** Everything asked from now on goes out under the new key. */
  readonly switched: () => void;
  readonly elapsedMs: () => number;
  readonly onFault: (error: unknown) => void;
  /** Real milliseconds for which the old key is kept beside the new one; ten minutes when not said. */
  readonly graceMs?: number;
  /** The machine's time, by which labels are dated. */
  readonly wallNow?: () => Temporal.Instant;
  readonly onStep?: (step: RotationStep) => void | Promise<void>;
}

export interface RotationOutcome {
  readonly shape: RotationShape;
  readonly generation: number;
  /** After so long the old key is revoked and retired; 0 when it is gone already. */
  readonly graceMs: number;
}

/** Threat-model §12. */
const graceMsDefault = 10 * 60_000;
const lookEveryMs = 1_000;

/**
 * Changes the broker's key beneath a running gateway. At every moment the vault's CURRENT key is whole, and each save is
 * one step: whoever starts after a crash opens with the old key or the new one and never with half of each.
 */
export class KeyRotation {
  readonly #options: KeyRotationOptions;
  readonly #graceMs: number;
  #isBusy = false;
  #retiresAtMs: number | null = null;
  #retiring: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: KeyRotationOptions) {
    this.#options = options;
    this.#graceMs = options.graceMs ?? graceMsDefault;
  }

  /** Takes up what an earlier process left: an old key in its time of grace is retired when that is over. */
  start(): void {
    const { vault, owner, rotating, connect, elapsedMs, wallNow = Temporal.Now.instant } = this.#options;
    const since = replacedAt(vault, owner);
    if (since !== null) {
      rotating.remember(connect(keySetOf(vault, owner, 'PREVIOUS')));
      const passedMs = Math.max(0, wallNow().epochMilliseconds - since.epochMilliseconds);
      this.#retiresAtMs = elapsedMs() + Math.max(0, this.#graceMs - passedMs);
    }
    this.#timer = setInterval(() => void this.look().catch(this.#options.onFault), lookEveryMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#retiring;
  }

  /**
   * Puts a new key to work. Without `values` it goes on with the PENDING ones that were kept before.
   *
   * @throws {RetryLater} `gateway.rotation-busy`, `gateway.session-closed`
   * @throws {FixConfiguration} `gateway.rotation-test` when the broker does not take the new key: in the overlap shape
   *   the old one goes on as if nothing had been; `gateway.rotation-open`, `vault.no-pending`, and what saves throw
   */
  async rotate(values: readonly NewKeyValue[], shape: RotationShape): Promise<RotationOutcome> {
    if (this.#isBusy) throw busy('another rotation is under way');
    if (this.#options.rotating.previous !== null && shape === 'overlap')
      throw busy('the key before is in its ten minutes');
    this.#isBusy = true;
    try {
      return shape === 'overlap' ? await this.#overlap(values) : await this.#cutOver(values);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Retires the old key when its time is over; each second, and whenever somebody wants to know. */
  async look(): Promise<void> {
    if (this.#retiresAtMs === null || this.#options.elapsedMs() < this.#retiresAtMs || this.#isBusy) return;
    this.#retiring ??= this.#retire().finally(() => (this.#retiring = null));
    await this.#retiring;
  }

  async #overlap(values: readonly NewKeyValue[]): Promise<RotationOutcome> {
    const { vault, owner, rotating, connect, isInSession, incident } = this.#options;
    if (!isInSession()) {
      throw new RetryLater(
        'gateway.session-closed',
        'Cannot change the key now: outside the session a new key is tried with "--cut-over" alone',
      );
    }
    if (values.length > 0) await this.#save(values.map((value) => this.#put(value)));
    await this.#step('kept');
    const types = this.#pending();
    const next = connect(keySetOf(vault, owner, 'PENDING'));
    try {
      await this.#tested(next);
    } catch (error) {
      await this.#giveUp(next, types, error);
    }
    await this.#step('tested');
    await this.#save(types.map((type) => ({ kind: 'promote', name: nameOf(owner, type) })));
    await this.#step('promoted');
    rotating.use(next);
    this.#options.switched();
    this.#retiresAtMs = this.#options.elapsedMs() + this.#graceMs;
    await this.#step('switched');
    await incident('key-rotated', `A new ${owner.broker} key is in use; the one before is kept for ten minutes`);
    return { shape: 'overlap', generation: vault.generation, graceMs: this.#graceMs };
  }

  /** The old key is dead already, so the new one is CURRENT before it is tried; nothing may be ordered meanwhile. */
  async #cutOver(values: readonly NewKeyValue[]): Promise<RotationOutcome> {
    const { vault, owner, rotating, connect, isInSession, isHalted, openOrders, incident } = this.#options;
    if (isInSession() && (!isHalted() || openOrders() > 0)) throw notQuiet(isHalted(), openOrders());
    if (!isHalted()) await this.#options.halt('the key of the broker is being changed');
    await this.#step('halted');
    const old = rotating.current;
    await rotating.drained(old.broker);
    await this.#step('drained');
    await this.#dropPrevious();
    const types = values.length > 0 ? values.map(({ type }) => type) : this.#pending();
    const names = types.map((type) => nameOf(owner, type));
    await this.#save([
      ...values.map((value) => this.#put(value)),
      ...names.map((name) => ({ kind: 'promote', name }) as const),
    ]);
    await this.#step('promoted');
    const next = connect(keySetOf(vault, owner, 'CURRENT'));
    rotating.use(next);
    this.#options.switched();
    await this.#step('switched');
    // The key that died is not waited for.
    this.#retiresAtMs = this.#options.elapsedMs();
    await this.#tested(next).catch(async (error: unknown) => {
      const cause = codeOf(error);
      await incident(
        'key-rotation-failed',
        `The new ${owner.broker} key is not taken: ${cause}; ordering stays halted`,
      );
      throw untested(cause, 'ordering stays halted; give the key again with "snowball vault rotate --cut-over"', error);
    });
    await this.#step('tested');
    await incident('key-rotated', `A new ${owner.broker} key is in use; ordering stays halted until a person resumes`);
    return { shape: 'cut-over', generation: vault.generation, graceMs: 0 };
  }

  /** A token and a balance, under the new key alone. Outside the session the token goes at once. */
  async #tested({ broker, exempt }: KeyedBroker): Promise<void> {
    await exempt(async () => {
      await broker.balance();
      if (!this.#options.isInSession()) await broker.signOut();
    });
  }

  async #giveUp(next: KeyedBroker, types: readonly RotatingType[], error: unknown): Promise<never> {
    const { owner, onFault, incident } = this.#options;
    await next.exempt(() => next.broker.signOut()).catch(onFault);
    await next.broker.close();
    await this.#save(types.map((type) => ({ kind: 'discard', name: nameOf(owner, type) })));
    const cause = codeOf(error);
    await incident('key-rotation-failed', `The new ${owner.broker} key is not taken: ${cause}; the one before goes on`);
    throw untested(cause, 'the key before goes on; nothing changed', error);
  }

  /** Its token is dropped here and at the broker, and the values leave the vault. */
  async #retire(): Promise<void> {
    const { rotating, onFault } = this.#options;
    const { previous } = rotating;
    this.#retiresAtMs = null;
    if (previous === null) return;
    await rotating.drained(previous.broker);
    // A key that died has nothing to revoke, and one that cannot be told ends with its token within the day.
    await previous.exempt(() => previous.broker.signOut()).catch(onFault);
    await this.#step('revoked');
    await this.#dropPrevious();
    await this.#step('retired');
  }

  async #dropPrevious(): Promise<void> {
    const { vault, owner, rotating } = this.#options;
    const types = typesUnder(vault, owner, 'PREVIOUS');
    await rotating.previous?.broker.close();
    rotating.forgetPrevious();
    if (types.length === 0) return;
    await this.#save(types.map((type) => ({ kind: 'retire', name: nameOf(owner, type), graceMs: 0 })));
  }

  /** @throws {FixConfiguration} vault.no-pending */
  #pending(): readonly RotatingType[] {
    const { vault, owner } = this.#options;
    const types = typesUnder(vault, owner, 'PENDING');
    if (types.length > 0) return types;
    throw new FixConfiguration(
      'vault.no-pending',
      `Cannot promote the key of ${owner.broker}: it has no PENDING version, wanted one put by a rotation`,
    );
  }

  #put({ type, value }: NewKeyValue): VersionChange {
    const { owner } = this.#options;
    return { kind: 'put', name: nameOf(owner, type), value, binding: { ...owner, type } };
  }

  async #save(changes: readonly VersionChange[]): Promise<void> {
    await this.#options.vault.changeTogether(changes);
    await this.#options.saved();
  }

  async #step(step: RotationStep): Promise<void> {
    await this.#options.onStep?.(step);
  }
}

function codeOf(error: unknown): string {
  return error instanceof SnowballError ? error.code : 'an unexpected error';
}

function busy(found: string): RetryLater {
  return new RetryLater('gateway.rotation-busy', `Cannot change the key now: ${found}, wanted one rotation at a time`);
}

function untested(found: string, then: string, cause: unknown): FixConfiguration {
  return new FixConfiguration(
    'gateway.rotation-test',
    `Cannot use the new key: the broker answered its first token or balance with ${found}, wanted both; ${then}`,
    { cause },
  );
}

function notQuiet(isHalted: boolean, open: number): FixConfiguration {
  const found = isHalted ? `${open} orders are open` : 'ordering is on';
  return new FixConfiguration(
    'gateway.rotation-open',
    `Cannot cut over to a new key in the session: ${found}, wanted a halt and nothing open; use "snowball halt" first, or wait for the end of the session`,
  );
}
