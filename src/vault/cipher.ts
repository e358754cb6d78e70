import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;

/** Nonce, ciphertext and tag of one AES-256-GCM encryption. */
export interface Sealed {
  /** 96 random bits. */
  readonly nonce: Buffer;
  /** Ciphertext, then the 128-bit tag. */
  readonly bytes: Buffer;
}

/** AES-256-GCM under a fresh random nonce. `binding` is authenticated and not stored: opening needs the same one. */
export function sealBytes(key: Buffer, plain: Buffer, binding: readonly (string | number)[]): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(bindingBytes(binding));
  return { nonce, bytes: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

/** What `sealBytes` sealed, or null when key, nonce, bytes or binding are not the ones it was sealed with. */
export function openBytes(key: Buffer, sealed: Sealed, binding: readonly (string | number)[]): Buffer | null {
  if (sealed.nonce.length !== nonceBytes || sealed.bytes.length < tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.nonce, { authTagLength: tagBytes });
  decipher.setAAD(bindingBytes(binding));
  decipher.setAuthTag(sealed.bytes.subarray(sealed.bytes.length - tagBytes));
  const plain = decipher.update(sealed.bytes.subarray(0, sealed.bytes.length - tagBytes));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    // The tag did not match; what was deciphered so far is not to be believed.
    plain.fill(0);
    return null;
  }
}

/** A 256-bit key of its own for each purpose (HKDF-SHA-256, RFC 5869), so that no two uses share one. */
export function subkey(root: Buffer, purpose: string, vaultId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, Buffer.from(vaultId), `snowball-vault/1 ${purpose}`, 32));
}

/** HMAC-SHA-256. */
export function mac(key: Buffer, bytes: Buffer): Buffer {
  return createHmac('sha256', key).update(bytes).digest();
}

/** JSON of an array is unambiguous: no two different bindings give the same bytes. */
function bindingBytes(binding: readonly (string | number)[]): Buffer {
  return Buffer.from(JSON.stringify(['snowball-vault/1', ...binding]));
}
