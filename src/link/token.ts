import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A capability: 256 random bits in hex, new at every boot. */
export function newToken(): string {
  return randomBytes(32).toString('hex');
}

/** SHA-256 of a token in hex: what a listener is given, so that it cannot pass itself off as its callers. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Compares in constant time; false for a hash of the wrong length. */
export function tokenMatches(token: string, hash: string): boolean {
  const shown = createHash('sha256').update(token, 'utf8').digest();
  const wanted = Buffer.from(hash, 'hex');
  return wanted.length === shown.length && timingSafeEqual(shown, wanted);
}
