/**
 * Text in cp949, or null when the bytes are none: a letter cut in half, or a pair that stands for nothing.
 *
 * The decoder that comes with Node, whatever label it is asked by, knows the 2,350 syllables of KS X 1001 only and
 * turns the other 8,822 into wrong letters without a word, even when told to be strict. Those are added here: cp949 has
 * them in the order of Unicode, from 0x8141 on, leaving out what KS X 1001 has.
 *
 * @see https://encoding.spec.whatwg.org/#index-euc-kr
 */
export function decodeCp949(bytes: Uint8Array): string | null {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      text += String.fromCharCode(byte);
      continue;
    }
    at += 1;
    const letter = cp949Letters.get(byte * 256 + (bytes[at] ?? 0));
    if (letter === undefined) return null;
    text += letter;
  }
  return text;
}

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

/** Each letter beyond ASCII by its two bytes as one number. */
export const cp949Letters: ReadonlyMap<number, string> = allLetters();

function allLetters(): ReadonlyMap<number, string> {
  const found = standardLetters();
  const standard = new Set(found.values());
  const free = extensionPlaces();
  for (let code = firstSyllable; code <= lastSyllable; code += 1) {
    const letter = String.fromCharCode(code);
    if (standard.has(letter)) continue;
    const place = free.next();
    if (place.done === true) break;
    found.set(place.value, letter);
  }
  return found;
}

/** KS X 1001: both bytes from 0xA1 on. */
function standardLetters(): Map<number, string> {
  const decoder = new TextDecoder('euc-kr');
  const found = new Map<number, string>();
  for (let lead = 0xa1; lead <= 0xfe; lead += 1) {
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      const letter = decoder.decode(Uint8Array.of(lead, trail));
      if (letter.length === 1 && letter !== '\ufffd') found.set(lead * 256 + trail, letter);
    }
  }
  return found;
}

/** The places that cp949 adds, in order: trails of letters, and below 0xA1 where the lead is one of the standard. */
function* extensionPlaces(): Generator<number> {
  for (let lead = 0x81; lead <= 0xc6; lead += 1) {
    for (let trail = 0x41; trail <= (lead < 0xa1 ? 0xfe : 0xa0); trail += 1) {
      const isLetter = trail <= 0x5a || (trail >= 0x61 && trail <= 0x7a) || trail >= 0x81;
      if (isLetter) yield lead * 256 + trail;
    }
  }
}
