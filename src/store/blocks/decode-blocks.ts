import { BlockKernel } from './block-kernel.ts';
import type { BarColumns } from './block-layout.ts';
import { readBlocks, type BlockRange } from './read-blocks.ts';

/** To compile the kernel takes as long as to decode so many blocks without it: whoever reads less never pays for it. */
const plainBlocksMax = 1_000;
let plainBlocks = 0;
let kernel: BlockKernel | null | undefined;

/** `readBlocks`, from a process's thousandth block on by the kernel where the machine can run it. */
export function decodeBlocks(bytes: Uint8Array, count: number, range: BlockRange, into: BarColumns): void {
  const fast = kernelFor(range);
  if (fast === null) readBlocks(bytes, count, range, into);
  else fast.read(bytes, count, range, into);
}

function kernelFor({ firstBlock, endBlock }: BlockRange): BlockKernel | null {
  if (kernel !== undefined) return kernel;
  plainBlocks += endBlock - firstBlock;
  if (plainBlocks < plainBlocksMax) return null;
  kernel = madeKernel();
  return kernel;
}

function madeKernel(): BlockKernel | null {
  try {
    return new BlockKernel();
  } catch {
    // A processor whose vectors WebAssembly cannot use (x86 before SSE 4.1): the plain decoder gives the same bars later.
    return null;
  }
}
