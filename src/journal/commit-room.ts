import type { RawCommit } from './commit-now.ts';

/** Bytes of one commit: some fifty orders with all their checks. A larger one goes another way. */
export const commitBytesMax = 256 * 1024;

const noteBytes = 128;
/** Words that both threads look at: the number of the newest commit, its length, the newest durable one; bytes before all others. */
const [turnWord, lengthWord, durableWord, headerBytes] = [0, 1, 2, 48];
const ending = -1;

/** Memory that the journal's thread shares with the one that asks it. One commit at a time lies in it. */
export function commitMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + noteBytes + commitBytesMax);
}

/**
 * One end of that memory. The asking thread puts a commit there and wakes the other, which sleeps in between, and is woken
 * by it when the commit is durable; that one failed is told another way. Until then nobody else touches what lies there.
 */
export class CommitRoom {
  readonly #words: Int32Array;
  /** Where the commit and its note begin in their files: numbers beyond 2³¹. */
  readonly #places: Float64Array;
  readonly #note: Uint8Array;
  readonly #bytes: Uint8Array;
  #seen = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory, 0, 3);
    this.#places = new Float64Array(memory, 32, 2);
    this.#note = new Uint8Array(memory, headerBytes, noteBytes);
    this.#bytes = new Uint8Array(memory, headerBytes + noteBytes);
  }

  /** @throws {RangeError} when `bytes` are more than `commitBytesMax` */
  put({ bytes, at, note, noteAt }: RawCommit): void {
    this.#bytes.set(bytes);
    this.#note.set(note);
    this.#places[0] = at;
    this.#places[1] = noteAt;
    this.#wake(bytes.length);
  }

  /** True once the other thread said that the newest commit is durable; false, or never, when that one failed. */
  async isDurable(): Promise<boolean> {
    const turn = Atomics.load(this.#words, turnWord);
    const before = Atomics.load(this.#words, durableWord);
    if (before !== turn) await Atomics.waitAsync(this.#words, durableWord, before).value;
    // One that failed is still waited for when a later one wakes everybody.
    return Atomics.load(this.#words, durableWord) === turn;
  }

  /** Says that what `next()` gave last is durable. */
  durable(): void {
    Atomics.store(this.#words, durableWord, this.#seen);
    Atomics.notify(this.#words, durableWord);
  }

  /** Tells the other thread that nothing comes any more. */
  end(): void {
    this.#wake(ending);
  }

  /** Sleeps until there is a commit; null when nothing comes any more. What it gives is the shared memory itself. */
  next(): RawCommit | null {
    Atomics.wait(this.#words, turnWord, this.#seen);
    this.#seen = Atomics.load(this.#words, turnWord);
    const length = this.#words[lengthWord] ?? ending;
    if (length === ending) return null;
    const [at = 0, noteAt = 0] = this.#places;
    return { bytes: this.#bytes.subarray(0, length), at, note: this.#note, noteAt };
  }

  #wake(length: number): void {
    this.#words[lengthWord] = length;
    Atomics.add(this.#words, turnWord, 1);
    Atomics.notify(this.#words, turnWord);
  }
}
