/** What a page passphrase must reach (threat-model §7): six generated words or as much of your own. */
export const passphraseBitsMin = 60;

const perSyllable = 5;
const perLowercase = 2.5;
const perUppercase = 4;
const perDigit = 3.3;
const perOther = 5;
const distinctMin = 8;

/**
 * A low estimate of how many bits a passphrase holds, so that what passes is truly hard to guess.
 *
 * Syllables and lower-case letters count as in words, not as random ones. A character that repeats the one before it,
 * or follows it in order (`ab`, `12`), counts nothing; white space counts nothing. Fewer than eight different
 * characters is 0.
 */
export function passphraseBits(passphrase: string): number {
  const characters = [...passphrase.normalize('NFC')].filter((character) => character.trim() !== '');
  if (new Set(characters).size < distinctMin) return 0;
  let bits = 0;
  for (const [index, character] of characters.entries()) {
    const step = index === 0 ? Infinity : codePoint(character) - codePoint(characters[index - 1] ?? '');
    if (step !== 0 && step !== 1) bits += bitsOf(character);
  }
  return Math.floor(bits);
}

function bitsOf(character: string): number {
  if (/[\uAC00-\uD7A3]/.test(character)) return perSyllable;
  if (/[a-z]/.test(character)) return perLowercase;
  if (/[A-Z]/.test(character)) return perUppercase;
  if (/[0-9]/.test(character)) return perDigit;
  return perOther;
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
