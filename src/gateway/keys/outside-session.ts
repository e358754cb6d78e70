import type { Logger } from 'pino';
import type { Gateway } from '../gateway.ts';

/** Real milliseconds between two records. */
const everyMs = 60_000;

/** N01: what was refused outside the session is on record; a strategy that insists through the night makes one a minute. */
export class OutsideSession {
  readonly #log: Logger;
  #nextMs = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @param gateway null before the journal is folded: there is nothing to record with yet */
  tell(gateway: Gateway | null, what: string, sentence: string): void {
    if (gateway === null || performance.now() < this.#nextMs) return;
    this.#nextMs = performance.now() + everyMs;
    const detail = `tried to ${what} ${sentence}`.slice(0, 200);
    this.#log.error({ what, sentence }, 'refused outside the session');
    gateway.recorder
      .record({ kind: 'incident', code: 'outside-session', detail })
      .catch((error: unknown) => this.#log.error({ error: String(error) }, 'cannot record what was refused'));
  }
}
