import { FixConfiguration } from '#domain/errors.ts';
import type { Role } from './api.ts';
import { contentHash } from './canonical-json.ts';

/** Answers remembered at a time; the oldest one that has been given makes room. A day of one person's writes fits. */
const answersMax = 2_000;

export interface KeyedCall {
  readonly role: Role;
  readonly method: string;
  /** Chosen by the caller, unique among its calls of this method. */
  readonly key: string;
  readonly params: unknown;
}

interface Remembered {
  readonly hash: string;
  readonly answer: Promise<unknown>;
}

/**
 * What was answered to calls that write, by the caller's key: a repeat hears the first answer, also while that one is
 * still being worked out, and the work is done once. A failure is not remembered, only what was asked for: a repeat of a
 * refused call may be taken, one with other parameters never is. Lives as long as the process; what must outlive it, an
 * order, is kept in the journal by its request id.
 */
export class AnswerMemory {
  readonly #answers = new Map<string, Remembered>();
  readonly #failed = new Map<string, string>();

  /** @throws FixConfiguration `link.idempotency-mismatch` when the key was used with other parameters */
  answer(call: KeyedCall, work: () => Promise<unknown>): Promise<unknown> {
    const place = `${call.role}\n${call.method}\n${call.key}`;
    const hash = contentHash(call.params);
    const known = this.#answers.get(place);
    if ((known?.hash ?? this.#failed.get(place) ?? hash) !== hash) return Promise.reject(mismatch(call));
    if (known !== undefined) return known.answer;
    const answer = work();
    this.#answers.set(place, { hash, answer });
    answer.catch(() => {
      this.#answers.delete(place);
      this.#failed.set(place, hash);
      bound(this.#failed);
    });
    bound(this.#answers);
    return answer;
  }

  get size(): number {
    return this.#answers.size + this.#failed.size;
  }
}

function bound(map: Map<string, unknown>): void {
  const oldest = map.keys().next();
  if (map.size > answersMax && oldest.done !== true) map.delete(oldest.value);
}

function mismatch({ method }: KeyedCall): FixConfiguration {
  return new FixConfiguration(
    'link.idempotency-mismatch',
    `Cannot call "${method}": its key was used with other parameters, wanted a new key for a new request`,
  );
}
