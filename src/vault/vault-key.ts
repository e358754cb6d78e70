import { hkdfSync } from 'node:crypto';
import type { Secret } from '#domain/secret.ts';

/** What a person or the system shows to open a vault. */
export type VaultKey =
  | { readonly kind: 'passphrase'; readonly passphrase: Secret }
  /** The recovery sheet: an age identity, `AGE-SECRET-KEY-1…`; spaces and case do not matter. */
  | { readonly kind: 'recovery'; readonly sheet: Secret }
  /** 64 hex digits from a credential file. */
  | { readonly kind: 'credential'; readonly key: Secret };

export type RandomKey = Exclude<VaultKey, { readonly kind: 'passphrase' }>;

/** The slot key of 256 random bits: HKDF is enough, because nobody can guess them. */
export function randomSlotKey(key: RandomKey, salt: Buffer): Buffer {
  const text = key.kind === 'recovery' ? normaliseSheet(key.sheet.reveal()) : key.key.reveal().trim().toLowerCase();
  const bytes = Buffer.from(text);
  const slotKey = Buffer.from(hkdfSync('sha256', bytes, salt, `snowball-vault/1 ${key.kind} slot`, 32));
  bytes.fill(0);
  return slotKey;
}

/** How the key on a recovery sheet is read: capital letters, without the spaces of its groups. */
export function normaliseSheet(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, '').toUpperCase();
}
