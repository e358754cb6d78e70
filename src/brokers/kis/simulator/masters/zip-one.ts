import { crc32, deflateRawSync } from 'node:zlib';

/** Second of January 1980, midnight, in the form of MS-DOS: archives of the same list are the same bytes. */
const date = 0x0022;

/** A zip archive with one deflated file in it. @see APPNOTE.TXT 4.3 */
export function zipOne(name: string, bytes: Buffer): Buffer {
  const packed = deflateRawSync(bytes);
  const nameBytes = Buffer.from(name, 'latin1');
  const facts = sharedFacts(bytes, packed, nameBytes);
  const local = Buffer.concat([u32(0x04034b50), u16(20), facts, u16(0), nameBytes, packed]);
  const central = Buffer.concat([
    u32(0x02014b50),
    u16(20),
    u16(20),
    facts,
    // No extra field, no comment, first disk, no attributes, at the very start.
    u16(0),
    u16(0),
    u16(0),
    u16(0),
    u32(0),
    u32(0),
    nameBytes,
  ]);
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(1),
    u16(1),
    u32(central.length),
    u32(local.length),
    u16(0),
  ]);
  return Buffer.concat([local, central, end]);
}

/** Flags, method, time, date, checksum, both sizes and the length of the name: the same in both headers. */
function sharedFacts(bytes: Buffer, packed: Buffer, name: Buffer): Buffer {
  return Buffer.concat([
    u16(0),
    u16(8),
    u16(0),
    u16(date),
    u32(crc32(bytes)),
    u32(packed.length),
    u32(bytes.length),
    u16(name.length),
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
