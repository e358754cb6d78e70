import type { Clock } from '#domain/clock.ts';

import type { KisSignIn } from '../calls/auth.ts';

/** A key lasts 24 hours; a running session goes on without it, but what it registers later needs a living one. */
const renewAfter = Temporal.Duration.from({ hours: 23 });

/** The key that registrations carry: a new one for every connection, and again after 23 hours of one. */
export class ApprovalKey {
  readonly #signIn: KisSignIn;
  readonly #clock: Clock;
  #key = '';
  #issuedAt: Temporal.Instant | null = null;

  constructor(signIn: KisSignIn, clock: Clock) {
    this.#signIn = signIn;
    this.#clock = clock;
  }

  /** Empty before the first `renew`. */
  get current(): string {
    return this.#key;
  }

  /** False while there is none: the connection that is coming brings one. */
  isOld(): boolean {
    if (this.#issuedAt === null) return false;
    return Temporal.Instant.compare(this.#issuedAt.add(renewAfter), this.#clock.now()) < 0;
  }

  /** @throws what `approvalKey()` throws; the old key stays */
  async renew(): Promise<void> {
    const issuedAt = this.#clock.now();
    this.#key = (await this.#signIn.approvalKey()).reveal();
    this.#issuedAt = issuedAt;
  }
}
