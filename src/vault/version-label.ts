import { FixConfiguration } from '#domain/errors.ts';
import type { SecretMeta, VersionChange, VersionLabel } from './vault.ts';
import type { SecretRecord } from './vault-file.ts';

const order: readonly VersionLabel[] = ['PENDING', 'CURRENT', 'PREVIOUS'];
/** Threat-model §12: the old key of an overlapping rotation lives on for ten minutes. */
const graceMsDefault = 10 * 60_000;

/** Order of the versions in a file: by name, then PENDING, CURRENT, PREVIOUS. */
export function byNameAndLabel(a: { readonly meta: SecretMeta }, b: { readonly meta: SecretMeta }): number {
  if (a.meta.name !== b.meta.name) return a.meta.name < b.meta.name ? -1 : 1;
  return order.indexOf(a.meta.label) - order.indexOf(b.meta.label);
}

/** Puts one version in the place of whatever had its name and label. */
export function withVersion(secrets: readonly SecretRecord[], version: SecretRecord): readonly SecretRecord[] {
  const { name, label } = version.meta;
  return [...secrets.filter(({ meta }) => meta.name !== name || meta.label !== label), version].sort(byNameAndLabel);
}

/**
 * PENDING becomes CURRENT, CURRENT becomes PREVIOUS, an older PREVIOUS is gone.
 *
 * @throws {FixConfiguration} vault.no-pending
 */
function promoted(secrets: readonly SecretRecord[], name: string, at: string): readonly SecretRecord[] {
  if (!secrets.some(({ meta }) => meta.name === name && meta.label === 'PENDING')) {
    throw new FixConfiguration(
      'vault.no-pending',
      `Cannot promote "${name}": it has no PENDING version, wanted one put by a rotation`,
    );
  }
  return secrets
    .filter(({ meta }) => meta.name !== name || meta.label !== 'PREVIOUS')
    .map((record) => (record.meta.name === name ? relabelled(record, at) : record))
    .sort(byNameAndLabel);
}

/** One step of a rotation that puts nothing new. @throws {FixConfiguration} vault.no-pending · vault.no-previous · vault.in-grace */
export function relabelledBy(
  secrets: readonly SecretRecord[],
  change: Exclude<VersionChange, { readonly kind: 'put' }>,
  at: string,
): readonly SecretRecord[] {
  const { kind, name } = change;
  if (kind === 'promote') return promoted(secrets, name, at);
  if (kind === 'retire') return retired(secrets, name, at, change.graceMs);
  return secrets.filter(({ meta }) => meta.name !== name || meta.label !== 'PENDING');
}

function relabelled(record: SecretRecord, labelledAt: string): SecretRecord {
  const label = record.meta.label === 'PENDING' ? 'CURRENT' : 'PREVIOUS';
  return { ...record, meta: { ...record.meta, label, labelledAt } };
}

/**
 * Drops the PREVIOUS version once its time of grace is over.
 *
 * @param at now, ISO 8601
 * @throws {FixConfiguration} vault.no-previous · vault.in-grace
 */
function retired(
  secrets: readonly SecretRecord[],
  name: string,
  at: string,
  graceMs = graceMsDefault,
): readonly SecretRecord[] {
  const previous = secrets.find(({ meta }) => meta.name === name && meta.label === 'PREVIOUS');
  if (previous === undefined) {
    throw new FixConfiguration(
      'vault.no-previous',
      `Cannot retire "${name}": it has no PREVIOUS version, wanted one left by a rotation`,
    );
  }
  const age = Temporal.Instant.from(previous.meta.labelledAt).until(Temporal.Instant.from(at)).total('milliseconds');
  if (age < graceMs) {
    throw new FixConfiguration(
      'vault.in-grace',
      `Cannot retire the PREVIOUS version of "${name}": it was replaced ${Math.floor(age / 1_000)} s ago, wanted ${graceMs / 1_000} s`,
    );
  }
  return secrets.filter((record) => record !== previous);
}
