import { encodeMessage, framePayloadMax } from '#link/frame.ts';

/** A generator of whole numbers below `limit` from a seed (mulberry32), so that what went wrong once can be played again. */
export function seededNumbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/**
 * The bytes of one hostile connection: a greeting, true or not, then messages that are right, nearly right, cut, flipped or
 * nothing of the kind, in pieces of any size.
 */
export function hostileChunks(next: (limit: number) => number, greeting: object): readonly Buffer[] {
  const messages = Array.from({ length: 1 + next(12) }, () => hostileMessage(next));
  const hello = next(8) === 0 ? hostileMessage(next) : encodeMessage(greeting);
  return pieces(Buffer.concat([hello, ...messages]), next);
}

function hostileMessage(next: (limit: number) => number): Buffer {
  const kinds = [
    () => encodeMessage(call(next)),
    () => encodeMessage(call(next)),
    () => flipped(encodeMessage(call(next)), next),
    () => cut(encodeMessage(call(next)), next),
    () => encodeMessage(nested(next(6_000))),
    () => encodeMessage({ ...call(next), extra: 1, __proto__: { id: 1 } }),
    () => encodeMessage([null, true, 1e308, '\ud800', {}][next(5)]),
    () => frame(next(2 ** 32), next(256), noise(next, next(64))),
    () => frame(3, next(2), Buffer.from('{"a')),
    () => frame(next(framePayloadMax), 1, noise(next, next(400))),
    () => noise(next, next(200)),
    () => encodeMessage('x'.repeat(next(200_000))),
  ];
  return (kinds[next(kinds.length)] ?? kinds[0])?.() ?? Buffer.alloc(0);
}

const names = ['double', 'write', 'constructor', '__proto__', 'toString', '', 'x'.repeat(64), 'subscribe'] as const;

function call(next: (limit: number) => number): object {
  const values: readonly unknown[] = [next(100), -1, 1.5, null, 'a', { value: 1 }, [], { __proto__: 1 }, NaN];
  const params = next(2) === 0 ? { value: next(1_000) } : values[next(values.length)];
  const id = next(10) === 0 ? values[next(values.length)] : next(1_000_000);
  return { id, method: names[next(names.length)], params, ...(next(3) === 0 ? { key: `k${next(5)}` } : {}) };
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth % 3_000; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return { id: 1, method: 'double', params: value };
}

function frame(length: number, flag: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(length);
  header.writeUInt8(flag, 4);
  return Buffer.concat([header, payload]);
}

function noise(next: (limit: number) => number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => next(256)));
}

function flipped(bytes: Buffer, next: (limit: number) => number): Buffer {
  const at = next(bytes.length);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << next(8)), at);
  return bytes;
}

function cut(bytes: Buffer, next: (limit: number) => number): Buffer {
  return bytes.subarray(0, next(bytes.length));
}

function pieces(bytes: Buffer, next: (limit: number) => number): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = 1 + next(next(4) === 0 ? 7 : 70_000);
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}
