import { blockBytesMax, blockLayout, type BarColumns } from './block-layout.ts';

const { rows: rowsMax, headBytes, bitsMax, priceMax, volumeMax, stepMax, tailBytes } = blockLayout;

/**
 * Columns as blocks of `block-layout.ts`; null when they cannot be held so: a price that is not a whole number from 0 to
 * 2^30, a high or low inside the body, or a volume that is not a whole number up to 2^52.
 */
export function writeBlocks(columns: BarColumns): Uint8Array | null {
  const count = columns.close.length;
  if (!isHoldable(columns)) return null;
  const blocks = Math.ceil(count / rowsMax);
  const start = 4 + 2 * blocks;
  const bytes = new Uint8Array(start + blocks * blockBytesMax + tailBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, blocks, true);
  let end = start;
  for (let block = 0; block < blocks; block += 1) {
    const from = block * rowsMax;
    const next = writeBlock(view, end, columns, from, Math.min(from + rowsMax, count));
    view.setUint16(4 + 2 * block, next - end, true);
    end = next;
  }
  return bytes.slice(0, end + tailBytes);
}

function isHoldable({ open, high, low, close, volume }: BarColumns): boolean {
  for (const [row, last] of close.entries()) {
    const [first, top, bottom] = [open[row] ?? 0, high[row] ?? 0, low[row] ?? 0];
    const isWhole = [first, top, bottom, last].every(Number.isInteger);
    // A high inside the body, which imports refuse and older stores may hold, has no distance from it.
    if (!isWhole || bottom < 0 || top > priceMax || top < Math.max(first, last)) return false;
    if (bottom > Math.min(first, last)) return false;
  }
  return volume.every((value) => Number.isInteger(value) && value >= 0 && value <= volumeMax);
}

function writeBlock(view: DataView, at: number, columns: BarColumns, from: number, to: number): number {
  const step = stepOf(columns, from, to);
  // The block's own first open stands in for the close before it, so that no block needs another one to be read.
  const before = (columns.open[from] ?? 0) / step;
  view.setUint32(at, before, true);
  view.setUint16(at + 4, step, true);
  let end = at + headBytes;
  for (const [column, values] of distancesOf(columns, from, to, step).entries()) {
    const found = widthOf(values);
    view.setUint8(at + 6 + 2 * column, found.width + (found.outlierBytes << 5));
    view.setUint8(at + 7 + 2 * column, found.outliers);
    end = writeColumn(view, end, values, found);
  }
  return end;
}

/** The greatest won amount of which every price of the block is a multiple: the tick where prices are unadjusted. */
function stepOf({ open, high, low, close }: BarColumns, from: number, to: number): number {
  let step = 0;
  for (let row = from; row < to && step !== 1; row += 1) {
    for (const column of [open, high, low, close]) step = greatestDivisor(column[row] ?? 0, step);
  }
  return step === 0 || step > stepMax ? 1 : step;
}

function greatestDivisor(left: number, right: number): number {
  let [a, b] = [left, right];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** What the columns of a block hold, in the order of the layout. */
function distancesOf(columns: BarColumns, from: number, to: number, step: number): readonly Float64Array[] {
  const rows = to - from;
  const [opens, closes] = [new Float64Array(rows), new Float64Array(rows)];
  const [highs, lows] = [new Float64Array(rows), new Float64Array(rows)];
  let before = columns.open[from] ?? 0;
  for (let row = 0; row < rows; row += 1) {
    const [open, close] = [columns.open[from + row] ?? 0, columns.close[from + row] ?? 0];
    opens[row] = zigzag((open - before) / step);
    closes[row] = zigzag((close - open) / step);
    highs[row] = ((columns.high[from + row] ?? 0) - Math.max(open, close)) / step;
    lows[row] = (Math.min(open, close) - (columns.low[from + row] ?? 0)) / step;
    before = close;
  }
  return [opens, closes, highs, lows, columns.volume.subarray(from, to)];
}

/** 0, -1, 1, -2 become 0, 1, 2, 3. */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

interface ColumnWidth {
  readonly width: number;
  readonly outliers: number;
  readonly outlierBytes: number;
}

/** The width at which packed values and outliers together take the fewest bytes. */
function widthOf(values: Float64Array): ColumnWidth {
  const withBits = new Uint16Array(54);
  let bitsUsed = 0;
  for (const value of values) {
    const bits = bitsOf(value);
    withBits[bits] = (withBits[bits] ?? 0) + 1;
    bitsUsed = Math.max(bitsUsed, bits);
  }
  let best = { width: 0, outliers: 0, outlierBytes: 0, cost: Infinity };
  let outliers = withBits.slice(bitsMax + 1).reduce((sum, count) => sum + count, 0);
  for (let width = Math.min(bitsMax, 53); width >= 0; width -= 1) {
    const outlierBytes = Math.ceil(Math.max(0, bitsUsed - width) / 8);
    const cost = Math.ceil((values.length * width) / 8) + outliers * (1 + outlierBytes);
    if (cost <= best.cost) best = { width, outliers, outlierBytes: outliers === 0 ? 0 : outlierBytes, cost };
    outliers += withBits[width] ?? 0;
  }
  return best;
}

/** Bits of a whole number from 0 to 2^53. */
function bitsOf(value: number): number {
  return value >= 2 ** 32 ? 64 - Math.clz32(Math.floor(value / 2 ** 32)) : 32 - Math.clz32(value);
}

function writeColumn(view: DataView, at: number, values: Float64Array, { width, outlierBytes }: ColumnWidth): number {
  const limit = 2 ** width;
  for (const [row, value] of values.entries()) {
    const bit = row * width;
    const place = at + (bit >>> 3);
    view.setUint32(place, view.getUint32(place, true) | ((value % limit) << (bit & 7)), true);
  }
  let end = at + Math.ceil((values.length * width) / 8);
  for (const [row, value] of values.entries()) {
    if (value < limit) continue;
    view.setUint8(end, row);
    end += 1;
    for (let high = Math.floor(value / limit), byte = 0; byte < outlierBytes; byte += 1) {
      view.setUint8(end, high % 256);
      high = Math.floor(high / 256);
      end += 1;
    }
  }
  return end;
}
