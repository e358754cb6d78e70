import { readOverflow } from './overflow-file.ts';
import { decodeLine, readable, type Head } from './record-line.ts';
import type { JournalEntry, JournalRecord } from './record.ts';

/** What the reserve holds of the time when the disk was full. */
export interface Overflow {
  /** Lines that follow the last one of the file, as Latin-1, each with its end. */
  readonly text: string;
  /** The record they follow: the last one in the file. */
  readonly after: Head;
  /** Bytes of the reserve up to the end of `text`. */
  readonly usedBytes: number;
  /** Acknowledged beside records that never were: they must be written again, after the last record. */
  readonly late: readonly JournalEntry[];
}

/** The reserve's lines, held against the file as it is read. */
export class OverflowLines {
  /** Number of the record before the first line of the reserve; infinite when it is empty. */
  readonly before: number;
  readonly #lines: readonly string[];
  readonly #rest: string[];
  readonly #late: JournalEntry[] = [];

  constructor(file: string) {
    this.#lines = readOverflow(file);
    this.#rest = [...this.#lines];
    const first = Number(this.#lines[0]?.split('\t')[0]);
    this.before = Number.isSafeInteger(first) && first > 0 ? first - 1 : Infinity;
  }

  /** A line that is in the file has been moved there; another of the same number was acknowledged beside it. */
  compare({ sequence, hash }: JournalRecord): void {
    const line = this.#rest[0];
    if (line === undefined || sequence <= this.before) return;
    this.#rest.shift();
    const [, kind = '', , ownHash, body = ''] = line.split('\t');
    if (ownHash === hash) return;
    const entry = lateEntry(kind, body);
    if (entry !== null) this.#late.push(entry);
  }

  /** The lines that hang on `head`; the first that does not is an unfinished write, or older than the file. */
  following(head: Head): Overflow & { readonly records: readonly JournalRecord[] } {
    const records: JournalRecord[] = [];
    let last = head;
    let isLate = this.#late.length > 0;
    for (const line of this.#rest) {
      const record = isLate ? 'late' : decodeLine(line, last);
      if (typeof record !== 'string') {
        records.push(record);
        last = record;
        continue;
      }
      isLate = this.#late.length > 0;
      if (!isLate) break;
      const [, kind = '', , , body = ''] = line.split('\t');
      const entry = lateEntry(kind, body);
      if (entry !== null) this.#late.push(entry);
    }
    const text = this.#rest
      .slice(0, records.length)
      .map((line) => `${line}\n`)
      .join('');
    const dropped = this.#lines.slice(0, this.#lines.length - this.#rest.length);
    const usedBytes = text.length + dropped.reduce((sum, line) => sum + line.length + 1, 0);
    return { records, text, usedBytes, after: head, late: this.#late };
  }
}

function lateEntry(kind: string, body: string): JournalEntry | null {
  if (kind.startsWith('journal.')) return null;
  const { body: text } = readable({ sequence: 0, kind, recordedAt: '', body, previousHash: '', hash: '' });
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { kind, body: { ...value } } : null;
  } catch {
    // Not a whole line: it was never acknowledged.
    return null;
  }
}
