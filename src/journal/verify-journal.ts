import { existsSync, statSync } from 'node:fs';
import { FixConfiguration } from '#domain/errors.ts';
import { readHead } from './head-file.ts';
import { emptyHash, journalHeader, type Head } from './record-line.ts';
import { scanJournal } from './scan.ts';

export type Verification =
  | {
      readonly kind: 'intact';
      readonly records: number;
      readonly head: Head;
      /** Bytes after the last record that were never acknowledged: a write that a crash cut short. */
      readonly unfinishedBytes: number;
      /** Bytes of the file up to the end of the last record. */
      readonly endsAt: number;
      /** False when the note of the last acknowledged record is missing, so that a shortened journal would pass. */
      readonly isAnchored: boolean;
    }
  | {
      readonly kind: 'broken';
      /** Number of the first bad record; 0 for the first line of the file. */
      readonly sequence: number;
      readonly reason: string;
    };

/**
 * Checks every record of a journal, and that none of those acknowledged is missing at the end. A changed byte, a
 * deleted, moved or added record and a shortened file are all found. May run while the gateway writes.
 *
 * @throws FixConfiguration `journal.missing`
 */
export function verifyJournal(file: string): Verification {
  if (!existsSync(file)) {
    throw new FixConfiguration('journal.missing', `Cannot read the journal "${file}": there is no such file`);
  }
  const anchor = readHead(file);
  const size = statSync(file).size;
  let head: Head = { sequence: 0, hash: emptyHash };
  let endsAt = journalHeader.length + 1;
  for (const step of scanJournal(file, size)) {
    if (step.kind === 'broken') {
      const isUnfinished = anchor !== null && step.sequence > anchor.sequence;
      if (!isUnfinished) return { kind: 'broken', sequence: step.sequence, reason: step.reason };
      break;
    }
    if (anchor?.sequence === step.record.sequence && anchor.hash !== step.record.hash) {
      return { kind: 'broken', sequence: step.record.sequence, reason: 'it is not the record that was acknowledged' };
    }
    head = { sequence: step.record.sequence, hash: step.record.hash };
    endsAt = step.endsAt;
  }
  if (anchor !== null && head.sequence < anchor.sequence) {
    const reason = `the journal ends before it, though ${anchor.sequence} records were acknowledged`;
    return { kind: 'broken', sequence: head.sequence + 1, reason };
  }
  const unfinishedBytes = size - endsAt;
  return { kind: 'intact', records: head.sequence, head, unfinishedBytes, endsAt, isAnchored: anchor !== null };
}
