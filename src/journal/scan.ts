import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { decodeLine, emptyHash, journalHeader, readable, type Head } from './record-line.ts';
import type { JournalRecord } from './record.ts';

const chunkBytes = 256 * 1024;
const lineEnd = 10;
/** A line holds one body of at most 1 MiB of characters, each at most 4 bytes, and a little more. */
const lineBytesMax = 5 * 1024 * 1024;

/** One step through a journal file: a good record, or the first thing that is wrong, after which the scan ends. */
export type Scanned =
  | { readonly kind: 'record'; readonly record: JournalRecord; readonly endsAt: number }
  | { readonly kind: 'broken'; readonly sequence: number; readonly startsAt: number; readonly reason: string };

/** Walks the chain from the first record on, for those who read what it says. */
export function* scanJournal(file: string, endsAt: number): Generator<Scanned> {
  for (const step of scanBytes(file, endsAt)) {
    yield step.kind === 'record' ? { ...step, record: readable(step.record) } : step;
  }
}

/**
 * Walks the chain from the first record on. The strings of the records are bytes as Latin-1 (`decodeLine`). The file is
 * read in pieces; memory does not grow with it.
 *
 * @param endsAt bytes to read; the rest is somebody's unfinished write
 */
export function* scanBytes(file: string, endsAt: number): Generator<Scanned> {
  let head: Head = { sequence: 0, hash: emptyHash };
  let isFirst = true;
  for (const line of lines(file, endsAt)) {
    if (isFirst && line.text === journalHeader) {
      isFirst = false;
      continue;
    }
    const read = line.text === null ? line.reason : decodeLine(line.text, head);
    const record = isFirst && line.text !== null ? 'the first line is not that of a journal' : read;
    if (typeof record === 'string') {
      const sequence = isFirst ? 0 : head.sequence + 1;
      yield { kind: 'broken', sequence, startsAt: line.startsAt, reason: record };
      return;
    }
    head = record;
    yield { kind: 'record', record, endsAt: line.endsAt };
  }
  if (isFirst) yield { kind: 'broken', sequence: 0, startsAt: 0, reason: 'the file is empty' };
}

type Line =
  | { readonly text: string; readonly startsAt: number; readonly endsAt: number }
  | { readonly text: null; readonly startsAt: number; readonly endsAt: number; readonly reason: string };

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
      rest = rest.length === 0 ? chunk.subarray(0, count) : Buffer.concat([rest, chunk.subarray(0, count)]);
      const whole = rest.lastIndexOf(lineEnd) + 1;
      if (whole > 0) yield* wholeLines(rest.subarray(0, whole), restAt);
      restAt += whole;
      rest = rest.subarray(whole);
      if (rest.length > lineBytesMax) break;
    }
    if (rest.length > 0) yield { text: null, startsAt: restAt, endsAt, reason: 'the line has no end' };
  } finally {
    closeSync(descriptor);
  }
}

/** Decoded together, which costs a fraction of decoding each. */
function* wholeLines(bytes: Buffer, at: number): Generator<Line> {
  // Bytes that are not UTF-8 are refused: otherwise two different byte strings could read as the same words.
  const isText = isUtf8(bytes);
  const text = bytes.toString('latin1');
  for (let start = 0, end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
    const place = { startsAt: at + start, endsAt: at + end + 1 };
    if (isText || isUtf8(bytes.subarray(start, end))) yield { text: text.slice(start, end), ...place };
    else yield { text: null, ...place, reason: 'the line is not UTF-8' };
  }
}
