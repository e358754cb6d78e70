import type { CheckpointReason } from './checkpoint.ts';
import type { Head } from './record-line.ts';

type Tell = (head: Head, why: CheckpointReason) => Promise<void>;

/**
 * Takes signed heads outside, one after the other. While one is on its way only the newest of the others is kept: a
 * head covers all before it, so nothing is lost and the queue never holds more than one.
 */
export class SignedHeads {
  readonly #tell: Tell | null;
  #next: { readonly head: Head; readonly why: CheckpointReason } | null = null;
  #running: Promise<void> | null = null;

  /** @param tell never rejects: whoever carries a head outside reports what became of it */
  constructor(tell: Tell | null) {
    this.#tell = tell;
  }

  tell(head: Head, why: CheckpointReason): void {
    if (this.#tell === null) return;
    this.#next = { head, why };
    this.#running ??= this.#run(this.#tell);
  }

  /** Resolves when nothing is on its way. */
  async told(): Promise<void> {
    await this.#running;
  }

  async #run(tell: Tell): Promise<void> {
    while (this.#next !== null) {
      const { head, why } = this.#next;
      this.#next = null;
      await tell(head, why);
    }
    this.#running = null;
  }
}
