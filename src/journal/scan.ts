import { closeSync, openSync, readSync } from 'node:fs';
import { decodeLine, emptyHash, journalHeader, type Head } from './record-line.ts';
import type { JournalRecord } from './record.ts';

const chunkBytes = 256 * 1024;
/** A line holds one body of at most 1 MiB of characters, each at most 4 bytes, and a little more. */
const lineBytesMax = 5 * 1024 * 1024;

/** One step through a journal file: a good record, or the first thing that is wrong, after which the scan ends. */
export type Scanned =
  | { readonly kind: 'record'; readonly record: JournalRecord; readonly endsAt: number }
  | { readonly kind: 'broken'; readonly sequence: number; readonly startsAt: number; readonly reason: string };

/**
 * Walks the chain from the first record on. The file is read in pieces; memory does not grow with it.
 *
 * @param endsAt bytes to read; the rest is somebody's unfinished write
 */
export function* scanJournal(file: string, endsAt: number): Generator<Scanned> {
  let head: Head = { sequence: 0, hash: emptyHash };
  let isFirst = true;
  for (const line of lines(file, endsAt)) {
    const broken = (reason: string): Scanned => ({
      kind: 'broken',
      sequence: isFirst ? 0 : head.sequence + 1,
      startsAt: line.startsAt,
      reason,
    });
    if (line.text === null) {
      yield broken(line.reason);
      return;
    }
    if (isFirst && line.text === journalHeader) {
      isFirst = false;
      continue;
    }
    const record = isFirst ? 'the first line is not that of a journal' : decodeLine(line.text, head);
    if (typeof record === 'string') {
      yield broken(record);
      return;
    }
    head = record;
    yield { kind: 'record', record, endsAt: line.endsAt };
  }
  if (isFirst) yield { kind: 'broken', sequence: 0, startsAt: 0, reason: 'the file is empty' };
}

type Line =
  | { readonly text: string; readonly startsAt: number; readonly endsAt: number }
  | { readonly text: null; readonly startsAt: number; readonly reason: string };

function* lines(file: string, endsAt: number): Generator<Line> {
  const descriptor = openSync(file, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    let restAt = 0;
    for (let readAt = 0; readAt < endsAt;) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, endsAt - readAt));
      const count = readSync(descriptor, chunk, 0, chunk.length, readAt);
      if (count === 0) break;
      readAt += count;
      rest = Buffer.concat([rest, chunk.subarray(0, count)]);
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        yield decoded(rest.subarray(0, end), restAt);
        restAt += end + 1;
        rest = rest.subarray(end + 1);
      }
      if (rest.length > lineBytesMax) break;
    }
    if (rest.length > 0) yield { text: null, startsAt: restAt, reason: 'the line has no end' };
  } finally {
    closeSync(descriptor);
  }
}

// Fatal, and keeping a byte order mark: otherwise two different byte strings could read as the same text.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decoded(bytes: Buffer, startsAt: number): Line {
  try {
    return { text: utf8.decode(bytes), startsAt, endsAt: startsAt + bytes.length + 1 };
  } catch {
    // The reason is the whole story: the bytes are not text.
    return { text: null, startsAt, reason: 'the line is not UTF-8' };
  }
}
