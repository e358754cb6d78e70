/** Whole numbers below a limit, from a seed. */
export type Draw = (limit: number) => number;

const strangeBytes = [
  0x00, 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2d, 0x30, 0x39, 0x5e, 0x7c, 0x7f, 0x80, 0xc3, 0xff,
] as const;
const strangeNumbers = [
  '0',
  '-1',
  '1e308',
  '-0',
  'NaN',
  '9007199254740993',
  '0x10',
  '1'.repeat(400),
  '.5',
  '٣',
] as const;
/** No mutant is longer: what a reader does with a file of gigabytes is a question of its own. */
const lengthMax = 96 * 1_024;

/** A file made by hand, somewhat changed: cut, flipped, doubled, spliced with another, with words and numbers put in. */
export function mutant(seeds: readonly Buffer[], words: readonly string[], draw: Draw): Buffer {
  let bytes = pick(seeds, draw) ?? Buffer.alloc(0);
  for (let change = 0; change <= draw(4); change += 1) bytes = changed(bytes, { seeds, words, draw });
  return bytes.subarray(0, lengthMax);
}

function changed(
  bytes: Buffer,
  { seeds, words, draw }: { readonly seeds: readonly Buffer[]; readonly words: readonly string[]; readonly draw: Draw },
): Buffer {
  const at = draw(bytes.length + 1);
  const until = Math.min(bytes.length, at + draw(40));
  const between = (middle: Buffer): Buffer => Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(until)]);
  switch (draw(10)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return flipped(bytes, at, draw);
    case 2:
      return between(Buffer.from([pick(strangeBytes, draw) ?? 0]));
    case 3:
      return between(Buffer.alloc(0));
    case 4:
      return between(Buffer.from(pick(words, draw) ?? ''));
    case 5:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(words, draw) ?? ''), bytes.subarray(at)]);
    case 6:
      return repeated(bytes, at, draw);
    case 7:
      return Buffer.concat([bytes.subarray(0, at), (pick(seeds, draw) ?? bytes).subarray(draw(bytes.length + 1))]);
    case 8:
      return otherNumber(bytes, at, pick(strangeNumbers, draw) ?? '0');
    default:
      return between(Buffer.from(Array.from({ length: draw(20) }, () => draw(256))));
  }
}

function flipped(bytes: Buffer, at: number, draw: Draw): Buffer {
  const copy = Buffer.from(bytes);
  if (at < copy.length) copy.writeUInt8(copy.readUInt8(at) ^ (1 << draw(8)), at);
  return copy;
}

/** A piece of it, over and over. */
function repeated(bytes: Buffer, at: number, draw: Draw): Buffer {
  const piece = bytes.subarray(at, at + 1 + draw(120));
  const times = 1 + draw(draw(8) === 0 ? 3_000 : 12);
  return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: times }, () => piece), bytes.subarray(at)]);
}

/** The first number from a place on becomes another. */
function otherNumber(bytes: Buffer, at: number, number: string): Buffer {
  const text = bytes.toString('latin1');
  return Buffer.from(text.slice(0, at) + text.slice(at).replace(/[0-9]+/, number), 'latin1');
}

function pick<Value>(values: readonly Value[], draw: Draw): Value | undefined {
  return values[draw(Math.max(1, values.length))];
}
