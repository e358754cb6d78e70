import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { Secret } from '#domain/secret.ts';

/** Signs for the journal. Who holds one could forge a checkpoint, so it never leaves the gateway. */
export interface JournalSigner {
  /** 64 hex digits: the raw Ed25519 key, which may be shown to anybody. */
  readonly publicKey: string;
  /** 128 hex digits over the UTF-8 bytes of `text`. */
  sign(text: string): string;
}

/**
 * A signer from the key that the gateway keeps sealed, made at the first call.
 *
 * @param unseal the PKCS#8 key in base64 as it was sealed, or null when there is none yet
 * @param seal keeps a new key; when it fails, no signer comes to be
 */
export async function journalSigner(
  unseal: () => Secret | null,
  seal: (key: Secret) => Promise<void>,
): Promise<JournalSigner> {
  const known = unseal();
  if (known !== null) return signerOf(known);
  const { privateKey } = generateKeyPairSync('ed25519');
  const fresh = new Secret(privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'));
  await seal(fresh);
  return signerOf(fresh);
}

/** True when `signature` was made over `text` by the holder of `publicKey`; false for anything malformed. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  const key = publicKeyOf(publicKey);
  return key !== null && /^[0-9a-f]{128}$/.test(signature) && verify(null, Buffer.from(text), key, fromHex(signature));
}

function signerOf(secret: Secret): JournalSigner {
  const der = Buffer.from(secret.reveal(), 'base64');
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return {
    publicKey: Buffer.from(x, 'base64url').toString('hex'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('hex'),
  };
}

/** The key that was asked for last: making one costs as much as checking a signature, and a journal has hardly two. */
let lastKey: { readonly hex: string; readonly key: KeyObject } | null = null;

function publicKeyOf(publicKey: string): KeyObject | null {
  if (lastKey?.hex === publicKey) return lastKey.key;
  if (!/^[0-9a-f]{64}$/.test(publicKey)) return null;
  const x = fromHex(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  lastKey = { hex: publicKey, key };
  return key;
}

function fromHex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
