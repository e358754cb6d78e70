/** The two bytes of each letter as one number. The platform has no encoder: its decoder is asked for every pair. */
const pairs: ReadonlyMap<string, number> = withRareSyllables(decodedPairs());

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

function decodedPairs(): Map<string, number> {
  const decoder = new TextDecoder('euc-kr');
  const found = new Map<string, number>();
  for (let pair = 0xa1a1; pair <= 0xfefe; pair += 1) {
    if ((pair & 0xff) < 0xa1) continue;
    const letter = decoder.decode(Uint8Array.of(pair >> 8, pair & 0xff));
    if (letter.length === 1 && letter !== '\ufffd') found.set(letter, pair);
  }
  return found;
}

/**
 * The syllables that KS X 1001 lacks and the platform's decoder does not know; cp949 has them from 0x8141 on, in the
 * order of Unicode.
 */
function withRareSyllables(known: Map<string, number>): ReadonlyMap<string, number> {
  let pair = 0x8140;
  for (let code = 0xac00; code <= 0xd7a3; code += 1) {
    const letter = String.fromCharCode(code);
    if (known.has(letter)) continue;
    do pair += 1;
    while (!isRarePlace(pair >> 8, pair & 0xff));
    known.set(letter, pair);
  }
  return known;
}

function isRarePlace(lead: number, trail: number): boolean {
  if (trail < 0x41 || trail > 0xfe || (lead > 0xa0 && trail > 0xa0)) return false;
  return trail <= 0x5a || trail > 0x80 || (trail >= 0x61 && trail <= 0x7a);
}
