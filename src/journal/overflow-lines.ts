import { readOverflow } from './overflow-file.ts';
import { decodeLine, emptyHash, readable, type Head } from './record-line.ts';
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

/** The one kind that does no harm when it stands there twice: whether the disk took these lines was never certain. */
const lateKind = 'halt';
const start: Head = { sequence: 0, hash: emptyHash };

/** The reserve's lines, held against the file as it is read. */
export class OverflowLines {
  /** Number of the record before the first line of the reserve; infinite when it is empty. */
  readonly before: number;
  readonly #lines: readonly string[];
  readonly #rest: string[];
  /** The last record of the file that the reserve's next line may hang on. */
  #beside: Head = start;

  constructor(file: string) {
    this.#lines = readOverflow(file);
    this.#rest = [...this.#lines];
    const first = Number(this.#lines[0]?.split('\t')[0]);
    this.before = Number.isSafeInteger(first) && first > 0 ? first - 1 : Infinity;
  }

  /**
   * A line that is in the file has been moved there. Another of the same number, hanging on the same record, was
   * acknowledged beside one that never was. All else is what an older use of the reserve left.
   */
  compare(record: JournalRecord): void {
    if (record.sequence < this.before) return;
    if (record.sequence === this.before) this.#beside = record;
    const line = this.#rest[0];
    if (line === undefined || record.sequence === this.before) return;
    if (line.split('\t')[3] === record.hash) {
      this.#rest.shift();
      this.#beside = record;
    }
  }

  /** The lines that hang on `head`, the last record of the file, or on an earlier one beside the records that follow it. */
  following(head: Head): Overflow & { readonly records: readonly JournalRecord[] } {
    const from = this.#beside;
    const isBeside = from.sequence < head.sequence;
    const records: JournalRecord[] = [];
    let last = from;
    for (const line of this.#rest) {
      const record = decodeLine(line, last);
      if (typeof record === 'string') break;
      records.push(record);
      last = record;
    }
    const dropped = this.#lines.slice(0, this.#lines.length - this.#rest.length);
    const text = this.#rest
      .slice(0, records.length)
      .map((line) => `${line}\n`)
      .join('');
    const usedBytes = dropped.reduce((sum, line) => sum + line.length + 1, 0);
    if (isBeside) {
      const late = records.map(lateEntry).filter((entry) => entry !== null);
      return { records: [], text: '', usedBytes: 0, after: head, late };
    }
    return { records, text, usedBytes: records.length === 0 ? 0 : usedBytes + text.length, after: head, late: [] };
  }
}

function lateEntry(record: JournalRecord): JournalEntry | null {
  if (record.kind !== lateKind) return null;
  const body: unknown = JSON.parse(readable(record).body);
  return typeof body === 'object' && body !== null ? { kind: record.kind, body: { ...body } } : null;
}
