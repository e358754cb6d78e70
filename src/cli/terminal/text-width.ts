/** Columns that `text` takes on a terminal: Hangul, Han and full-width forms take two (Unicode UAX #11, W and F). */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

/** `text` cut to at most `columns`, an ellipsis for what is left out. */
export function cutText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let [cut, width] = ['', 0];
  for (const character of text) {
    width += textWidth(character);
    if (width > columns - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

/** First and last code point of each wide range. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return wideRanges.some(([first, last]) => code >= first && code <= last);
}
