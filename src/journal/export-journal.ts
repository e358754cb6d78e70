import { closeSync, fchmodSync, openSync, writeSync } from 'node:fs';
import { seoulDate } from '#domain/trading-date.ts';
import { Halt } from '#domain/errors.ts';
import { keyKind } from './checkpoint.ts';
import { readable } from './record-line.ts';
import type { JournalRecord } from './record.ts';
import { scanBytes } from './scan.ts';
import { verifyJournal } from './verify-journal.ts';

/** First member of the first line of every export. */
export const exportFormat = 'snowball-journal-export 1';

/** Bounds are inclusive; a number counts records, a date is a day in Seoul by the machine's clock. */
export interface ExportRange {
  readonly from: number | Temporal.PlainDate | null;
  readonly to: number | Temporal.PlainDate | null;
}

export interface Exported {
  readonly records: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Writes records as JSON lines (0600): a first line with the format and the key in force, then one object a record, whose
 * `body` is the canonical text that was hashed. What is exported is verified on the way, from the first record on.
 *
 * @throws Halt `journal.broken`: nothing behind a bad record is exported
 */
export function exportJournal(file: string, to: string, range: ExportRange): Exported {
  const verified = verifyJournal(file);
  if (verified.kind === 'broken') {
    throw new Halt('journal.broken', `Cannot export: record ${verified.sequence} is bad, ${verified.reason}`);
  }
  const descriptor = openSync(to, 'w', 0o600);
  try {
    // The file may have been there before, open to others.
    fchmodSync(descriptor, 0o600);
    return written(descriptor, chosen(file, verified.endsAt, range));
  } finally {
    closeSync(descriptor);
  }
}

interface Chosen {
  readonly record: JournalRecord;
  /** Body of the key record in force before the first one chosen; null when there is none. */
  readonly key: string | null;
}

/** One stretch without holes: from the first record within the range to the last. */
function* chosen(file: string, endsAt: number, { from, to }: ExportRange): Generator<Chosen> {
  let key: string | null = null;
  let isBegun = false;
  for (const step of scanBytes(file, endsAt)) {
    if (step.kind === 'broken') throw new Halt('journal.broken', `Cannot export: record ${step.sequence} is bad`);
    const { record } = step;
    isBegun ||= isReached(record, from);
    if (to !== null && isBegun && isPast(record, to)) return;
    if (isBegun) yield { record: readable(record), key };
    else if (record.kind === keyKind) key = record.body;
  }
}

function isReached(record: JournalRecord, from: ExportRange['from']): boolean {
  if (from === null) return true;
  return typeof from === 'number' ? record.sequence >= from : Temporal.PlainDate.compare(dayOf(record), from) >= 0;
}

function isPast(record: JournalRecord, to: NonNullable<ExportRange['to']>): boolean {
  return typeof to === 'number' ? record.sequence > to : Temporal.PlainDate.compare(dayOf(record), to) > 0;
}

function dayOf(record: JournalRecord): Temporal.PlainDate {
  return seoulDate(Temporal.Instant.from(record.recordedAt));
}

function written(descriptor: number, records: Iterable<Chosen>): Exported {
  let first = 0;
  let last = 0;
  for (const { record, key } of records) {
    if (first === 0) {
      first = record.sequence;
      const inForce: unknown = key === null ? null : JSON.parse(key);
      writeSync(descriptor, `${JSON.stringify({ format: exportFormat, key: inForce })}\n`);
    }
    last = record.sequence;
    writeSync(descriptor, `${JSON.stringify(record)}\n`);
  }
  return { records: first === 0 ? 0 : last - first + 1, first, last };
}
