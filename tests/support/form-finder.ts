/** Where the table of shifts has one slot for each hash of four bytes. */
const slots = 1 << 18;
const blockBytes = 4;

/** Says which of its forms stand in some bytes, by name, sorted. */
export type FormFinder = (bytes: Buffer) => readonly string[];

/**
 * Looks for hundreds of forms at once, in about the time of reading the bytes once: the four bytes at the end of a window as
 * long as the shortest form say how far the window may move on before any form can begin (Wu and Manber, A fast algorithm
 * for multi-pattern searching, 1994). A hash that two blocks share makes it slower and never blind.
 *
 * @param forms each of 8 bytes or more
 */
export function formFinder(forms: ReadonlyMap<string, Buffer>): FormFinder {
  const window = Math.min(...[...forms.values()].map((form) => form.length));
  if (window < 8) throw new RangeError(`Cannot look for forms of ${window} bytes: wanted 8 or more`);
  const shifts = new Uint8Array(slots).fill(Math.min(255, window - blockBytes + 1));
  const endings = new Map<number, (readonly [name: string, form: Buffer])[]>();
  for (const [name, form] of forms) {
    for (let end = blockBytes; end <= window; end += 1) {
      const slot = slotAt(form, end - blockBytes);
      shifts[slot] = Math.min(shifts[slot]!, window - end);
    }
    const slot = slotAt(form, window - blockBytes);
    endings.set(slot, [...(endings.get(slot) ?? []), [name, form]]);
  }
  return (bytes) => {
    const found = new Set<string>();
    for (let at = window - blockBytes; at + blockBytes <= bytes.length;) {
      const slot = slotAt(bytes, at);
      const shift = shifts[slot]!;
      const candidates = shift === 0 ? (endings.get(slot) ?? []) : [];
      const from = at + blockBytes - window;
      for (const [name, form] of candidates) if (standsAt(bytes, from, form)) found.add(name);
      at += shift === 0 ? 1 : shift;
    }
    return [...found].toSorted();
  };
}

function slotAt(bytes: Buffer, at: number): number {
  const block = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return Math.imul(block, 0x9e3779b1) >>> 14;
}

function standsAt(bytes: Buffer, from: number, form: Buffer): boolean {
  return bytes.subarray(from, from + form.length).equals(form);
}
