/** The forms after a consonant and after a vowel. */
const forms = {
  subject: ['이', '가'],
  object: ['을', '를'],
  topic: ['은', '는'],
  and: ['과', '와'],
  called: ['이라는', '라는'],
} as const;

/** Digits as they are read aloud, 영 to 구: whether they end in a consonant. */
const closedDigits = '013678';
/** Letters by their Korean names: 엘, 엠, 엔, 아르 and the rest; these end in a consonant. */
const closedLetters = 'lmn';

/**
 * `word` with the particle that its sound asks for: `5일 평균이`, `종가를`. Brackets, quotes and percent signs are
 * looked through, `%` itself being read 퍼센트; Latin letters go by their Korean names.
 */
export function withParticle(word: string, particle: keyof typeof forms): string {
  const [closed, open] = forms[particle];
  return `${word}${endsInConsonant(word) ? closed : open}`;
}

function endsInConsonant(word: string): boolean {
  const last = lastSpoken(word).toLowerCase();
  const code = last.codePointAt(0) ?? 0;
  if (code >= 0xac00 && code <= 0xd7a3) return (code - 0xac00) % 28 > 0;
  return closedDigits.includes(last) || closedLetters.includes(last) ? last !== '' : false;
}

const spoken = /[\p{L}\p{N}%]/u;

/** From the end, a character at a time: reasons are made by the thousand, and one expression would read each from its start. */
function lastSpoken(word: string): string {
  let place = word.length - 1;
  while (place >= 0 && !spoken.test(word.charAt(place))) place -= 1;
  return word.charAt(place);
}
