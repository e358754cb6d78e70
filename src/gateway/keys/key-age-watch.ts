import { FixConfiguration } from '#domain/errors.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { keyAge, type KeyAge } from '#link/key-age.ts';
import type { Vault } from '#vault/vault.ts';
import type { ConnectedBroker } from './connect-broker.ts';
import type { Gateway } from '../gateway.ts';
import { nameOf, type KeyOwner } from './key-set.ts';
import type { KeyedBroker } from './rotating-broker.ts';

export interface KeyAgeWatchOptions {
  readonly vault: Pick<Vault, 'versions'>;
  readonly owner: KeyOwner;
  readonly current: () => KeyedBroker;
  readonly now: () => Temporal.Instant;
  /** What was told before, newest last. */
  readonly told: () => readonly { readonly code: string; readonly detail: string }[];
  readonly incident: (code: string, detail: string) => unknown;
}

/** The age of the key in use: told once when it is due, every day when it is late, and in the end not traded with. */
export class KeyAgeWatch {
  readonly #options: KeyAgeWatchOptions;

  constructor(options: KeyAgeWatchOptions) {
    this.#options = options;
  }

  /** From the day the person said the key was issued; where they said none for this very key, since it is in the vault. */
  age(): KeyAge | null {
    const since = this.#since();
    return since === null ? null : keyAge(since, seoulDate(this.#options.now()));
  }

  /** Once a session is enough: a session begins on every day on which the age matters. */
  look(): void {
    const age = this.age();
    const since = this.#since();
    if (age === null || since === null || age.level === 'fresh') return;
    const today = seoulDate(this.#options.now()).toString();
    const detail =
      age.level === 'due' ? `The app key of ${since.toString()} is due for a change` : `${today}: ${age.en}`;
    if (this.#options.told().some((incident) => incident.code === 'key-age' && incident.detail === detail)) return;
    const { incident } = this.#options;
    incident('key-age', detail);
  }

  /** @throws {FixConfiguration} `gateway.key-old` from the day on which orders are not let through again */
  mustNotBeOld(): void {
    const age = this.age();
    if (age?.level !== 'refused') return;
    throw new FixConfiguration(
      'gateway.key-old',
      `Cannot resume: the app key is ${age.days} days old, wanted less than 90; change it with "snowball vault rotate"`,
    );
  }

  #since(): Temporal.PlainDate | null {
    const { vault, owner, current } = this.#options;
    const { keys, credentials } = current();
    const version = keys.get('app-key');
    const name = nameOf(owner, 'app-key');
    const meta = vault.versions().find((each) => each.name === name && each.version === version);
    if (meta === undefined || version === undefined) return null;
    // A day that was said of an earlier key says nothing of this one.
    const isSaid = (keys.get('key-issued-on') ?? 0) >= version;
    const issuedOn = isSaid ? credentials.keyIssuedOn() : null;
    return issuedOn ?? seoulDate(Temporal.Instant.from(meta.savedAt));
  }
}

/** Of the key that a running gateway uses now. */
export function watchKeyAge(
  gateway: Gateway,
  vault: Vault,
  { owner, rotating }: ConnectedBroker,
  onFault: (error: unknown) => void,
): KeyAgeWatch {
  return new KeyAgeWatch({
    vault,
    owner,
    current: () => rotating.current,
    now: () => gateway.clock.now(),
    told: () => gateway.state.incidents,
    incident: (code, detail) => void gateway.recorder.record({ kind: 'incident', code, detail }).catch(onFault),
  });
}
