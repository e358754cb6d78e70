import { crc32, inflateRawSync } from 'node:zlib';

/** Bounds of a download: today's lists are a tenth of it. */
const zipBytesMax = 16 * 1024 * 1024;
const fileBytesMax = 64 * 1024 * 1024;

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const endSize = 22;
const commentMax = 65_535;

/** The one file of a zip archive, or what is wrong with the archive. */
export type Unzipped =
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'broken'; readonly cause: string };

/**
 * Reads a zip archive that holds exactly one stored or deflated file, checks its length and its CRC, and never unpacks
 * more than 64 MiB. Archives that are split, encrypted or larger than 4 GiB are refused.
 *
 * @see APPNOTE.TXT 4.3 (structure) and 4.4 (fields)
 */
export function unzipOne(archive: Uint8Array): Unzipped {
  if (archive.length > zipBytesMax) return broken(`${archive.length} bytes, at most ${zipBytesMax}`);
  const view = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(view);
  if (end === null) return broken('no end of the archive');
  const entries = view.readUInt16LE(end + 10);
  if (entries !== 1) return broken(`${entries} files, wanted one`);
  const at = view.readUInt32LE(end + 16);
  if (at + 46 > end || view.readUInt32LE(at) !== entryMark) return broken('no directory');
  return readEntry(view, at);
}

function readEntry(view: Buffer, at: number): Unzipped {
  const entry = {
    isEncrypted: (view.readUInt16LE(at + 8) & 1) === 1,
    method: view.readUInt16LE(at + 10),
    crc: view.readUInt32LE(at + 16),
    packed: view.readUInt32LE(at + 20),
    size: view.readUInt32LE(at + 24),
    local: view.readUInt32LE(at + 42),
  };
  const name = view.toString('latin1', at + 46, at + 46 + view.readUInt16LE(at + 28));
  if (entry.isEncrypted) return broken('encrypted');
  if (entry.method !== 0 && entry.method !== 8) return broken(`method ${entry.method}, wanted 0 or 8`);
  if (entry.size > fileBytesMax) return broken(`unpacks to ${entry.size} bytes, at most ${fileBytesMax}`);
  if (entry.local + 30 > view.length || view.readUInt32LE(entry.local) !== localMark) return broken('no file header');
  const start = entry.local + 30 + view.readUInt16LE(entry.local + 26) + view.readUInt16LE(entry.local + 28);
  if (start + entry.packed > view.length) return broken('the file ends too early');
  const bytes = unpack(view.subarray(start, start + entry.packed), entry);
  if (bytes === null) return broken('cannot be unpacked');
  if (bytes.length !== entry.size) return broken(`unpacks to ${bytes.length} bytes, wanted ${entry.size}`);
  if (crc32(bytes) !== entry.crc) return broken('wrong checksum');
  return { kind: 'file', name, bytes };
}

function unpack(packed: Buffer, { method, size }: { readonly method: number; readonly size: number }): Buffer | null {
  if (method === 0) return packed;
  try {
    // One byte more than announced, so that a file that goes on is seen and not cut.
    return inflateRawSync(packed, { maxOutputLength: size + 1 });
  } catch {
    // Whatever zlib found, the archive is not what it says; the caller reports it.
    return null;
  }
}

/** From the back: only a comment may follow it. */
function findEnd(view: Buffer): number | null {
  const last = view.length - endSize;
  for (let at = last; at >= 0 && at >= last - commentMax; at -= 1) {
    if (view.readUInt32LE(at) === endMark && at + endSize + view.readUInt16LE(at + 20) === view.length) return at;
  }
  return null;
}

function broken(cause: string): Unzipped {
  return { kind: 'broken', cause };
}
