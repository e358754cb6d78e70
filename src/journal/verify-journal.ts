import { existsSync, statSync } from 'node:fs';
import { FixConfiguration } from '#domain/errors.ts';
import { readAnchor, type AnchorReading } from './anchor-file.ts';
import { checkSignatures, unsigned, type Signed } from './check-signatures.ts';
import { readHead } from './head-file.ts';
import { isHeadSigned, type HeadLine } from './head-line.ts';
import { OverflowLines, type Overflow } from './overflow-lines.ts';
import { emptyHash, journalHeader, type Head } from './record-line.ts';
import type { JournalRecord } from './record.ts';
import { scanBytes } from './scan.ts';

export type Verification = Intact | Broken;

export interface Intact {
  readonly kind: 'intact';
  readonly records: number;
  readonly head: Head;
  /** Bytes after the last record that were never acknowledged: a write that a crash cut short. */
  readonly unfinishedBytes: number;
  /** Bytes of the file up to the end of the last record in it. */
  readonly endsAt: number;
  /** False when the note of the last acknowledged record is missing, so that a shortened journal would pass. */
  readonly isAnchored: boolean;
  /** What the checkpoints prove; nothing at all in a journal from before there were any. */
  readonly signed: Signed;
  /** Newest record that an external anchor holds, and how many heads it has; null when none was asked for. */
  readonly anchor: { readonly heads: number; readonly sequence: number } | null;
  readonly overflow: Overflow;
}

export interface Broken {
  readonly kind: 'broken';
  /** Number of the first bad record; 0 for the first line of the file. */
  readonly sequence: number;
  /** Its line in the file, 1 for the first; where a record is missing, the line it would have. */
  readonly line: number;
  readonly reason: string;
}

export interface VerifyOptions {
  /** The external anchor; its heads must all be in the journal. */
  readonly anchorFile?: string;
  /** A head as a message brought it; it must be in the journal, and signed by a key of it. */
  readonly head?: HeadLine;
  /** The only public key that may have signed, 64 hex digits. */
  readonly publicKey?: string;
  /** Told now and then which share of the file is read, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

const progressEvery = 20_000;

/**
 * Checks every record of a journal, its checkpoints, and that none of those acknowledged is missing at the end. A
 * changed byte, a deleted, moved or added record and a shortened file are all found; with an anchor also an end that was
 * written anew together with the note beside the journal. May run while the gateway writes. Memory stays the same
 * however long the journal is.
 *
 * @throws FixConfiguration `journal.missing`, `journal.anchor-missing`, `journal.anchor-size`
 */
export function verifyJournal(file: string, options: VerifyOptions = {}): Verification {
  if (!existsSync(file)) {
    throw new FixConfiguration('journal.missing', `Cannot read the journal "${file}": there is no such file`);
  }
  const anchor = options.anchorFile === undefined ? null : anchorOf(options.anchorFile);
  if (anchor?.fault) {
    const { line, reason } = anchor.fault;
    const last = anchor.heads.at(-1)?.sequence ?? 0;
    return broken(last, `line ${line} of the anchor is bad, ${reason}; up to this record it agrees`);
  }
  const check = new Check(file, options, outside(anchor?.heads ?? null, options.head));
  return check.wholeFile() ?? check.end();
}

/** All that is known outside, in the order of the journal; null when nothing was asked for. */
function outside(anchored: readonly Head[] | null, head: Head | undefined): readonly Head[] | null {
  if (head === undefined) return anchored;
  return [...(anchored ?? []), head].toSorted((a, b) => a.sequence - b.sequence);
}

function anchorOf(anchorFile: string): AnchorReading {
  if (existsSync(anchorFile)) return readAnchor(anchorFile);
  throw new FixConfiguration('journal.anchor-missing', `Cannot read the anchor "${anchorFile}": there is no such file`);
}

function broken(sequence: number, reason: string): Broken {
  return { kind: 'broken', sequence, line: sequence + 1, reason };
}

/** One walk through a journal: the chain, the signatures, and every hash that somebody outside knows. */
class Check {
  readonly #file: string;
  readonly #options: VerifyOptions;
  readonly #size: number;
  readonly #note: Head | null;
  readonly #isHeld: boolean;
  readonly #heads: readonly Head[];
  /** Heads outside that are still to come, in order. */
  #next = 0;
  readonly #reserve: OverflowLines;
  #head: Head = { sequence: 0, hash: emptyHash };
  #endsAt = journalHeader.length + 1;
  #signed: Signed = unsigned;

