import { createHash, randomBytes } from 'node:crypto';

const validMs = 15 * 60_000;
const outstandingMax = 4;

/** Login codes that prove that the person sees the terminal: 256 bits, used once, good for 15 minutes. */
export class OneTimeLogin {
  readonly #now: () => number;
  /** Hash of the code to the moment it ends; at most four are open at once, the oldest falls out. */
  readonly #codes = new Map<string, number>();

  /** @param now milliseconds that only grow */
  constructor(now: () => number) {
    this.#now = now;
  }

  issue(): string {
    const code = randomBytes(32).toString('base64url');
    this.#codes.set(hash(code), this.#now() + validMs);
    const oldest = this.#codes.keys().next();
    if (this.#codes.size > outstandingMax && oldest.done !== true) this.#codes.delete(oldest.value);
    return code;
  }

  /** True once for a code that is known and not too old. */
  redeem(code: string): boolean {
    const key = hash(code);
    const endsAt = this.#codes.get(key);
    this.#codes.delete(key);
    return endsAt !== undefined && this.#now() < endsAt;
  }
}

function hash(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
