import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { JournalEntry, JournalRecord } from './record.ts';

/** First line of every journal file. */
export const journalHeader = 'snowball-journal 1';
export const emptyHash = '0'.repeat(64);

/** Largest body of one record in UTF-16 units; a longer one is a broken assumption. */
export const bodyLengthMax = 1024 * 1024;

/** What the next record hangs on: sequence and hash of the one before it. */
export interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/** An entry as it stands in a line: its body is the one text that says it. */
export interface EntryText {
  readonly kind: string;
  readonly body: string;
}

/** What of `entry` the chain does not change. @throws {TypeError} when its body is not plain JSON or longer than 1 MiB */
export function entryText({ kind, body: value }: JournalEntry): EntryText {
  if (!kindPattern.test(kind)) throw new TypeError(`Cannot record the kind "${kind}": wanted words and dots`);
  const body = canonicalJson(value);
  if (body.length > bodyLengthMax)
    throw new TypeError(`Cannot record ${body.length} characters: at most ${bodyLengthMax}`);
  return { kind, body };
}

/** Seals `entry` as the record after `head`. @throws {TypeError} as `entryText` does */
export function sealRecord(entry: JournalEntry, head: Head, recordedAt: string): JournalRecord {
  return sealText(entryText(entry), head, recordedAt);
}

/** The same of an entry that was read before. */
export function sealText({ kind, body }: EntryText, head: Head, recordedAt: string): JournalRecord {
  const sequence = head.sequence + 1;
  const previousHash = head.hash;
  const own = recordHash({ sequence, kind, recordedAt, body, previousHash });
  return { sequence, kind, recordedAt, body, previousHash, hash: own };
}

/** Sequence, kind, time, hash and body, with tabs between: canonical JSON holds neither a tab nor a line end. */
export function encodeLine(record: JournalRecord): string {
  return `${record.sequence}\t${record.kind}\t${record.recordedAt}\t${record.hash}\t${record.body}\n`;
}

/**
 * Reads the line that must follow `head`, without its line end. The text is the line's bytes as Latin-1, one character a
 * byte, and so are the strings of the record: hashing needs the bytes, and decoding UTF-8 is the dearer half of a check.
 *
 * @returns the record, which {@link readable} turns into words, or one sentence on what is wrong with it
 */
export function decodeLine(line: string, head: Head): JournalRecord | string {
  const kindAt = line.indexOf('\t') + 1;
  const timeAt = line.indexOf('\t', kindAt) + 1;
  const hashAt = line.indexOf('\t', timeAt) + 1;
  const bodyAt = line.indexOf('\t', hashAt) + 1;
  const isWhole = kindAt > 0 && timeAt > 0 && hashAt > 0 && bodyAt > 0 && !line.includes('\t', bodyAt);
  if (!isWhole) return `the line has ${line.split('\t').length} parts, wanted 5`;
  const sequence = head.sequence + 1;
  const sequenceText = line.slice(0, kindAt - 1);
  if (sequenceText !== String(sequence)) {
    const found = sequenceText.slice(0, 20).replaceAll(/[^0-9a-z]/g, '?');
    return `its number is "${found}", wanted ${sequence}: a record is missing, added or moved`;
  }
  const kind = line.slice(kindAt, timeAt - 1);
  const recordedAt = line.slice(timeAt, hashAt - 1);
  const body = line.slice(bodyAt);
  const previousHash = head.hash;
  const own = bytesHash(hashedText({ sequence, kind, recordedAt, body, previousHash }));
  if (line.slice(hashAt, bodyAt - 1) !== own) return 'its hash does not fit its content and the record before it';
  return { sequence, kind, recordedAt, body, previousHash, hash: own };
}

/** The record with its bytes read as UTF-8. */
export function readable(record: JournalRecord): JournalRecord {
  if (!beyondAscii.test(record.body)) return record;
  return { ...record, body: Buffer.from(record.body, 'latin1').toString('utf8') };
}

const beyondAscii = /[\u0080-\u00ff]/;
const kindPattern = /^[a-z]+(?:[.-][a-z]+)*$/;

function recordHash(record: Omit<JournalRecord, 'hash'>): string {
  return hash('sha256', hashedText(record), 'hex');
}

/** Of the bytes that stand in `text` as Latin-1. One buffer serves every record: a new one for each costs more than the hash. */
function bytesHash(text: string): string {
  if (scratch.length < text.length) scratch = Buffer.allocUnsafe(2 * text.length);
  return hash('sha256', scratch.subarray(0, scratch.write(text, 'latin1')), 'hex');
}

let scratch: Buffer = Buffer.allocUnsafe(16 * 1024);

/** JSON leaves every character from U+0080 on as it is, so that text and its bytes are escaped alike. */
function hashedText(record: Omit<JournalRecord, 'hash'>): string {
  const { sequence, kind, recordedAt, body, previousHash } = record;
  return JSON.stringify([sequence, kind, recordedAt, body, previousHash]);
}
