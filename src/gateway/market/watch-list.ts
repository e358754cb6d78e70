import type { InstrumentId } from '#domain/instrument.ts';

/** Instruments that people asked for and are remembered at the most; the newest first. */
const personMax = 20;
/** Instruments that one runner may want; more than a stream could ever hold. */
const strategyMax = 200;

/** Who wants to see an instrument: a strategy over the connection of its runner, or a person. */
export type Watcher = { readonly kind: 'strategy'; readonly connectionId: number } | { readonly kind: 'person' };

export interface WatchNeeds {
  /** Instruments with open orders. */
  readonly ordered: readonly InstrumentId[];
  readonly held: readonly InstrumentId[];
  /** Shown for want of anything better, while they cost nobody else a place. */
  readonly listed: readonly InstrumentId[];
  /** Instruments that a stream carries with trades and book. */
  readonly room: number;
}

/**
 * What a stream should carry, by importance: instruments with open orders, holdings, what running strategies want, what
 * a person looked at last, and listings as far as room is left.
 */
export class WatchList {
  readonly #byConnection = new Map<number, Set<InstrumentId>>();
  #byPerson: readonly InstrumentId[] = [];

  /** @returns false when nothing changed */
  want(instrument: InstrumentId, by: Watcher): boolean {
    if (by.kind === 'person') return this.#wantByPerson(instrument);
    const wanted = this.#byConnection.get(by.connectionId) ?? new Set();
    this.#byConnection.set(by.connectionId, wanted);
    if (wanted.has(instrument) || wanted.size >= strategyMax) return false;
    wanted.add(instrument);
    return true;
  }

  /** @returns false when that runner did not want it */
  unwant(instrument: InstrumentId, connectionId: number): boolean {
    return this.#byConnection.get(connectionId)?.delete(instrument) ?? false;
  }

  /** A runner is gone, and its strategies with it. */
  forget(connectionId: number): boolean {
    return this.#byConnection.delete(connectionId);
  }

  /** The most important first, each once. */
  inOrder({ ordered, held, listed, room }: WatchNeeds): readonly InstrumentId[] {
    const strategies = [...this.#byConnection.values()].flatMap((wanted) => [...wanted]);
    const wanted = new Set([...ordered, ...held, ...strategies, ...this.#byPerson]);
    for (const instrument of listed) if (wanted.size < room) wanted.add(instrument);
    return [...wanted];
  }

  #wantByPerson(instrument: InstrumentId): boolean {
    if (this.#byPerson[0] === instrument) return false;
    const others = this.#byPerson.filter((wanted) => wanted !== instrument);
    this.#byPerson = [instrument, ...others].slice(0, personMax);
    return true;
  }
}
