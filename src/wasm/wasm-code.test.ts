import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { wasm as w, wasmInstance, wasmModule, type Code } from './wasm-code.ts';

const [leftAt, rightAt, resultAt] = [64, 80, 96];

interface Calculation {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly calculate: () => void;
}

/** Runs `code`, which leaves a vector on the stack, over two vectors in memory. */
function over(code: Code): (left: Uint8Array, right: Uint8Array) => DataView {
  const body: Code = [w.i32Const(resultAt), code, w.v128Store(0)];
  const { memory, calculate } = wasmInstance(
    wasmModule([{ name: 'calculate', parameters: 0, hasResult: false, locals: { i32: 0, i64: 0 }, code: body }], 1),
  ) as Calculation;
  const bytes = new Uint8Array(memory.buffer);
  return (left, right) => {
    bytes.set(left, leftAt);
    bytes.set(right, rightAt);
    calculate();
    return new DataView(memory.buffer, resultAt, 16);
  };
}

const left: Code = [w.i32Const(0), w.v128Load(leftAt)];
const right: Code = [w.i32Const(0), w.v128Load(rightAt)];
const vector = fc.uint8Array({ minLength: 16, maxLength: 16 });

function sameInLanes(code: Code, expected: (left: number, right: number) => number): void {
  const run = over(code);
  fc.assert(
    fc.property(vector, vector, (one, other) => {
      const result = run(one, other);
      for (let lane = 0; lane < 4; lane += 1) {
        const [a, b] = [one, other].map((bytes) =>
          new DataView(bytes.buffer, bytes.byteOffset).getInt32(4 * lane, true),
        );
        assert.equal(result.getInt32(4 * lane, true), expected(a!, b!) | 0);
      }
    }),
    { numRuns: 50 },
  );
}

function sameBytes(code: Code, expected: (left: Uint8Array, right: Uint8Array, place: number) => number): void {
  const run = over(code);
  fc.assert(
    fc.property(vector, vector, (one, other) => {
      const result = run(one, other);
      for (let place = 0; place < 16; place += 1) assert.equal(result.getUint8(place), expected(one, other, place));
    }),
    { numRuns: 50 },
  );
}

test('wasm: arithmetic on four lanes is that of 32-bit numbers', () => {
  sameInLanes([left, right, w.i32x4Add], (a, b) => a + b);
  sameInLanes([left, right, w.i32x4Sub], (a, b) => a - b);
  sameInLanes([left, right, w.i32x4Mul], (a, b) => Math.imul(a, b));
  sameInLanes([left, right, w.i32x4MinS], (a, b) => Math.min(a, b));
  sameInLanes([left, right, w.i32x4MaxS], (a, b) => Math.max(a, b));
  sameInLanes([left, w.i32x4Neg], (a) => -a);
  sameInLanes([left, w.i32Const(7), w.i32x4ShrU], (a) => a >>> 7);
  sameInLanes([left, right, w.v128And], (a, b) => a & b);
  sameInLanes([left, right, w.v128Xor], (a, b) => a ^ b);
  sameInLanes([w.i32Const(-300), w.i32x4Splat], () => -300);
});

test('wasm: i8x16Swizzle and i8x16Shuffle take bytes by number, and a number beyond the vector gives 0', () => {
  const reversed = Array.from({ length: 16 }, (_, place) => 31 - 2 * place);

  sameBytes([left, right, w.i8x16Swizzle], (bytes, numbers, place) => bytes[numbers[place]!] ?? 0);
  sameBytes([left, right, w.i8x16Shuffle(reversed)], (one, other, place) => [...one, ...other][reversed[place]!]!);
});

test('wasm: f64x2ConvertLowI32x4S makes floats of the lower two lanes', () => {
  const run = over([left, w.f64x2ConvertLowI32x4S]);

  const result = run(new Uint8Array(Int32Array.of(-5, 2 ** 31 - 1, 7, 8).buffer), new Uint8Array(16));

  assert.deepEqual([result.getFloat64(0, true), result.getFloat64(8, true)], [-5, 2 ** 31 - 1]);
});

test('wasm: loads of one, two and eight bytes reach beyond an offset of 127 and keep no sign', () => {
  const bytes = (offset: number): Code => [w.i32Const(leftAt + 4 - offset), w.i32Load8U(offset)];
  const run = over([
    bytes(300 - 250),
    bytes(66),
    w.i32Add,
    w.i32Const(leftAt + 5),
    w.i32Load16U(0),
    w.i32Add,
    w.i32x4Splat,
  ]);

  const result = run(Uint8Array.of(0, 0, 0, 0, 0xfe, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0), new Uint8Array(16));

  assert.equal(result.getInt32(0, true), 2 * 0xfe + 0xff_ff);
});

test('wasm: 64-bit numbers are loaded, masked, shifted, and become 32-bit ones and floats', () => {
  const masked: Code = [w.i32Const(leftAt), w.i64LoadUnaligned, w.i64Const(1n), w.i64Const(40n), w.i64Shl];
  const mask: Code = [w.i64Const(1n), w.i64Sub, w.i64And];
  const wrapped = over([masked, mask, w.i32WrapI64, w.i32Const(4), w.i32ShrU, w.i32x4Splat]);
  const bytes = Uint8Array.of(0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0);
  const address: Code = w.i32Const(leftAt + 8);
  const sum: Code = [address, address, w.f64Load(0), masked, mask, w.f64ConvertI64S, w.f64Add, w.f64Store(0)];
  const floats = over([sum, left]);

  assert.equal(wrapped(bytes, bytes).getUint32(0, true), 0x0765_4321);
  assert.equal(floats(bytes, bytes).getFloat64(8, true), 0x98_7654_3210);
});

test('wasm: call() runs another function of the module', () => {
  const twice = { name: 'twice', parameters: 1, hasResult: true, locals: { i32: 0, i64: 0 } };
  const both = { name: 'both', parameters: 2, hasResult: true, locals: { i32: 0, i64: 0 } };
  const module = wasmModule(
    [
      { ...twice, code: [w.get(0), w.get(0), w.i32Add] },
      { ...both, code: [w.get(0), w.call(0), w.get(1), w.i32Sub] },
    ],
    1,
  );

  assert.equal((wasmInstance(module) as { both: (a: number, b: number) => number }).both(300, 1), 599);
});
