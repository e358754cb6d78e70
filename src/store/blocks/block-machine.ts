import { invariant } from '#domain/invariant.ts';
import { wasmInstance, wasmModule, type WasmSharedMemory } from '#wasm/wasm-code.ts';
import { blockCode } from './block-code.ts';
import { blockBytesMax, blockLayout } from './block-layout.ts';
import { widthEntryBytes, writeWidths } from './unpack-widths.ts';

const { rows: rowsMax } = blockLayout;

/** Blocks of one turn, 5,120 bars, as many as twenty years have: their bytes stay in a processor's own cache. */
export const blocksATurn = 40;

/** Where things lie from the machine's first byte on. Behind the distances is room for an outlier whose place is none. */
const widthsAt = 64;
const distancesAt = widthsAt + 32 * widthEntryBytes;
const bytesAt = distancesAt + 4_096;
const bytesMax = blocksATurn * blockBytesMax + 8;

/** What a machine needs for itself. */
export const machineBytes = Math.ceil((bytesAt + bytesMax + 64) / 1_024) * 1_024;

/** The compiled code of `blockCode` with the memory that it works in, from byte `from` of it on. */
export class BlockMachine {
  readonly #bytes: Uint8Array;
  readonly #from: number;
  readonly #readBlock: ReadBlock;

  constructor(buffer: ArrayBuffer | SharedArrayBuffer, from: number, readBlock: ReadBlock) {
    writeWidths(new Uint8Array(buffer, from + widthsAt, 32 * widthEntryBytes));
    this.#bytes = new Uint8Array(buffer, from + bytesAt, bytesMax);
    this.#from = from + bytesAt;
    this.#readBlock = readBlock;
  }

  /**
   * Decodes up to `blocksATurn` blocks.
   *
   * @param starts of the blocks in `bytes`, and the end of the last one
   * @param count bars from the first of these blocks on
   * @param out where the first open goes; up to three bars too many are written behind the last one
   * @param columnBytes from an open to its high, and so on to the volume
   * @throws {InvariantError} when the blocks lie beyond `bytes`
   */
  read(bytes: Uint8Array, starts: Uint32Array, count: number, out: number, columnBytes: number): void {
    // Into shared memory words are copied fast, and bytes that do not lie in words as their copies do are copied slowly.
    const from = Math.floor((starts[0] ?? 0) / 8) * 8;
    const to = starts.at(-1) ?? from;
    invariant(to <= bytes.length && to - from <= bytesMax, `blocks end at byte ${to} of ${bytes.length}`);
    this.#bytes.set(bytes.subarray(from, to));
    for (let block = 0; block < starts.length - 1; block += 1) {
      const rows = Math.min(rowsMax, count - block * rowsMax);
      this.#readBlock(this.#from - from + (starts[block] ?? 0), rows, out + block * rowsMax * 8, columnBytes);
    }
  }
}

/** Parameters as `blockCode` has them. */
type ReadBlock = (head: number, rows: number, out: number, columnBytes: number) => void;

/** A machine at the beginning of a memory of its own of so many pages, and that memory. */
export function machineAlone(pages: number): { readonly machine: BlockMachine; readonly buffer: ArrayBuffer } {
  // What a module exports is written down in `blockCode`.
  const { memory, readBlock } = wasmInstance(wasmModule(codeFrom(0), pages)) as {
    readonly memory: { readonly buffer: ArrayBuffer };
    readonly readBlock: ReadBlock;
  };
  return { machine: new BlockMachine(memory.buffer, 0, readBlock), buffer: memory.buffer };
}

const sharedModules = new Map<number, object>();

/** A machine that works in `memory` from byte `from` on; each thread has another place. */
export function machineIn(memory: WasmSharedMemory, from: number): BlockMachine {
  const module = sharedModules.get(from) ?? wasmModule(codeFrom(from), 'shared');
  sharedModules.set(from, module);
  const { readBlock } = wasmInstance(module, memory) as { readonly readBlock: ReadBlock };
  return new BlockMachine(memory.buffer, from, readBlock);
}

function codeFrom(from: number): ReturnType<typeof blockCode> {
  return blockCode({ widthsAt: from + widthsAt, distancesAt: from + distancesAt });
}
