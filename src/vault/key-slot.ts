import { randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from './cipher.ts';
import { randomSlotKey, type RandomKey } from './vault-key.ts';
import type { KeySlot } from './vault-file.ts';

const saltBytes = 16;

/** Wraps `rootKey` under a recovery sheet's or a credential's key. @param recipient empty for a credential */
export function makeKeySlot(vaultId: string, rootKey: Buffer, key: RandomKey, recipient: string): KeySlot {
  const salt = randomBytes(saltBytes);
  const slotKey = randomSlotKey(key, salt);
  const slot = { kind: key.kind, recipient, salt };
  const wrapped = sealBytes(slotKey, rootKey, binding(vaultId, slot));
  slotKey.fill(0);
  return { ...slot, rootKey: wrapped };
}

/** The root key, or null when the key is of another kind or does not open the slot. */
export function openKeySlot(vaultId: string, slot: KeySlot, key: RandomKey): Buffer | null {
  if (slot.kind !== key.kind) return null;
  const slotKey = randomSlotKey(key, slot.salt);
  const rootKey = openBytes(slotKey, slot.rootKey, binding(vaultId, slot));
  slotKey.fill(0);
  return rootKey;
}

function binding(vaultId: string, { kind, recipient, salt }: Omit<KeySlot, 'rootKey'>): readonly string[] {
  return ['slot', vaultId, kind, salt.toString('hex'), recipient];
}
