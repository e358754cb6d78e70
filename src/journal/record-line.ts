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

/** Seals `entry` as the record after `head`. @throws {TypeError} when its body is not plain JSON or longer than 1 MiB */
export function sealRecord(entry: JournalEntry, head: Head, recordedAt: string): JournalRecord {
  if (!kindPattern.test(entry.kind))
    throw new TypeError(`Cannot record the kind "${entry.kind}": wanted words and dots`);
  const body = canonicalJson(entry.body);
  if (body.length > bodyLengthMax)
    throw new TypeError(`Cannot record ${body.length} characters: at most ${bodyLengthMax}`);
  const sequence = head.sequence + 1;
  const previousHash = head.hash;
  const own = recordHash({ sequence, kind: entry.kind, recordedAt, body, previousHash });
  return { sequence, kind: entry.kind, recordedAt, body, previousHash, hash: own };
}

/** Sequence, kind, time, hash and body, with tabs between: canonical JSON holds neither a tab nor a line end. */
export function encodeLine(record: JournalRecord): string {
  return `${record.sequence}\t${record.kind}\t${record.recordedAt}\t${record.hash}\t${record.body}\n`;
}

/**
 * Reads the line that must follow `head`, without its line end.
 *
 * @returns the record, or one sentence on what is wrong with it
 */
export function decodeLine(line: string, head: Head): JournalRecord | string {
  const parts = line.split('\t');
  const [sequenceText, kind, recordedAt, ownHash, body] = parts;
  if (parts.length !== 5 || sequenceText === undefined || kind === undefined || recordedAt === undefined) {
    return `the line has ${parts.length} parts, wanted 5`;
  }
  if (ownHash === undefined || body === undefined) return 'the line ends early';
  const sequence = head.sequence + 1;
  if (sequenceText !== String(sequence)) {
    return `its number is "${sequenceText.slice(0, 20)}", wanted ${sequence}: a record is missing, added or moved`;
  }
  const previousHash = head.hash;
  if (recordHash({ sequence, kind, recordedAt, body, previousHash }) !== ownHash) {
    return 'its hash does not fit its content and the record before it';
  }
  return { sequence, kind, recordedAt, body, previousHash, hash: ownHash };
}

const kindPattern = /^[a-z]+(?:[.-][a-z]+)*$/;

function recordHash(record: Omit<JournalRecord, 'hash'>): string {
  const { sequence, kind, recordedAt, body, previousHash } = record;
  return hash('sha256', JSON.stringify([sequence, kind, recordedAt, body, previousHash]), 'hex');
}
