import { blockLayout } from './block-layout.ts';
import { blocksATurn, machineIn, type BlockMachine } from './block-machine.ts';
import type { LoadMemory } from '../load/load-memory.ts';
import { blockStarts, type BlockRange } from './read-blocks.ts';

const { rows: rowsMax } = blockLayout;

/** Where the columns of a series lie in the memory of a load. */
export interface ColumnPlace {
  /** Byte of the first open. */
  readonly at: number;
  /** From there to the first high, and so on to the volume; a multiple of 32 behind which nothing of the column lies. */
  readonly columnBytes: number;
}

/** `readBlocks` into the place itself, without a copy. */
export type PlaceBlocks = (bytes: Uint8Array, count: number, range: BlockRange, place: ColumnPlace) => void;

/**
 * A decoder that works in the memory of a load.
 *
 * @param from of `machinePlaces`
 * @returns null where there can be none
 */
export function placeBlocksIn({ wasm }: LoadMemory, from: number): PlaceBlocks | null {
  const machine = wasm === null ? null : machineOrNull(() => machineIn(wasm, from));
  if (machine === null) return null;
  return (bytes, count, { firstBlock, endBlock }, { at, columnBytes }) => {
    const starts = blockStarts(bytes, count);
    for (let first = firstBlock; first < endBlock; first += blocksATurn) {
      const end = Math.min(endBlock, first + blocksATurn);
      const out = at + (first - firstBlock) * rowsMax * 8;
      machine.read(bytes, starts.subarray(first, end + 1), count - first * rowsMax, out, columnBytes);
    }
  };
}

function machineOrNull(make: () => BlockMachine): BlockMachine | null {
  try {
    return make();
  } catch {
    // A processor whose vectors WebAssembly cannot use: `decodeBlocks` and a copy give the same bars later.
    return null;
  }
}
