import { wasmPageBytes, wasmPagesMax, wasmSharedMemory, type WasmSharedMemory } from '#wasm/wasm-code.ts';
import { machineBytes } from '../blocks/block-machine.ts';

/** Where a load puts its columns, in a form that a thread is handed as it is. */
export interface LoadMemory {
  readonly buffer: SharedArrayBuffer;
  /** Not null: decoders can work in it, and have room for two before the columns. */
  readonly wasm: WasmSharedMemory | null;
  /** The first byte of the columns. */
  readonly columnsAt: number;
}

/** Where the decoder of the caller and that of its helper have their own things. */
export const machinePlaces = { caller: 0, helper: machineBytes } as const;

const columnsBehindMachines = Math.ceil((2 * machineBytes) / wasmPageBytes) * wasmPageBytes;
/** Decoders in place: what is too small for them is decoded before they are compiled. */
const wasmBytesMin = 16 * 1024 * 1024;

/** What belongs to a buffer that was given out; a buffer that comes from elsewhere is one without decoders. */
const known = new WeakMap<SharedArrayBuffer, LoadMemory>();

/** Memory for columns of so many bytes: what is offered where it is large enough, and fresh otherwise. */
export function loadMemory(columnBytes: number, offered: SharedArrayBuffer | undefined): LoadMemory {
  if (offered !== undefined) {
    const memory = known.get(offered) ?? { buffer: offered, wasm: null, columnsAt: 0 };
    if (offered.byteLength - memory.columnsAt >= columnBytes) return memory;
  }
  const memory = columnBytes < wasmBytesMin ? null : memoryOfMachines(columnBytes);
  if (memory === null) return { buffer: new SharedArrayBuffer(columnBytes), wasm: null, columnsAt: 0 };
  known.set(memory.buffer, memory);
  return memory;
}

/** Null beyond 4 GiB, which is 107 million bars, or where there is no such memory: then columns are copied into place. */
function memoryOfMachines(columnBytes: number): LoadMemory | null {
  // One page more than needed: a block without sense may name a place up to 127 bars behind its own.
  const pages = Math.ceil((columnsBehindMachines + columnBytes) / wasmPageBytes) + 1;
  if (pages > wasmPagesMax) return null;
  try {
    const wasm = wasmSharedMemory(pages);
    return { buffer: wasm.buffer, wasm, columnsAt: columnsBehindMachines };
  } catch {
    // A system that lends no address space for it: ordinary memory takes the same bars a little later.
    return null;
  }
}
