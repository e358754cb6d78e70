/**
 * Just enough of WebAssembly's binary format to write a few leaf functions over one memory as lists of instructions.
 *
 * @see https://webassembly.github.io/spec/core/binary/
 */
export type Code = readonly (number | Code)[];

const i32 = 0x7f;

/** Instructions by name; what takes an immediate is a function of it. Offsets and constants are whole numbers. */
export const wasm = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  if: [0x04, 0x40],
  ifI64: [0x04, 0x7e],
  else: [0x05],
  end: [0x0b],
  select: [0x1b],
  br: (depth: number): Code => [0x0c, depth],
  /** A function of the same module, by its place in the list. */
  call: (place: number): Code => [0x10, unsigned(place)],
  brIf: (depth: number): Code => [0x0d, depth],
  get: (local: number): Code => [0x20, local],
  set: (local: number): Code => [0x21, local],
  tee: (local: number): Code => [0x22, local],
  i32Load: (offset: number): Code => [0x28, 2, offset],
  i32LoadUnaligned: [0x28, 0, 0],
  i32Load8U: (offset: number): Code => [0x2d, 0, unsigned(offset)],
  i32Load16U: (offset: number): Code => [0x2f, 0, unsigned(offset)],
  i32Store: (offset: number): Code => [0x36, 2, offset],
  i64LoadUnaligned: [0x29, 0, 0],
  f64Load: (offset: number): Code => [0x2b, 3, offset],
  f64Store: (offset: number): Code => [0x39, 3, offset],
  i32Const: (value: number): Code => [0x41, signed(BigInt(value))],
  i64Const: (value: bigint): Code => [0x42, signed(BigInt.asIntN(64, value))],
  i32Eqz: [0x45],
  i32LtU: [0x49],
  i32GtU: [0x4b],
  i32GeU: [0x4f],
  i64Eqz: [0x50],
  i64GtU: [0x56],
  i32Ctz: [0x68],
  i32Popcnt: [0x69],
  i32Add: [0x6a],
  i32Sub: [0x6b],
  i32Mul: [0x6c],
  i32And: [0x71],
  i32Shl: [0x74],
  i32ShrU: [0x76],
  i64Add: [0x7c],
  i64Sub: [0x7d],
  i64Mul: [0x7e],
  i64And: [0x83],
  i64Or: [0x84],
  i64Xor: [0x85],
  i64Shl: [0x86],
  i64ShrU: [0x88],
  i32WrapI64: [0xa7],
  i64ExtendI32U: [0xad],
  f64ConvertI64S: [0xb9],
  f64Add: [0xa0],
  v128LoadUnaligned: [0xfd, 0x00, 0, 0],
  v128StoreUnaligned: [0xfd, 0x0b, 0, 0],
  i8x16Splat: (byte: number): Code => [0xfd, 0x0c, Array.from({ length: 16 }, () => byte)],
  i8x16Swizzle: [0xfd, 0x0e],
  /** Bytes of two vectors by number: 0 to 15 of the lower operand, 16 to 31 of the upper one. */
  i8x16Shuffle: (bytes: readonly number[]): Code => [0xfd, 0x0d, bytes],
  i8x16Eq: [0xfd, 0x23],
  i8x16Bitmask: [0xfd, 0x64],
  v128Load: (offset: number): Code => [0xfd, 0x00, 0, unsigned(offset)],
  v128Store: (offset: number): Code => [0xfd, 0x0b, 0, unsigned(offset)],
  v128And: [0xfd, 0x4e],
  v128Xor: [0xfd, 0x51],
  i32x4Splat: [0xfd, 0x11],
  i32x4Neg: [0xfd, 0xa1, 0x01],
  i32x4ShrU: [0xfd, 0xad, 0x01],
  i32x4Add: [0xfd, 0xae, 0x01],
  i32x4Sub: [0xfd, 0xb1, 0x01],
  i32x4Mul: [0xfd, 0xb5, 0x01],
  i32x4MinS: [0xfd, 0xb6, 0x01],
  i32x4MaxS: [0xfd, 0xb8, 0x01],
  /** The lower two lanes as floats. */
  f64x2ConvertLowI32x4S: [0xfd, 0xfe, 0x01],
} as const;

