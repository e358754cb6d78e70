/**
 * What a parameter wants, as `readParams()` and the checks between parameters say it in English, in Korean; text that is none
 * of these stays as it is.
 */
export function wantedInKorean(wanted: string): string {
  for (const [pattern, korean] of phrases) {
    const found = pattern.exec(wanted);
    if (found !== null) return korean(found[1] ?? '', found[2] ?? '', found[3] ?? '');
  }
  return wanted;
}

const kinds: Readonly<Record<string, string>> = {
  'a number': '숫자',
  'an even number': '짝수',
  'a whole number': '정수',
};

const phrases: readonly (readonly [RegExp, (...parts: readonly [string, string, string]) => string])[] = [
  [
    /^(an? (?:whole |even )?number) from (\S+) to (\S+)$/,
    (kind, least, most) => `${least}에서 ${most} 사이의 ${kinds[kind]}`,
  ],
  [/^one of (.+)$/, (known) => `${known} 가운데 하나`],
  [/^no parameter$/, () => '값이 없는 꼴'],
  [/^a fast period below the slow one of (\S+), not \S+$/, (slow) => `slow(${slow})보다 작은 fast`],
];
