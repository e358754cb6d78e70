import { blockLayout } from './block-layout.ts';

/** What a width needs to unpack eight values: two vectors of byte numbers, two of factors. */
export const widthEntryBytes = 64;

/**
 * Entries for the widths 0 to 24: for each lane of the first and of the second four values, the four bytes in which its
 * value lies, and the power of two that brings its first bit to bit 7. Values 4 to 7 lie behind 4 × width bits, which is
 * half a byte more than a whole number of bytes where the width is odd; after eight values everything begins anew.
 *
 * @param into 32 entries, of which the last ones, whose width no block has, are left as they are
 */
export function writeWidths(into: Uint8Array): void {
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  for (let width = 0; width <= blockLayout.bitsMax; width += 1) {
    for (let value = 0; value < 8; value += 1) {
      const bit = (value % 4) * width + (value < 4 ? 0 : (4 * width) % 8);
      const lane = width * widthEntryBytes + 4 * value;
      for (let byte = 0; byte < 4; byte += 1) into[lane + byte] = Math.floor(bit / 8) + byte;
      view.setUint32(lane + 32, 2 ** (7 - (bit % 8)), true);
    }
  }
}
