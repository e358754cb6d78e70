import type { Secret } from '#domain/secret.ts';
import { deriveSlotKey } from './kdf.ts';
import { normalisePassphrase } from './passphrase.ts';
import type { SlotKey } from './passphrase-slot.ts';

/** The slot key of a passphrase; its bytes are zeroed as soon as it is derived. */
export function passphraseKey(passphrase: Secret): SlotKey {
  return async (salt, kdf) => {
    const bytes = Buffer.from(normalisePassphrase(passphrase.reveal()));
    try {
      return await deriveSlotKey(bytes, salt, kdf);
    } finally {
      bytes.fill(0);
    }
  };
}
