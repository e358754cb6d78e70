import { wasm as w, type Code, type WasmFunction } from '#wasm/wasm-code.ts';
import { blockLayout } from './block-layout.ts';

const { rows: rowsMax, columns: columnCount, headBytes } = blockLayout;
/** Of one column of distances, four bytes each. */
const distanceBytes = 4 * rowsMax;

/** Where things lie in the memory of the code. */
export interface BlockCodeMap {
  /** 32 entries of `writeWidths`, by width. */
  readonly widthsAt: number;
  /** Distances of one block: its five columns of 32-bit numbers, in the order of the layout. */
  readonly distancesAt: number;
}

/** The functions of a module that decodes blocks; `readBlocks` is the same in TypeScript and says what they have to do. */
export function blockCode(map: BlockCodeMap): readonly WasmFunction[] {
  return [unpackColumn(map), joinColumns(map), readBlock(map)];
}

const [unpackColumnPlace, joinColumnsPlace] = [0, 1];

/**
 * `unpackColumn(form, rows, at, into)`: values of a column to 32-bit numbers, eight a turn; the bytes that hold four of
 * them are spread over four lanes, multiplied so that each value begins at bit 7, shifted down and masked. May write up to
 * seven too many. Returns where the column's outliers begin.
 *
 * Bits 7 to 30 hold the widest value, so nothing that counts is lost at the upper end.
 */
function unpackColumn({ widthsAt }: BlockCodeMap): WasmFunction {
  const [form, rows, at, into, width, entry, position, end] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [spreadOne, spreadTwo, factorOne, factorTwo, mask] = [8, 9, 10, 11, 12];
  const four = (offset: Code, spread: number, factor: number): Code => [
    [w.get(position), offset, w.v128Load(0), w.get(spread), w.i8x16Swizzle, w.get(factor), w.i32x4Mul],
    [w.i32Const(7), w.i32x4ShrU, w.get(mask), w.v128And],
  ];
  const half: Code = [w.get(width), w.i32Const(1), w.i32ShrU, w.i32Add];
  const code: Code = [
    [w.get(form), w.i32Const(31), w.i32And, w.tee(width)],
    [w.i32Const(6), w.i32Shl, w.i32Const(widthsAt), w.i32Add, w.set(entry)],
    [w.get(entry), w.v128Load(0), w.set(spreadOne), w.get(entry), w.v128Load(16), w.set(spreadTwo)],
    [w.get(entry), w.v128Load(32), w.set(factorOne), w.get(entry), w.v128Load(48), w.set(factorTwo)],
    [w.i32Const(1), w.get(width), w.i32Shl, w.i32Const(1), w.i32Sub, w.i32x4Splat, w.set(mask)],
    [w.get(at), w.set(position), w.get(into), w.get(rows), w.i32Const(2), w.i32Shl, w.i32Add, w.set(end)],
    [w.loop, w.get(into), four([], spreadOne, factorOne), w.v128Store(0)],
    [w.get(into), four(half, spreadTwo, factorTwo), w.v128Store(16)],
    [w.get(position), w.get(width), w.i32Add, w.set(position)],
    [w.get(into), w.i32Const(32), w.i32Add, w.tee(into), w.get(end), w.i32LtU, w.brIf(0), w.end],
    [w.get(at), w.get(rows), w.get(width), w.i32Mul, w.i32Const(7), w.i32Add, w.i32Const(3), w.i32ShrU, w.i32Add],
  ];
  return { name: 'unpackColumn', parameters: 4, hasResult: true, locals: { i32: 4, i64: 0, v128: 5 }, code };
}

/**
 * `joinColumns(head, rows, out, columnBytes)`: columns of floats from the distances of a block, four bars a turn, possibly
 * three too many. The sum of all distances up to a bar is its close: first within the four, then with the close before.
 */
