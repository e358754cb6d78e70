import { invariant, InvariantError } from '#domain/invariant.ts';

/** Ten bytes hold any zigzag value of 53 bits with room to spare. */
const bytesPerValueMax = 10;

/**
 * Integers as zigzag varints (seven bits a byte, low bits first, small magnitudes short), column after column.
 *
 * @param columns whole numbers within ±2^52, all columns of the same length
 */
export function writeIntegers(columns: readonly Float64Array[]): Uint8Array {
  const values = columns.reduce((sum, column) => sum + column.length, 0);
  const bytes = new Uint8Array(values * bytesPerValueMax);
  let length = 0;
  for (const column of columns) {
    for (const value of column) {
      let rest = value < 0 ? -value * 2 - 1 : value * 2;
      const isWhole = Number.isInteger(value) && Number.isSafeInteger(rest);
      invariant(isWhole, `a column value is a whole number within 2^52, not ${value}`);
      while (rest >= 128) {
        bytes[length++] = (rest % 128) + 128;
        rest = Math.floor(rest / 128);
      }
      bytes[length++] = rest;
    }
  }
  return bytes.subarray(0, length);
}

/** The columns that `writeIntegers` was given. @throws {InvariantError} when the bytes end early or are left over */
export function readIntegers(bytes: Uint8Array, columnCount: number, rows: number): readonly Float64Array[] {
  let position = 0;
  const columns = Array.from({ length: columnCount }, () => {
    const column = new Float64Array(rows);
    for (let row = 0; row < rows; row += 1) {
      const { value, next } = readInteger(bytes, position);
      column[row] = value;
      position = next;
    }
    return column;
  });
  invariant(position === bytes.length, `all ${bytes.length} bytes of a bar blob are read, not ${position}`);
  return columns;
}

function readInteger(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let rest = 0;
  let scale = 1;
  for (let position = start; position < bytes.length; position += 1) {
    const byte = bytes[position] ?? 0;
    rest += (byte % 128) * scale;
    scale *= 128;
    if (byte < 128) return { value: rest % 2 === 0 ? rest / 2 : -(rest + 1) / 2, next: position + 1 };
  }
  throw new InvariantError('Broken assumption: a bar blob does not end in the middle of a number');
}
