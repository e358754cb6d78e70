import type { BrokerEnvironment } from '#domain/environment.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { SecretMeta, Vault, VersionLabel } from '#vault/vault.ts';

/** What a rotation may replace. Never the account: an order must not go to another one by a change of keys. */
export const rotatingTypes = ['app-key', 'app-secret', 'key-issued-on'] as const;
export type RotatingType = (typeof rotatingTypes)[number];

const keyTypes = [...rotatingTypes, 'account', 'hts-id'] as const;

/** Whose keys. */
export interface KeyOwner {
  readonly broker: string;
  readonly environment: BrokerEnvironment;
}

/**
 * One key with all that is sent beside it, as version numbers by type. Labels move while calls are on their way; numbers
 * never do, so whoever reads by them never gets the key of one set and the secret of another.
 */
export type KeySet = ReadonlyMap<string, number>;

/** The set under `label`; what has no version under it is shared with CURRENT. */
export function keySetOf(vault: Pick<Vault, 'versions'>, owner: KeyOwner, label: VersionLabel): KeySet {
  const versions = versionsOf(vault, owner);
  const found = keyTypes.flatMap((type): readonly (readonly [string, number])[] => {
    const named = versions.filter((meta) => meta.name === nameOf(owner, type));
    const meta = named.find((each) => each.label === label) ?? named.find((each) => each.label === 'CURRENT');
    return meta === undefined ? [] : [[type, meta.version]];
  });
  return new Map(found);
}

/** The parts of a key that have a version under `label`. */
export function typesUnder(
  vault: Pick<Vault, 'versions'>,
  owner: KeyOwner,
  label: VersionLabel,
): readonly RotatingType[] {
  const names = new Set(versionsOf(vault, owner).flatMap((meta) => (meta.label === label ? [meta.name] : [])));
  return rotatingTypes.filter((type) => names.has(nameOf(owner, type)));
}

/** When the youngest PREVIOUS part got its label, by the machine's clock; null without one. */
export function replacedAt(vault: Pick<Vault, 'versions'>, owner: KeyOwner): Temporal.Instant | null {
  const names = new Set(rotatingTypes.map((type) => nameOf(owner, type)));
  const previous = versionsOf(vault, owner).filter((meta) => meta.label === 'PREVIOUS' && names.has(meta.name));
  const times = previous.map((meta) => Temporal.Instant.from(meta.labelledAt));
  return times.sort((a, b) => Temporal.Instant.compare(a, b)).at(-1) ?? null;
}

/** `kis.paper.app-key` */
export function nameOf({ broker, environment }: KeyOwner, type: string): string {
  return `${broker}.${environment}.${type}`;
}

/**
 * One value of `keys`, under whatever label it has now; the CURRENT one when `keys` is not said.
 *
 * @throws {FixConfiguration} `gateway.key-gone` when that version was retired or put over, and what `getFor()` throws
 */
export function readKey(vault: Vault, owner: KeyOwner, type: string, keys?: KeySet): Secret {
  const name = nameOf(owner, type);
  const version = keys?.get(type);
  if (version === undefined) return vault.getFor(name, owner);
  const meta = vault.versions().find((each) => each.name === name && each.version === version);
  if (meta !== undefined) return vault.getFor(name, owner, meta.label);
  throw new FixConfiguration(
    'gateway.key-gone',
    `Cannot use version ${version} of "${name}": the vault holds it no more, wanted the key that this process began with; start it again`,
  );
}

function versionsOf(vault: Pick<Vault, 'versions'>, { broker, environment }: KeyOwner): readonly SecretMeta[] {
  return vault.versions().filter((meta) => meta.broker === broker && meta.environment === environment);
}
