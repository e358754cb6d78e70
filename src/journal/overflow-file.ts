import { existsSync, readFileSync } from 'node:fs';
import type { FileHandle, open } from 'node:fs/promises';

/** Room for some 700 ordinary records: halts, cancels and the broker's answers of a bad hour. */
export const overflowBytes = 256 * 1024;
/** Errors that say "no room" and nothing about the health of the disk. */
export const fullCodes: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Beside the journal: room that is taken while there is some, for what must be recorded when there is none. */
export function overflowPath(file: string): string {
  return `${file}.reserve`;
}

/**
 * The reserve of a journal: a file whose blocks are allocated when it is made and written in place later, which a full
 * disk, quota or file limit does not refuse. (Copy-on-write file systems such as btrfs give no such promise.) It holds
 * journal lines that follow the last line of the journal, up to the first zero byte.
 */
export class OverflowFile {
  readonly #handle: FileHandle;
  readonly #size: number;
  #used = 0;
  #isFull = false;

  /** Makes the reserve as large as there is room for; what it holds already stays. */
  static async open(file: string, openFile: typeof open): Promise<OverflowFile> {
    const path = overflowPath(file);
    const handle = await openFile(path, existsSync(path) ? 'r+' : 'w+', 0o600);
    try {
      return new OverflowFile(handle, await filled(handle));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  private constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.#size = size;
  }

  /** False when there is no room, as a copy-on-write disk may say even here; true when the bytes are durable. @throws what the disk says, which is fatal */
  async add(bytes: Buffer): Promise<boolean> {
    if (this.#isFull || this.#used + bytes.length >= this.#size) return false;
    try {
      await writeFully(this.#handle, Buffer.concat([bytes, Buffer.alloc(1)]), this.#used);
    } catch (error) {
      if (!fullCodes.has((error as NodeJS.ErrnoException).code)) throw error;
      // A part of it may stand there and was never acknowledged: nothing goes behind it.
      this.#isFull = true;
      return false;
    }
    await this.#handle.datasync();
    this.#used += bytes.length;
    return true;
  }

  /** What it held is in the journal now, or was never acknowledged. */
  async clear(): Promise<void> {
    await writeFully(this.#handle, Buffer.alloc(1), 0);
    await this.#handle.datasync();
    this.#used = 0;
    this.#isFull = false;
  }

  /** Takes over what an earlier process left, so that more goes after it. */
  keep(bytes: number): void {
    this.#used = bytes;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** Whole lines in the reserve as Latin-1, each without its end; none when there is no reserve. */
export function readOverflow(file: string): readonly string[] {
  const path = overflowPath(file);
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path).subarray(0, overflowBytes);
  const end = bytes.indexOf(0);
  return bytes
    .toString('latin1', 0, end < 0 ? bytes.length : end)
    .split('\n')
    .slice(0, -1);
}

/** Writes all of `bytes` at `at`, however many calls that takes. */
export async function writeFully(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, at + written);
    if (bytesWritten === 0) throw Object.assign(new Error('the disk took no byte'), { code: 'EIO' });
    written += bytesWritten;
  }
}

async function filled(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  if (size >= overflowBytes) return overflowBytes;
  try {
    await writeFully(handle, Buffer.alloc(overflowBytes - size), size);
  } catch (error) {
    if (!fullCodes.has((error as NodeJS.ErrnoException).code)) throw error;
  }
  await handle.sync();
  return Math.min(overflowBytes, (await handle.stat()).size);
}
