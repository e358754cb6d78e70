import { cp949Letters } from '#text/cp949.ts';

/** The two bytes of each letter as one number. */
const pairs: ReadonlyMap<string, number> = new Map([...cp949Letters].map(([pair, letter]) => [letter, pair]));

/**
 * `text` in exactly `width` bytes: cut between letters, never inside one, and padded with spaces. A letter that cp949
 * has not becomes a question mark.
 */
export function cp949Field(text: string, width: number): Buffer {
  const field = Buffer.alloc(width, ' ');
  let at = 0;
  for (const letter of text) {
    const code = codeOf(letter);
    const size = code > 0xff ? 2 : 1;
    if (at + size > width) break;
    if (size === 2) field.writeUInt16BE(code, at);
    else field.writeUInt8(code, at);
    at += size;
  }
  return field;
}

function codeOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x80 ? code : (pairs.get(letter) ?? 0x3f);
}
