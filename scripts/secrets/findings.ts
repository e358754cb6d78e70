/** Something in a text that looks like a secret or like the machine of whoever wrote it. */
export interface Finding {
  readonly rule: 'shape' | 'named' | 'random' | 'machine';
  readonly line: number;
  readonly text: string;
}

/** Secrets that anybody can tell by their form. */
const shapes = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/g,
  /AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{20,}/gi,
  /\b(?:ghp|gho|ghs|github_pat|glpat|npm|xox[abp]|sk)[_-][A-Za-z0-9_-]{20,}/g,
  /\bAKIA[A-Z0-9]{16}\b/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  /\b[a-z]+:\/\/[^\s/:@'"`$]+:[^\s/@'"`$]+@/g,
];

/** A value that the text itself calls a key, a secret, a passphrase or a token. */
const named =
  /(?:app[_-]?key|secret(?:[_-]?key)?|api[_-]?key|pass(?:word|phrase|wd)|token|authorization|credential)\w*["']?\s*[:=]\s*["'`](?:Bearer )?([A-Za-z0-9+/=_.-]{16,})["'`]/gi;

/** Folders of a person or of a workshop; `/root` only with something behind it. */
const machines = [
  /(?:^|[\s"'`(=:])(\/(?:home|Users)\/[\w.-]+)/g,
  /(?:^|[\s"'`(=:])(\/(?:root|work|workspace|mnt)\/[\w.-]+)/g,
  /\b[A-Z]:\\{1,2}Users\\{1,2}[\w.-]+/g,
];

const words = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
/** Bits a character: 36 random letters and digits have more in all but a few cases in a thousand, names of ours stay below. */
const randomBitsMin = 4.2;
/** Hex has four bits at the most. */
const randomHexBitsMin = 3;

/** Every finding in `text`, by rule; the same place can break several. */
export function secretFindings(text: string): readonly Finding[] {
  return [
    ...all('shape', shapes, text),
    ...all('named', [named], text),
    ...all('random', [words], text).filter((finding) => isRandom(finding.text)),
    ...all('machine', machines, text),
  ];
}

function all(rule: Finding['rule'], patterns: readonly RegExp[], text: string): readonly Finding[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      rule,
      line: text.slice(0, match.index).split('\n').length,
      text: match[1] ?? match[0],
    })),
  );
}

/** Names and paths mix cases and digits rarely enough to stay below; long runs of one character do so anyway. */
function isRandom(word: string): boolean {
  if (/^[0-9a-f]+$/i.test(word)) return /\d/.test(word) && entropy(word) >= randomHexBitsMin;
  const isMixed = /[A-Z]/.test(word) && /[a-z]/.test(word) && /\d/.test(word);
  return isMixed && entropy(word) >= randomBitsMin;
}

/** Shannon's, in bits a character. */
function entropy(word: string): number {
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length);
  return bits;
}