  /** @param heads of the anchor, null when none was asked for */
  constructor(file: string, options: VerifyOptions, heads: readonly Head[] | null) {
    this.#file = file;
    this.#options = options;
    this.#isHeld = heads !== null;
    // A head of nothing says nothing.
    this.#heads = (heads ?? []).filter(({ sequence }) => sequence > 0);
    // In this order: the gateway may be writing, and a note must never be newer than what is read after it.
    this.#note = readHead(file);
    this.#reserve = new OverflowLines(file);
    this.#size = statSync(file).size;
  }

  wholeFile(): Broken | null {
    for (const step of scanBytes(this.#file, this.#size)) {
      if (step.kind === 'broken') {
        const isUnfinished = this.#note !== null && step.sequence > Math.min(this.#note.sequence, this.#reserve.before);
        return isUnfinished ? null : broken(step.sequence, step.reason);
      }
      const reason = this.#take(step.record);
      if (reason !== null) return broken(step.record.sequence, reason);
      this.#reserve.compare(step.record);
      this.#endsAt = step.endsAt;
      if (step.record.sequence % progressEvery === 0) this.#options.onProgress?.(step.endsAt / this.#size);
    }
    return null;
  }

  /** The records in the reserve, and whether all that is known outside was met. */
  end(): Verification {
    const unfinishedBytes = this.#size - this.#endsAt;
    const overflow = this.#reserve.following(this.#head);
    for (const record of overflow.records) {
      const reason = this.#take(record);
      if (reason !== null) return broken(record.sequence, reason);
    }
    const head = this.#head;
    const missing = this.#missing();
    if (missing !== null) return missing;
    const line = this.#options.head;
    const keys = this.#signed.keys.map(({ publicKey }) => publicKey);
    if (line !== undefined && !isHeadSigned(line, keys)) {
      return broken(line.sequence, 'the head from outside is signed by no key of this journal');
    }
    const last = this.#heads.at(-1);
    const anchor = this.#isHeld ? { heads: this.#heads.length, sequence: last?.sequence ?? 0 } : null;
    return {
      kind: 'intact',
      records: head.sequence,
      head,
      unfinishedBytes,
      endsAt: this.#endsAt,
      isAnchored: this.#note !== null,
      signed: this.#signed,
      anchor,
      overflow,
    };
  }

  #missing(): Broken | null {
    const { sequence } = this.#head;
    if (this.#note !== null && sequence < this.#note.sequence) {
      return broken(
        sequence + 1,
        `the journal ends before it, though ${this.#note.sequence} records were acknowledged`,
      );
    }
    const anchored = this.#heads[this.#next];
    if (anchored === undefined) return null;
    return broken(sequence + 1, `the journal ends before it, though the anchor holds ${anchored.sequence} records`);
  }

  #take(record: JournalRecord): string | null {
    const { sequence, hash } = record;
    if (this.#note?.sequence === sequence && this.#note.hash !== hash)
      return 'it is not the record that was acknowledged';
    for (; this.#heads[this.#next]?.sequence === sequence; this.#next += 1) {
      if (this.#heads[this.#next]?.hash !== hash) return 'it is not the record that the anchor holds';
    }
    const signed = checkSignatures(this.#signed, record, this.#options.publicKey ?? null);
    if (typeof signed === 'string') return signed;
    this.#signed = signed;
    this.#head = { sequence, hash };
    return null;
  }
}
