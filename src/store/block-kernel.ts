import { invariant } from '#domain/invariant.ts';
import { wasmInstance, wasmModule } from '#wasm/wasm-code.ts';
import { blockCode } from './block-code.ts';
import { blockBytesMax, blockLayout, type BarColumns } from './block-layout.ts';
import { blockStarts, type BlockRange } from './read-blocks.ts';
import { widthEntryBytes, writeWidths } from './unpack-widths.ts';

const { rows: rowsMax } = blockLayout;
/** Blocks of one turn, 5,120 bars, as many as twenty years have: their bytes and columns stay in a processor's own cache. */
const blocksATurn = 40;
const rowsATurn = blocksATurn * rowsMax;

/** Where things lie. Behind the distances and the columns is room for an outlier whose place is none, up to 255. */
const widthsAt = 64;
const distancesAt = widthsAt + 32 * widthEntryBytes;
const columnsAt = distancesAt + 4_096;
const columnBytes = rowsATurn * 8;
const bytesAt = columnsAt + 5 * columnBytes + 4_096;
const bytesMax = blocksATurn * blockBytesMax;
const memoryPages = Math.ceil((bytesAt + bytesMax + 64) / 65_536);

/**
 * `readBlocks`, four bars at a time: two to three times as fast, for 512 KiB of memory and the milliseconds that it takes
 * to compile. A block that is none, which a checksum lets through only if it was written so, ends in a WebAssembly trap.
 */
export class BlockKernel {
  readonly #bytes: Uint8Array;
  readonly #columns: BarColumns;
  readonly #readBlock: ReadBlock;

  /** @throws {Error} where there is no WebAssembly with vectors of 128 bits */
  constructor() {
    // What the module exports is written down in `blockCode`.
    const { memory, readBlock } = wasmInstance(compiled()) as KernelExports;
    writeWidths(new Uint8Array(memory.buffer, widthsAt, 32 * widthEntryBytes));
    this.#bytes = new Uint8Array(memory.buffer, bytesAt, bytesMax);
    const column = (place: number): Float64Array =>
      new Float64Array(memory.buffer, columnsAt + place * columnBytes, rowsATurn);
    this.#columns = { open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) };
    this.#readBlock = readBlock;
  }

  /** As `readBlocks`. */
  read(bytes: Uint8Array, count: number, range: BlockRange, into: BarColumns): void {
    const starts = blockStarts(bytes, count);
    for (let first = range.firstBlock; first < range.endBlock; first += blocksATurn) {
      const end = Math.min(range.endBlock, first + blocksATurn);
      this.#turn(bytes, starts.subarray(first, end + 1), count - first * rowsMax);
      const rows = Math.min(count, end * rowsMax) - first * rowsMax;
      this.#copy(rows, into, (first - range.firstBlock) * rowsMax);
    }
  }

  /** @param starts of the blocks, and the end of the last one @param count bars from the first of these blocks on */
  #turn(bytes: Uint8Array, starts: Uint32Array, count: number): void {
    const [from = 0] = starts;
    const to = starts.at(-1) ?? from;
    invariant(to <= bytes.length && to - from <= bytesMax, `blocks end at byte ${to} of ${bytes.length}`);
    this.#bytes.set(bytes.subarray(from, to));
    for (let block = 0; block < starts.length - 1; block += 1) {
      const rows = Math.min(rowsMax, count - block * rowsMax);
      this.#readBlock(bytesAt - from + (starts[block] ?? 0), rows, columnsAt + block * rowsMax * 8);
    }
  }

  #copy(rows: number, into: BarColumns, at: number): void {
    const { open, high, low, close, volume } = this.#columns;
    into.open.set(open.subarray(0, rows), at);
    into.high.set(high.subarray(0, rows), at);
    into.low.set(low.subarray(0, rows), at);
    into.close.set(close.subarray(0, rows), at);
    into.volume.set(volume.subarray(0, rows), at);
  }
}

/** @param head of the block @param out of its first bar in the column of opens */
type ReadBlock = (head: number, rows: number, out: number) => void;

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly readBlock: ReadBlock;
}

let kernelModule: object | null = null;

function compiled(): object {
  kernelModule ??= wasmModule(blockCode({ widthsAt, distancesAt, columnBytes }), memoryPages);
  return kernelModule;
}
