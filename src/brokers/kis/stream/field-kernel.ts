import { wasm as w, wasmInstance, wasmModule, type Code, type WasmFunction } from '#wasm/wasm-code.ts';

/** Bytes of one payload; the websocket takes no message larger than this. */
const payloadMaxBytes = 1024 * 1024;
/** Numbers that one call reads at the most: 999 records of 64 fields. */
const numbersMax = 999 * 64;
const caret = 0x5e;

/** Where things lie in the memory; the head of a frame, a payload between two carets, and 16 bytes that block reads may run over. */
const payloadAt = 64;
const endsAt = payloadMaxBytes + 128;
const chosenAt = endsAt + 4 * (payloadMaxBytes + 32);
const chosenMax = 64;
const numbersAt = chosenAt + 4 * chosenMax;
const memoryPages = Math.ceil((numbersAt + 8 * numbersMax) / 65_536);

/**
 * Where the fields of a payload are and what whole numbers stand in them, read 16 bytes at a time: a loop over bytes in
 * JavaScript takes 250 to 450 ns a trade record for either half of this, so five million a second are out of its reach
 * (bench/kis-frames.ts). Nothing is allocated after the constructor.
 */
export class FieldKernel {
  /** Numbers of the last `read`, record after record; -1 where a field is no whole number of 1 to 16 digits below 2^53. */
  readonly numbers: Float64Array;
  readonly bytes: Uint8Array;
  /** Field `i` of the payload lies after byte `ends[i]` of `bytes` and before byte `ends[i + 1]`. */
  readonly ends: Int32Array;
  readonly #chosen: Int32Array;
  readonly #separators: (from: number, to: number, out: number) => number;
  readonly #numbers: NumbersOfFields;

  constructor() {
    const { memory, separators, numbers } = wasmInstance(compiled()) as KernelExports;
    this.bytes = new Uint8Array(memory.buffer);
    this.ends = new Int32Array(memory.buffer, endsAt, payloadMaxBytes + 32);
    this.numbers = new Float64Array(memory.buffer, numbersAt, numbersMax);
    this.#chosen = new Int32Array(memory.buffer, chosenAt, chosenMax);
    this.#separators = separators;
    this.#numbers = numbers;
  }

