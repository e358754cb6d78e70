import { instrumentId, type InstrumentId } from '#domain/instrument.ts';

import { keyOf, planRegistrations, type KisRegistration, type Wishes } from './registration-plan.ts';
import type { KisFeedWant, KisWatchReport } from './kis-stream-listener.ts';
import { packSymbol } from './trade-scanner.ts';

/** What a session is registered for and what it waits for. */
export class KisRegistrations {
  readonly #base: Pick<Wishes, 'environment' | 'notices'>;
  #held: readonly KisRegistration[];
  #keys: ReadonlySet<string>;
  readonly #unanswered: Set<string>;
  /** Instruments of the trade feeds by TR id and packed symbol, so that a trade finds its own without a string. */
  #traded: ReadonlyMap<string, ReadonlyMap<number, InstrumentId>> = new Map();

  constructor(base: Pick<Wishes, 'environment' | 'notices'>) {
    this.#base = base;
    this.#held = base.notices;
    this.#keys = new Set(base.notices.map(keyOf));
    this.#unanswered = new Set(this.#keys);
  }

  /** Takes both lists as the whole set wanted from now on. */
  want(
    instruments: readonly InstrumentId[],
    more: readonly KisFeedWant[],
  ): {
    readonly added: readonly KisRegistration[];
    readonly removed: readonly KisRegistration[];
    readonly report: KisWatchReport;
  } {
    const { registrations, report } = planRegistrations({ ...this.#base, instruments, more });
    const keys = new Set(registrations.map(keyOf));
    const added = registrations.filter((registration) => !this.#keys.has(keyOf(registration)));
    const removed = this.#held.filter((registration) => !keys.has(keyOf(registration)));
    this.#held = registrations;
    this.#keys = keys;
    this.#traded = tradedOf(registrations);
    for (const registration of added) this.#unanswered.add(keyOf(registration));
    for (const registration of removed) this.#unanswered.delete(keyOf(registration));
    return { added, removed, report };
  }

  /** A new connection knows nothing: all registrations to send, notices first. */
  restart(): readonly KisRegistration[] {
    this.#unanswered.clear();
    for (const key of this.#keys) this.#unanswered.add(key);
    return this.#held;
  }

  acknowledge(trId: string, trKey: string): void {
    this.#unanswered.delete(keyOf({ trId, trKey: trKey.trim() }));
  }

  isComplete(): boolean {
    return this.#unanswered.size === 0;
  }

  isWanted(trId: string, trKey: string): boolean {
    return this.#keys.has(keyOf({ trId, trKey }));
  }

  traded(trId: string, packedSymbol: number): InstrumentId | null {
    return this.#traded.get(trId)?.get(packedSymbol) ?? null;
  }
}

function tradedOf(registrations: readonly KisRegistration[]): ReadonlyMap<string, ReadonlyMap<number, InstrumentId>> {
  const traded = new Map<string, Map<number, InstrumentId>>();
  for (const { trId, trKey } of registrations) {
    if (!trId.endsWith('CNT0') || !/^[0-9][0-9A-Z]{5}$/.test(trKey)) continue;
    const ofFeed = traded.get(trId) ?? new Map<number, InstrumentId>();
    traded.set(trId, ofFeed.set(packSymbol(trKey), instrumentId(trKey)));
  }
  return traded;
}
