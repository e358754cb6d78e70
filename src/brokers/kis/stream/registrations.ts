import { FixConfiguration } from '#domain/errors.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';

import { kisFeeds } from '../endpoints/feeds.ts';
import { registrationsMax } from '../limits.ts';

/** One feed for one key: a symbol, or the HTS id for order notices. */
export interface KisRegistration {
  readonly trId: string;
  readonly trKey: string;
}

/** What a session is registered for, what it waits for, and how much fits. */
export class KisRegistrations {
  readonly #notice: KisRegistration;
  #wanted: ReadonlySet<InstrumentId> = new Set();
  readonly #unanswered = new Set<string>();

  constructor(notice: KisRegistration) {
    this.#notice = notice;
    this.#unanswered.add(keyOf(notice));
  }

  /**
   * Takes `instruments` as the whole set wanted from now on: two registrations each, beside the one for notices.
   *
   * @throws {FixConfiguration} `kis.too-many-registrations`; the earlier set stays
   */
  want(instruments: readonly InstrumentId[]): {
    readonly added: readonly KisRegistration[];
    readonly removed: readonly KisRegistration[];
  } {
    const next = new Set(instruments);
    const needed = 1 + 2 * next.size;
    if (needed > registrationsMax) {
      throw new FixConfiguration(
        'kis.too-many-registrations',
        `Cannot watch ${next.size} instruments: that takes ${needed} registrations, KIS allows ${registrationsMax}`,
      );
    }
    const added = [...next].filter((instrument) => !this.#wanted.has(instrument)).flatMap(feedsOf);
    const removed = [...this.#wanted].filter((instrument) => !next.has(instrument)).flatMap(feedsOf);
    this.#wanted = next;
    for (const registration of added) this.#unanswered.add(keyOf(registration));
    for (const registration of removed) this.#unanswered.delete(keyOf(registration));
    return { added, removed };
  }

  /** A new connection knows nothing: all registrations to send, notices first. */
  restart(): readonly KisRegistration[] {
    const all = [this.#notice, ...[...this.#wanted].flatMap(feedsOf)];
    this.#unanswered.clear();
    for (const registration of all) this.#unanswered.add(keyOf(registration));
    return all;
  }

  acknowledge(trId: string, trKey: string): void {
    this.#unanswered.delete(keyOf({ trId, trKey: trKey.trim() }));
  }

  isComplete(): boolean {
    return this.#unanswered.size === 0;
  }

  isWanted(instrument: InstrumentId): boolean {
    return this.#wanted.has(instrument);
  }
}

function feedsOf(instrument: InstrumentId): readonly KisRegistration[] {
  const trKey = symbolOf(instrument);
  return [
    { trId: kisFeeds.trade.real, trKey },
    { trId: kisFeeds.orderBook.real, trKey },
  ];
}

function keyOf({ trId, trKey }: KisRegistration): string {
  return `${trId} ${trKey}`;
}
