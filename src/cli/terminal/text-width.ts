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

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}
