import { RetryLater } from '#domain/errors.ts';

/** Something that was answered, and how long ago. What is not fresh is for people to read, and never for the guard. */
export interface Aged<Value> {
  readonly value: Value;
  /** Milliseconds of real time since it was asked for, 0 or more. */
  readonly ageMs: number;
  /** Younger than it is kept for, and nothing is known to have changed it since. */
  readonly isFresh: boolean;
}

export interface AgedAnswerOptions<Value> {
  readonly read: () => Promise<Value>;
  /** How long an answer counts as fresh, in milliseconds. */
  readonly keptMs: number;
  readonly elapsedMs: () => number;
}

interface Kept<Value> {
  readonly value: Value;
  readonly askedAtMs: number;
  readonly changes: number;
}

/** One answer that is asked for again when it is old or known to have changed; one question at a time. */
export class AgedAnswer<Value> {
  readonly #options: AgedAnswerOptions<Value>;
  #kept: Kept<Value> | null = null;
  #asking: { readonly changes: number; readonly answer: Promise<Kept<Value>> } | null = null;
  #changes = 0;

  constructor(options: AgedAnswerOptions<Value>) {
    this.#options = options;
  }

  /**
   * What is kept while it is fresh, else a new answer. While that cannot be had, the last one with its age and
   * `isFresh` false.
   *
   * @throws whatever `read` throws: a `RetryLater` only when nothing was ever answered, everything else always
   */
  async get(): Promise<Aged<Value>> {
    const kept = this.#kept;
    if (kept !== null && this.#isFresh(kept)) return this.#aged(kept);
    try {
      return this.#aged(await this.#askTogether());
    } catch (error) {
      if (kept === null || !(error instanceof RetryLater)) throw error;
      return { ...this.#aged(kept), isFresh: false };
    }
  }

  /** Asked for from now on, whatever is kept; the answer is kept too. @throws whatever `read` throws */
  async fresh(): Promise<Value> {
    return (await this.#ask()).value;
  }

  /** Something changed it: what is kept, and what is being asked for at this moment, is no longer fresh. */
  invalidate(): void {
    this.#changes += 1;
  }

  #isFresh({ askedAtMs, changes }: Kept<Value>): boolean {
    return changes === this.#changes && this.#options.elapsedMs() - askedAtMs < this.#options.keptMs;
  }

  #aged(kept: Kept<Value>): Aged<Value> {
    const ageMs = Math.max(0, this.#options.elapsedMs() - kept.askedAtMs);
    return { value: kept.value, ageMs, isFresh: this.#isFresh(kept) };
  }

  #askTogether(): Promise<Kept<Value>> {
    if (this.#asking?.changes === this.#changes) return this.#asking.answer;
    const answer = this.#ask().finally(() => {
      if (this.#asking?.answer === answer) this.#asking = null;
    });
    this.#asking = { changes: this.#changes, answer };
    return answer;
  }

  async #ask(): Promise<Kept<Value>> {
    const asked = { askedAtMs: this.#options.elapsedMs(), changes: this.#changes };
    const kept = { value: await this.#options.read(), ...asked };
    if (this.#kept === null || this.#kept.askedAtMs <= kept.askedAtMs) this.#kept = kept;
    return kept;
  }
}
