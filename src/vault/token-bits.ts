/** Characters by class and how many a guesser must try for each. */
const classes: readonly (readonly [pattern: RegExp, size: number])[] = [
  [/[a-z]/u, 26],
  [/[A-Z]/u, 26],
  [/[0-9]/u, 10],
  [/[!-/:-@[-`{-~]/u, 33],
  [/[가-힣]/u, 400],
  [/[^!-~가-힣]/u, 100],
];

/** People choose, they do not draw: a character is worth about two thirds of what chance would make of it. */
const choiceFactor = 0.65;

/** One word of letters, in whatever language, is an entry of some dictionary. */
const wordBitsMax = 13;

/** Bits of one word that is not in our list. Characters that repeat or count on from the one before are worth nothing. */
export function tokenBits(token: string): number {
  const characters = Array.from(token);
  const surprising = characters.filter((character, index) => !follows(character, characters[index - 1])).length;
  const present = classes.filter(([pattern]) => pattern.test(token));
  const size = present.reduce((sum, [, count]) => sum + count, 0);
  const bits = surprising * Math.log2(Math.max(size, 1)) * choiceFactor;
  return /^\p{L}+$/u.test(token) ? Math.min(bits, wordBitsMax) : bits;
}

function follows(character: string, before: string | undefined): boolean {
  if (before === undefined) return false;
  return Math.abs((character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) <= 1;
}