  /** Takes `frame` from byte `from` on, at most its 64th. @returns how many fields it has, at least 1; 0 when it is too large */
  load(frame: Uint8Array, from: number): number {
    const { bytes } = this;
    const length = frame.length - from;
    if (length > payloadMaxBytes) return 0;
    // The head before the payload is overwritten by the caret in front of it.
    bytes.set(frame, payloadAt - from);
    bytes[payloadAt - 1] = caret;
    const end = payloadAt + length;
    bytes[end] = caret;
    return ((this.#separators(payloadAt - 1, end + 1, endsAt) - endsAt) >> 2) - 1;
  }

  /** Says which fields of a record `read` reads; at most 64. */
  choose(fields: readonly number[]): void {
    this.#chosen.set(fields);
  }

  /** Reads the chosen fields of each record into `numbers`. */
  read(records: number, width: number, chosen: number): void {
    this.#numbers(endsAt, records, width, chosenAt, chosen, numbersAt);
  }
}

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly separators: (from: number, to: number, out: number) => number;
  readonly numbers: NumbersOfFields;
}

type NumbersOfFields = (
  ends: number,
  records: number,
  width: number,
  chosen: number,
  count: number,
  out: number,
) => void;

let kernelModule: object | null = null;

function compiled(): object {
  kernelModule ??= wasmModule([separators(), numbers()], memoryPages);
  return kernelModule;
}

/**
 * Writes the position of every caret from `from` up to `to` and returns the end of what it wrote. The first four of a
 * block are written whether they are there or not: a branch for each would be guessed wrong half of the time.
 */
function separators(): WasmFunction {
  const [from, to, out, mask, next, rest] = [0, 1, 2, 3, 4, 5];
  const writeLowest = (base: number, offset: number): Code => [
    [w.get(base), w.get(from), w.get(mask), w.i32Ctz, w.i32Add, w.i32Store(offset)],
    [w.get(mask), w.get(mask), w.i32Const(1), w.i32Sub, w.i32And, w.set(mask)],
  ];
  const code: Code = [
    // What an earlier frame left behind the end must not count.
    [w.get(to), w.i8x16Splat(0), w.v128StoreUnaligned],
    [w.block, w.loop, w.get(from), w.get(to), w.i32GeU, w.brIf(1)],
    [w.get(from), w.v128LoadUnaligned, w.i8x16Splat(caret), w.i8x16Eq, w.i8x16Bitmask, w.tee(mask)],
    [w.i32Popcnt, w.i32Const(2), w.i32Shl, w.get(out), w.i32Add, w.set(next)],
    [writeLowest(out, 0), writeLowest(out, 4), writeLowest(out, 8), writeLowest(out, 12)],
    [w.get(mask), w.if, w.get(out), w.i32Const(16), w.i32Add, w.set(rest)],
    [w.loop, writeLowest(rest, 0), w.get(rest), w.i32Const(4), w.i32Add, w.set(rest)],
    [w.get(mask), w.brIf(0), w.end, w.end],
    [w.get(next), w.set(out), w.get(from), w.i32Const(16), w.i32Add, w.set(from), w.br(0), w.end, w.end],
    w.get(out),
  ];
  return { name: 'separators', parameters: 3, hasResult: true, locals: { i32: 3, i64: 0 }, code };
}

const everyByte = (byte: bigint): bigint => byte * 0x01_01_01_01_01_01_01_01n;

/**
 * For each record and each chosen field: its whole number as a float, or -1. Up to eight digits are one 64-bit word, of
 * which neighbours are joined three times, to pairs, fours and eight (D. Lemire, "Quickly parsing eight digits"); longer
 * fields are two such words.
 */
function numbers(): WasmFunction {
  const [ends, records, width, chosen, count, out, index, end, start, length] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [word, bad, value] = [10, 11, 12];
  /** The digits of the `size` bytes from `at` on: leading zeros shifted in, `bad` marked where a byte is no digit. */
  const digits = (at: Code, size: Code): Code => [
    [at, w.i64LoadUnaligned, w.i64Const(everyByte(0x30n)), w.i64Xor],
    [w.i32Const(8), size, w.i32Sub, w.i32Const(3), w.i32Shl, w.i64ExtendI32U, w.i64Shl, w.tee(word)],
    [w.get(word), w.i64Const(everyByte(0x76n)), w.i64Add, w.get(word), w.i64Or, w.get(bad), w.i64Or, w.set(bad)],
    [w.i64Const(10n), w.i64Mul, w.get(word), w.i64Const(8n), w.i64ShrU, w.i64Add, w.set(word)],
    [w.get(word), w.i64Const(0x0000_00ff_0000_00ffn), w.i64And, w.i64Const(0x000f_4240_0000_0064n), w.i64Mul],
    [w.get(word), w.i64Const(16n), w.i64ShrU, w.i64Const(0x0000_00ff_0000_00ffn), w.i64And],
    [w.i64Const(0x0000_2710_0000_0001n), w.i64Mul, w.i64Add, w.i64Const(32n), w.i64ShrU],
  ];
  const whole: Code = [
    [w.i64Const(0n), w.set(bad), w.get(length), w.i32Const(8), w.i32GtU, w.ifI64],
    [digits(w.get(start), [w.get(length), w.i32Const(8), w.i32Sub]), w.i64Const(100_000_000n), w.i64Mul],
    [digits([w.get(end), w.i32Const(8), w.i32Sub], w.i32Const(8)), w.i64Add],
    [w.else, digits(w.get(start), w.get(length)), w.end, w.set(value)],
    [w.i64Const(-1n), w.get(value)],
    [w.get(bad), w.i64Const(everyByte(0x80n)), w.i64And, w.i64Eqz, w.i32Eqz],
    [w.get(length), w.i32Const(1), w.i32Sub, w.i32Const(15), w.i32GtU, w.i32Add],
    [w.get(value), w.i64Const(BigInt(Number.MAX_SAFE_INTEGER)), w.i64GtU, w.i32Add, w.select],
  ];
  const code: Code = [
    [w.block, w.loop, w.get(records), w.i32Eqz, w.brIf(1), w.i32Const(0), w.set(index)],
    [w.block, w.loop, w.get(index), w.get(count), w.i32GeU, w.brIf(1)],
    [w.get(index), w.i32Const(2), w.i32Shl, w.get(chosen), w.i32Add, w.i32Load(0)],
    [w.i32Const(2), w.i32Shl, w.get(ends), w.i32Add, w.tee(start), w.i32Load(4), w.tee(end)],
    [w.get(start), w.i32Load(0), w.i32Const(1), w.i32Add, w.tee(start), w.i32Sub, w.set(length)],
    [w.get(out), whole, w.f64ConvertI64S, w.f64Store(0), w.get(out), w.i32Const(8), w.i32Add, w.set(out)],
    [w.get(index), w.i32Const(1), w.i32Add, w.set(index), w.br(0), w.end, w.end],
    [w.get(width), w.i32Const(2), w.i32Shl, w.get(ends), w.i32Add, w.set(ends)],
    [w.get(records), w.i32Const(1), w.i32Sub, w.set(records), w.br(0), w.end, w.end],
  ];
  return { name: 'numbers', parameters: 6, hasResult: false, locals: { i32: 4, i64: 3 }, code };
}
