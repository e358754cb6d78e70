import { wasmPageBytes } from '#wasm/wasm-code.ts';
import { blockLayout, type BarColumns } from './block-layout.ts';
import { blocksATurn, machineAlone, machineBytes, type BlockMachine } from './block-machine.ts';
import { blockStarts, type BlockRange } from './read-blocks.ts';

const { rows: rowsMax } = blockLayout;
const rowsATurn = blocksATurn * rowsMax;
const columnBytes = rowsATurn * 8;
/** Behind the columns is room for an outlier whose place is none, up to 255. */
const pages = Math.ceil((machineBytes + 5 * columnBytes + 4_096) / wasmPageBytes);

/**
 * `readBlocks`, four bars at a time: two to three times as fast, for 512 KiB of memory and the milliseconds that it takes
 * to compile. A block that is none, which a checksum lets through only if it was written so, ends in a WebAssembly trap.
 */
export class BlockKernel {
  readonly #machine: BlockMachine;
  readonly #columns: BarColumns;

  /** @throws {Error} where there is no WebAssembly with vectors of 128 bits */
  constructor() {
    const { machine, buffer } = machineAlone(pages);
    const column = (place: number): Float64Array =>
      new Float64Array(buffer, machineBytes + place * columnBytes, rowsATurn);
    this.#machine = machine;
    this.#columns = { open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) };
  }

  /** As `readBlocks`. */
  read(bytes: Uint8Array, count: number, range: BlockRange, into: BarColumns): void {
    const starts = blockStarts(bytes, count);
    for (let first = range.firstBlock; first < range.endBlock; first += blocksATurn) {
      const end = Math.min(range.endBlock, first + blocksATurn);
      const left = count - first * rowsMax;
      this.#machine.read(bytes, starts.subarray(first, end + 1), left, machineBytes, columnBytes);
      this.#copy(Math.min(left, (end - first) * rowsMax), into, (first - range.firstBlock) * rowsMax);
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
