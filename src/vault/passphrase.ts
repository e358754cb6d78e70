import { randomInt } from 'node:crypto';
import { FixConfiguration } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import { tokenBits } from './token-bits.ts';
import { words } from './words.ko.ts';

const wordCount = 6;
const bitsPerWord = 11;
const bitsMin = 60;
/** Longer ones cost memory and help nobody. */
const lengthMax = 1024;
const known: ReadonlySet<string> = new Set(words);

/**
 * Six different Korean words drawn from 2,048, each equally likely: 65.9 bits. For the person to write down. Different
 * ones, because our own estimate gives nothing for what repeats, and a generated passphrase must always be good enough.
 */
export function generatePassphrase(): string {
  const drawn = new Set<string>();
  while (drawn.size < wordCount) drawn.add(words[randomInt(words.length)] ?? '');
  return [...drawn].join(' ');
}

/** How a passphrase is read, so that keyboard, spacing and Unicode form do not matter: NFKC, trimmed, single spaces. */
export function normalisePassphrase(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ');
}

/**
 * A cautious estimate of what a passphrase is worth, in bits: 11 for each different word of our list, less for other
 * words than chance would give, nothing for what repeats. It cannot see that a sentence is well known.
 */
export function passphraseBits(text: string): number {
  let bits = 0;
  for (const token of new Set(normalisePassphrase(text).split(' '))) {
    bits += known.has(token) ? bitsPerWord : tokenBits(token);
  }
  return bits;
}

/** @throws {FixConfiguration} vault.weak-passphrase below 60 estimated bits or above 1,024 characters */
export function checkPassphrase(passphrase: Secret): void {
  const text = passphrase.reveal();
  const bits = text.length > lengthMax ? 0 : passphraseBits(text);
  if (bits >= bitsMin) return;
  throw new FixConfiguration(
    'vault.weak-passphrase',
    `Cannot create the vault: the passphrase is worth about ${Math.floor(bits)} bits, wanted ${bitsMin} or more in at most ${lengthMax} characters. Six random words are enough`,
  );
}
