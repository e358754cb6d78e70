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
 * Syllables and lower-case letters count as in words, not as random ones, so that six words of two syllables or four
 * letters reach 60. The third and later characters of a run (`aaa`, `abc`, `123`) count nothing, and neither does
 * white space. Fewer than eight different characters is 0.
 */
export function passphraseBits(passphrase: string): number {
  const characters = Array.from(passphrase.normalize('NFC')).filter((character) => character.trim() !== '');
  if (new Set(characters).size < distinctMin) return 0;
  let bits = 0;
  for (const [index, character] of characters.entries())
    if (!continuesRun(characters, index)) bits += bitsOf(character);
  return Math.floor(bits);
}

function continuesRun(characters: readonly string[], index: number): boolean {
  if (index < 2) return false;
  const [first = 0, second = 0, third = 0] = characters.slice(index - 2, index + 1).map(codePoint);
  return third - second === second - first && (third === second || third === second + 1);
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
