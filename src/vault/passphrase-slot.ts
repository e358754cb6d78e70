import { randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from './cipher.ts';
import type { KdfParameters } from './kdf.ts';
import type { PassphraseSlot } from './vault-file.ts';

const saltBytes = 16;

/** Derives a slot's key; `deriveSlotKey` with the person's passphrase, or a remembered key in tests. */
export type SlotKey = (salt: Buffer, kdf: KdfParameters) => Promise<Buffer>;

/** Wraps `rootKey` under a key derived with a fresh salt. */
export async function makeSlot(
  vaultId: string,
  rootKey: Buffer,
  kdf: KdfParameters,
  slotKey: SlotKey,
): Promise<PassphraseSlot> {
  const salt = randomBytes(saltBytes);
  const key = await slotKey(salt, kdf);
  const wrapped = sealBytes(key, rootKey, slotBinding(vaultId, salt, kdf));
  key.fill(0);
  return { kind: 'passphrase', kdf, salt, rootKey: wrapped };
}

/** The root key, or null when the derived key does not open the slot. */
export async function openSlot(vaultId: string, slot: PassphraseSlot, slotKey: SlotKey): Promise<Buffer | null> {
  const key = await slotKey(slot.salt, slot.kdf);
  const rootKey = openBytes(key, slot.rootKey, slotBinding(vaultId, slot.salt, slot.kdf));
  key.fill(0);
  return rootKey;
}

function slotBinding(vaultId: string, salt: Buffer, kdf: KdfParameters): readonly (string | number)[] {
  return ['slot', vaultId, 'passphrase', salt.toString('hex'), kdf.memoryKib, kdf.passes, kdf.parallelism];
}