export interface WasmFunction {
  readonly name: string;
  /** All 32-bit integers; the result is one, too, or nothing. */
  readonly parameters: number;
  readonly hasResult: boolean;
  /** Numbered after the parameters: first the 32-bit ones, then the 64-bit ones, then the vectors. */
  readonly locals: { readonly i32: number; readonly i64: number; readonly v128?: number };
  readonly code: Code;
}

/** What we use of it; Node's types leave the whole to those of a browser. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports?: object) => { readonly exports: unknown };
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number; readonly shared: true }) => object;
};

/** Bytes of a page. */
export const wasmPageBytes = 65_536;
/** What 32 bits reach: 4 GiB. */
export const wasmPagesMax = 65_536;

/**
 * Memory that threads can share and that an instance can work in; its `buffer` is a `SharedArrayBuffer`. To be kept as
 * long as an instance is made for it: a buffer alone cannot be made into one again.
 *
 * @throws {RangeError} when there is not so much
 */
export function wasmSharedMemory(pages: number): WasmSharedMemory {
  // That is what the type means; the declaration above knows an object alone.
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }) as WasmSharedMemory;
}

export interface WasmSharedMemory {
  readonly buffer: SharedArrayBuffer;
}

/**
 * A compiled module with `functions` under their names. Its one memory has so many pages and is exported as `memory`, or
 * it is a shared one, which each instance is given.
 */
export function wasmModule(functions: readonly WasmFunction[], memory: number | 'shared'): object {
  const types = functions.map(({ parameters, hasResult }) => [
    0x60,
    vector(Array.from({ length: parameters }, () => [i32])),
    vector(hasResult ? [[i32]] : []),
  ]);
  const exported = functions.map(({ name }, index) => [text(name), 0x00, unsigned(index)]);
  const isShared = memory === 'shared';
  const wanted = [text('host'), text('memory'), 0x02, 0x03, unsigned(1), unsigned(wasmPagesMax)];
  const bodies = functions.map(({ locals, code }) =>
    sized([
      [3, unsigned(locals.i32), 0x7f, unsigned(locals.i64), 0x7e, unsigned(locals.v128 ?? 0), 0x7b],
      [code, wasm.end],
    ]),
  );
  return new WebAssembly.Module(
    Uint8Array.from(
      flat([
        [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        section(1, types),
        isShared ? section(2, [wanted]) : [],
        section(
          3,
          functions.map((_one, index) => unsigned(index)),
        ),
        isShared ? [] : section(5, [[0x00, unsigned(memory)]]),
        section(7, isShared ? exported : [[text('memory'), 0x02, 0x00], ...exported]),
        section(10, bodies),
      ]),
    ),
  );
}

/** @param memory for a module made for a shared one @returns `memory` and the functions, as the module exports them */
export function wasmInstance(module: object, memory?: WasmSharedMemory): unknown {
  return new WebAssembly.Instance(module, memory === undefined ? {} : { host: { memory } }).exports;
}

function section(id: number, items: readonly Code[]): Code {
  return [id, sized(vector(items))];
}

function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}

function sized(code: Code): Code {
  const bytes = flat(code);
  return [unsigned(bytes.length), bytes];
}

function text(name: string): Code {
  return sized([...Buffer.from(name, 'utf8')]);
}

function flat(code: Code): number[] {
  return code.flatMap((one) => (typeof one === 'number' ? [one] : flat(one)));
}

/** LEB128, least significant seven bits first. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, unsigned(value >>> 7)];
}

function signed(value: bigint): Code {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const isLast = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40);
  return isLast ? [low] : [low | 0x80, signed(rest)];
}
