/** Initial consonants in the order of Unicode syllables. */
const initials = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ');
const vowels = Array.from('ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ');
const finals = ['', ...Array.from('ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ')];
const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

/** Keys of the two-set Korean keyboard, as Latin letters. */
const keys: Readonly<Record<string, string>> = {
  ㄱ: 'r',
  ㄲ: 'R',
  ㄴ: 's',
  ㄷ: 'e',
  ㄸ: 'E',
  ㄹ: 'f',
  ㅁ: 'a',
  ㅂ: 'q',
  ㅃ: 'Q',
  ㅅ: 't',
  ㅆ: 'T',
  ㅇ: 'd',
  ㅈ: 'w',
  ㅉ: 'W',
  ㅊ: 'c',
  ㅋ: 'z',
  ㅌ: 'x',
  ㅍ: 'v',
  ㅎ: 'g',
  ㅏ: 'k',
  ㅐ: 'o',
  ㅑ: 'i',
  ㅒ: 'O',
  ㅓ: 'j',
  ㅔ: 'p',
  ㅕ: 'u',
  ㅖ: 'P',
  ㅗ: 'h',
  ㅘ: 'hk',
  ㅙ: 'ho',
  ㅚ: 'hl',
  ㅛ: 'y',
  ㅜ: 'n',
  ㅝ: 'nj',
  ㅞ: 'np',
  ㅟ: 'nl',
  ㅠ: 'b',
  ㅡ: 'm',
  ㅢ: 'ml',
  ㅣ: 'l',
  ㄳ: 'rt',
  ㄵ: 'sw',
  ㄶ: 'sg',
  ㄺ: 'fr',
  ㄻ: 'fa',
  ㄼ: 'fq',
  ㄽ: 'ft',
  ㄾ: 'fx',
  ㄿ: 'fv',
  ㅀ: 'fg',
  ㅄ: 'qt',
};

export interface Findable {
  readonly name: string;
  readonly code: string;
}

/**
 * How well `query` matches, or null. Smaller is better: code or name from the start, inside the name, initial
 * consonants (ㅅㅅㅈㅈ), and last the name as typed with the keyboard left in English (tkatjd is 삼성).
 */
export function matchRank(query: string, { name, code }: Findable): number | null {
  const wanted = query.trim().toLowerCase().replaceAll(' ', '');
  if (wanted === '') return 0;
  const plainName = name.toLowerCase().replaceAll(' ', '');
  if (code.toLowerCase().startsWith(wanted)) return 0;
  if (plainName.startsWith(wanted)) return 1;
  if (plainName.includes(wanted)) return 2;
  if (/^[ㄱ-ㅎ]+$/.test(wanted) && initialsOf(plainName).includes(wanted)) return 3;
  if (/^[a-z]+$/.test(wanted) && typedOf(plainName).toLowerCase().startsWith(wanted)) return 4;
  return null;
}

/** `삼성전자` as `ㅅㅅㅈㅈ`; other characters as they are. */
export function initialsOf(text: string): string {
  return Array.from(text)
    .map((character) => parts(character)?.[0] ?? character)
    .join('');
}

/** The Latin letters one hits when typing `text` with the keyboard left in English. */
export function typedOf(text: string): string {
  return Array.from(text)
    .map((character) => (parts(character) ?? [character]).map((part) => keys[part] ?? part).join(''))
    .join('');
}

function parts(character: string): [string, string, string] | null {
  const point = character.codePointAt(0) ?? 0;
  if (point < firstSyllable || point > lastSyllable) return null;
  const index = point - firstSyllable;
  const initial = initials[Math.floor(index / (vowels.length * finals.length))] ?? '';
  const vowel = vowels[Math.floor(index / finals.length) % vowels.length] ?? '';
  return [initial, vowel, finals[index % finals.length] ?? ''];
}