function joinColumns({ distancesAt }: BlockCodeMap): WasmFunction {
  const [head, rows, outOpen, columnBytes, from, end, outHigh, outLow, outClose, outVolume] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ];
  // Nobody sets `zero`: every local begins as that.
  const [step, last, up, body, close, open, one, zero] = [10, 11, 12, 13, 14, 15, 16, 17];
  const outs = [outOpen, outHigh, outLow, outClose, outVolume];
  const distance = (column: number): Code => [w.get(from), w.v128Load(distancesAt + column * distanceBytes)];
  /** 0, 1, 2, 3 to 0, -1, 1, -2. */
  const unzigzag = (column: number, into: number): Code => [
    [distance(column), w.tee(into), w.i32Const(1), w.i32x4ShrU],
    [w.get(into), w.get(one), w.v128And, w.i32x4Neg, w.v128Xor, w.set(into)],
  ];
  /** Each lane and the one that stands `lanes` before it, 0 before the first. */
  const addShifted = (local: number, lanes: number): Code => [
    [w.get(local), w.get(zero), w.get(local), w.i8x16Shuffle(bytesFrom(16 - 4 * lanes)), w.i32x4Add, w.set(local)],
  ];
  const put = (out: number, lanes: Code): Code => [
    [w.get(out), lanes, w.tee(up), w.f64x2ConvertLowI32x4S, w.v128Store(0)],
    [w.get(out), w.get(up), w.get(up), w.i8x16Shuffle(bytesFrom(8)), w.f64x2ConvertLowI32x4S, w.v128Store(16)],
    [w.get(out), w.i32Const(32), w.i32Add, w.set(out)],
  ];
  const putPrice = (out: number, lanes: Code): Code => put(out, [lanes, w.get(step), w.i32x4Mul]);
  const code: Code = [
    [w.get(head), w.i32LoadUnaligned, w.i32x4Splat, w.set(last)],
    [w.get(head), w.i32Load16U(4), w.i32x4Splat, w.set(step), w.i32Const(1), w.i32x4Splat, w.set(one)],
    outs.slice(1).map((out, place) => [w.get(outs[place] ?? 0), w.get(columnBytes), w.i32Add, w.set(out)]),
    [w.i32Const(0), w.set(from), w.get(rows), w.i32Const(2), w.i32Shl, w.set(end)],
    [w.loop, unzigzag(0, up), unzigzag(1, body)],
    [w.get(up), w.get(body), w.i32x4Add, w.set(close), addShifted(close, 1), addShifted(close, 2)],
    [w.get(close), w.get(last), w.i32x4Add, w.tee(close), w.get(body), w.i32x4Sub, w.set(open)],
    [
      w.get(close),
      w.get(close),
      w.i8x16Shuffle([...fourBytes(12), ...fourBytes(12), ...fourBytes(12), ...fourBytes(12)]),
    ],
    w.set(last),
    putPrice(outOpen, w.get(open)),
    putPrice(outHigh, [w.get(open), w.get(close), w.i32x4MaxS, distance(2), w.i32x4Add]),
    putPrice(outLow, [w.get(open), w.get(close), w.i32x4MinS, distance(3), w.i32x4Sub]),
    putPrice(outClose, w.get(close)),
    put(outVolume, distance(4)),
    [w.get(from), w.i32Const(16), w.i32Add, w.tee(from), w.get(end), w.i32LtU, w.brIf(0), w.end],
  ];
  return { name: 'joinColumns', parameters: 4, hasResult: false, locals: { i32: 6, i64: 0, v128: 8 }, code };
}

/**
 * `readBlock(head, rows, out, columnBytes)`: one block, whose head lies at `head`, into columns of floats, of which the
 * opens lie at `out` and each of the others `columnBytes` behind the one before: open, high, low, close, volume.
 */
function readBlock({ distancesAt }: BlockCodeMap): WasmFunction {
  const [head, rows, out, columnBytes, position, form, outliers, width, bytes, place] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [high, mask] = [10, 11];
  const readForm = (column: number): Code => [
    [w.get(head), w.i32Load8U(6 + 2 * column), w.tee(form), w.i32Const(5), w.i32ShrU, w.set(bytes)],
    [w.get(head), w.i32Load8U(7 + 2 * column), w.set(outliers)],
    [w.get(form), w.i32Const(31), w.i32And, w.set(width)],
  ];
  const unpack = (column: number): Code => [
    [w.get(form), w.get(rows), w.get(position), w.i32Const(distancesAt + column * distanceBytes)],
    [w.call(unpackColumnPlace), w.set(position)],
  ];
  /** Goes through the outliers with the place of each and its high bits; `add` puts them where they belong. */
  const eachOutlier = (add: Code): Code => [
    [w.i64Const(1n), w.get(bytes), w.i32Const(3), w.i32Shl, w.i64ExtendI32U, w.i64Shl, w.i64Const(1n), w.i64Sub],
    [w.set(mask), w.block, w.get(outliers), w.i32Eqz, w.brIf(0), w.loop],
    [w.get(position), w.i32Load8U(0), w.set(place)],
    [w.get(position), w.i32Const(1), w.i32Add, w.tee(position), w.i64LoadUnaligned, w.get(mask), w.i64And],
    [w.get(width), w.i64ExtendI32U, w.i64Shl, w.set(high), add],
    [w.get(position), w.get(bytes), w.i32Add, w.set(position)],
    [w.get(outliers), w.i32Const(1), w.i32Sub, w.tee(outliers), w.brIf(0), w.end, w.end],
  ];
  const addPrice = (column: number): Code => [
    [w.get(place), w.i32Const(2), w.i32Shl, w.i32Const(distancesAt + column * distanceBytes), w.i32Add, w.tee(place)],
    [w.get(place), w.i32Load(0), w.get(high), w.i32WrapI64, w.i32Add, w.i32Store(0)],
  ];
  // Volumes pass 32 bits, so theirs are added to the floats.
  const addVolume: Code = [
    [w.get(place), w.i32Const(3), w.i32Shl, w.get(out), w.i32Add],
    [w.get(columnBytes), w.i32Const(2), w.i32Shl, w.i32Add, w.tee(place)],
    [w.get(place), w.f64Load(0), w.get(high), w.f64ConvertI64S, w.f64Add, w.f64Store(0)],
  ];
  const volume = columnCount - 1;
  const code: Code = [
    [w.get(head), w.i32Const(headBytes), w.i32Add, w.set(position)],
    [0, 1, 2, 3].map((column) => [readForm(column), unpack(column), eachOutlier(addPrice(column))]),
    [readForm(volume), unpack(volume), w.get(head), w.get(rows), w.get(out), w.get(columnBytes)],
    w.call(joinColumnsPlace),
    eachOutlier(addVolume),
  ];
  return { name: 'readBlock', parameters: 4, hasResult: false, locals: { i32: 6, i64: 2 }, code };
}

/** Sixteen byte numbers that follow each other. */
function bytesFrom(first: number): readonly number[] {
  return Array.from({ length: 16 }, (_, place) => first + place);
}

function fourBytes(first: number): readonly number[] {
  return [0, 1, 2, 3].map((place) => first + place);
}
