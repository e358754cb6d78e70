import { FixConfiguration } from '#domain/errors.ts';
import { kdfDefault, type KdfParameters } from './kdf.ts';
import { makeKeySlot } from './key-slot.ts';
import { passphraseKey } from './passphrase-key.ts';
import { makeSlot } from './passphrase-slot.ts';
import { checkPassphrase } from './passphrase.ts';
import type { SlotChange } from './vault.ts';
import type { Slot, VaultFile } from './vault-file.ts';

/** Slots that are tried when opening; each passphrase slot costs one derivation. */
export const slotsMax = 8;

/**
 * The slots after a change. At least one passphrase stays, and a vault that has two ways in keeps two (INV-23).
 *
 * @param rootKey not kept
 * @throws {FixConfiguration} vault.weak-passphrase · vault.last-slot · vault.full
 */
export async function changedSlots(
  { id, slots }: VaultFile,
  rootKey: Buffer,
  change: SlotChange,
): Promise<readonly Slot[]> {
  const isGone = ({ kind }: Slot): boolean =>
    (change.kind === 'replace' && kind === change.key.kind) || (change.kind === 'remove' && kind === change.slot);
  const kept = slots.filter((slot) => !isGone(slot));
  const added = change.kind === 'remove' ? [] : [await newSlot(id, rootKey, change, kdfOf(slots))];
  const changed = [...kept, ...added];
  const hasPassphrase = changed.some(({ kind }) => kind === 'passphrase');
  if (!hasPassphrase || (change.kind === 'remove' && changed.length < 2)) {
    throw new FixConfiguration(
      'vault.last-slot',
      `Cannot take this way in away: ${changed.length} would be left, wanted a passphrase and one other, such as a recovery sheet`,
    );
  }
  if (changed.length > slotsMax) {
    throw new FixConfiguration('vault.full', `Cannot add a way in: ${slots.length} are there, at most ${slotsMax}`);
  }
  return changed;
}

async function newSlot(
  id: string,
  rootKey: Buffer,
  { key, recipient = '' }: Exclude<SlotChange, { readonly kind: 'remove' }>,
  kdf: KdfParameters,
): Promise<Slot> {
  if (key.kind !== 'passphrase') return makeKeySlot(id, rootKey, key, recipient);
  checkPassphrase(key.passphrase);
  return await makeSlot(id, rootKey, kdf, passphraseKey(key.passphrase));
}

/** A new passphrase costs a guesser at least what the old one did. */
function kdfOf(slots: readonly Slot[]): KdfParameters {
  const known = slots.find((slot) => slot.kind === 'passphrase');
  return known === undefined ? kdfDefault : known.kdf;
}
