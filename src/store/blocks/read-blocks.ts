import { invariant } from '#domain/invariant.ts';
import { blockLayout, type BarColumns } from './block-layout.ts';

const { rows: rowsMax, headBytes } = blockLayout;

/** Distances of one block, in steps; kept between calls, because filling a new array costs as much as the decoding. */
const scratch = {
  opens: new Int32Array(rowsMax),
  closes: new Int32Array(rowsMax),
  highs: new Int32Array(rowsMax),
  lows: new Int32Array(rowsMax),
  volumes: new Int32Array(rowsMax),
};
const pricesOfBlock = [scratch.opens, scratch.closes, scratch.highs, scratch.lows] as const;

/** Whole blocks that hold the bars `from` to `to` (places, the second not included). */
export interface BlockRange {
  readonly firstBlock: number;
  readonly endBlock: number;
}

export function blocksAround(from: number, to: number): BlockRange {
  return { firstBlock: Math.floor(from / rowsMax), endBlock: Math.ceil(to / rowsMax) };
}

/** Where each block of `writeBlocks` begins, and behind it the end of the last one. @throws {InvariantError} as `readBlocks` */
export function blockStarts(bytes: Uint8Array, count: number): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = view.getUint32(0, true);
  invariant(blocks === Math.ceil(count / rowsMax), `${count} bars lie in ${blocks} blocks of ${rowsMax}`);
  const starts = new Uint32Array(blocks + 1);
  let start = 4 + 2 * blocks;
  for (let block = 0; block < blocks; block += 1) {
    starts[block] = start;
    start += view.getUint16(4 + 2 * block, true);
  }
  starts[blocks] = start;
  return starts;
}

/**
 * Decodes blocks of `writeBlocks` into `into`, from its first place on. `BlockKernel` does the same faster.
 *
 * @param bytes whole and unharmed: the caller has compared the checksum
 * @param count bars of the whole series
 * @throws {InvariantError} when the blocks do not belong to `count` bars
 */
export function readBlocks(bytes: Uint8Array, count: number, range: BlockRange, into: BarColumns): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = blockStarts(bytes, count);
  let row = 0;
  for (let block = range.firstBlock; block < range.endBlock; block += 1) {
    const rows = Math.min(rowsMax, count - block * rowsMax);
    readBlock(view, starts[block] ?? 0, rows, into, row);
    row += rows;
  }
}

function readBlock(view: DataView, at: number, rows: number, into: BarColumns, row: number): void {
  let position = at + headBytes;
  for (let column = 0; column < pricesOfBlock.length; column += 1) {
    const values = pricesOfBlock[column];
    if (values === undefined) continue;
    const head = at + 6 + 2 * column;
    unpack(view, position, view.getUint8(head) & 31, values, rows);
    position = addOutliers(view, head, position, values, rows);
  }
  const head = at + 14;
  unpack(view, position, view.getUint8(head) & 31, scratch.volumes, rows);
  joinPrices(view.getUint32(at, true), view.getUint16(at + 4, true), rows, into, row);
  addVolumeOutliers(view, head, position, into.volume, row, rows);
}

/** Four values a turn; up to three too many are read, into places and from bytes that are there for it. */
function unpack(view: DataView, at: number, width: number, into: Int32Array, rows: number): void {
  const mask = (1 << width) - 1;
  let bit = at * 8;
  for (let place = 0; place < rows; place += 4) {
    into[place] = (view.getInt32(bit >>> 3, true) >>> (bit & 7)) & mask;
    bit = (bit + width) | 0;
    into[place + 1] = (view.getInt32(bit >>> 3, true) >>> (bit & 7)) & mask;
    bit = (bit + width) | 0;
    into[place + 2] = (view.getInt32(bit >>> 3, true) >>> (bit & 7)) & mask;
    bit = (bit + width) | 0;
    into[place + 3] = (view.getInt32(bit >>> 3, true) >>> (bit & 7)) & mask;
    bit = (bit + width) | 0;
  }
}

/** Adds the high bits of the few prices that are wider than their column; returns where the next column begins. */
function addOutliers(view: DataView, head: number, at: number, into: Int32Array, rows: number): number {
  const form = view.getUint8(head);
  const outliers = view.getUint8(head + 1);
  const width = form & 31;
  const bytes = form >>> 5;
  let position = at + ((rows * width + 7) >>> 3);
  for (let index = 0; index < outliers; index += 1, position += 1 + bytes) {
    let high = 0;
    for (let byte = bytes; byte > 0; byte -= 1) high = (high << 8) | view.getUint8(position + byte);
    const place = view.getUint8(position);
    into[place] = (into[place] ?? 0) | (high << width);
  }
  return position;
}

/** `addOutliers` for volumes, which may pass 32 bits. */
function addVolumeOutliers(
  view: DataView,
  head: number,
  at: number,
  into: Float64Array,
  row: number,
  rows: number,
): void {
  const form = view.getUint8(head);
  const outliers = view.getUint8(head + 1);
  const width = form & 31;
  const bytes = form >>> 5;
  const unit = 1 << width;
  let position = at + ((rows * width + 7) >>> 3);
  for (let index = 0; index < outliers; index += 1, position += 1 + bytes) {
    let high = 0;
    for (let byte = bytes; byte > 0; byte -= 1) high = high * 256 + view.getUint8(position + byte);
    const place = row + view.getUint8(position);
    into[place] = (into[place] ?? 0) + high * unit;
  }
}

/** Columns from their distances. Prices fit 32 bits up to the last multiplication, which `writeBlocks` made sure of. */
function joinPrices(before: number, step: number, rows: number, into: BarColumns, row: number): void {
  const { opens, closes, highs, lows, volumes } = scratch;
  const { open, high, low, close, volume } = into;
  let last = before | 0;
  for (let place = 0; place < rows; place += 1) {
    const up = opens[place] ?? 0;
    const first = (last + ((up >>> 1) ^ -(up & 1))) | 0;
    const body = closes[place] ?? 0;
    last = (first + ((body >>> 1) ^ -(body & 1))) | 0;
    // The fall of the day, or 0: without a branch, because a processor guesses the colour of a day wrong half of the time.
    const fall = (last - first) & ((last - first) >> 31);
    open[row + place] = Math.imul(first, step);
    high[row + place] = Math.imul(last - fall + (highs[place] ?? 0), step);
    low[row + place] = Math.imul(first + fall - (lows[place] ?? 0), step);
    close[row + place] = Math.imul(last, step);
    volume[row + place] = volumes[place] ?? 0;
  }
}
