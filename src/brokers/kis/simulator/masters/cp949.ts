/** Korean text as cp949 bytes, built by asking the decoder for every pair it knows: the platform has no encoder. */
const pairs: ReadonlyMap<string, number> = decodedPairs();

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

function decodedPairs(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('euc-kr');
  const found = new Map<string, number>();
  const bytes = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x41; trail <= 0xfe; trail += 1) {
      bytes[0] = lead;
      bytes[1] = trail;
      const letter = decoder.decode(bytes);
      // One letter and no replacement: the pair is a character of its own.
      if (letter.length === 1 && letter !== '�' && !found.has(letter)) found.set(letter, lead * 256 + trail);
    }
  }
  return found;
}
