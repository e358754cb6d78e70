import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderDraft, OrderUpdate } from '../strategy.ts';
import { Bracket, type BracketState } from './bracket.ts';
import { patienceMs } from './exit-patience.ts';
import type { WatchedOrders } from './watched-orders.ts';

/** The brackets of a book, and which exits of theirs are armed: those are among its watched orders. */
export class Brackets {
  readonly #watched: WatchedOrders;
  readonly #brackets = new Map<string, Bracket>();

  constructor(watched: WatchedOrders, saved: readonly BracketState[] = []) {
    this.#watched = watched;
    for (const state of saved) this.#brackets.set(state.entryId, Bracket.restored(state));
  }

  get isEmpty(): boolean {
    return this.#brackets.size === 0;
  }

  get all(): Iterable<Bracket> {
    return this.#brackets.values();
  }

  get states(): readonly BracketState[] {
    return [...this.#brackets.values()].map((bracket) => bracket.state);
  }

  of(entryId: string): Bracket | undefined {
    return this.#brackets.get(entryId);
  }

  /** An entry with exits goes out. */
  add(entryId: string, entry: OrderDraft): void {
    this.#brackets.set(entryId, new Bracket(entryId, entry));
  }

  startSession(): void {
    for (const bracket of this.#brackets.values()) {
      bracket.startSession();
      this.#arm(bracket, 0);
    }
  }

  /** Takes in news of an entry or of an exit on its way. @param nowMs moment of the last bar or price */
  follow(update: OrderUpdate, nowMs: number): void {
    for (const bracket of this.#brackets.values()) {
      if (bracket.follow(update)) {
        this.#arm(
          bracket,
          update.requestId === bracket.entryId ? this.#waitsUntil(bracket) : nowMs + patienceMs(update),
        );
      }
      if (bracket.isOver) this.drop(bracket);
    }
  }

  /** Ends entries and exits that the record of orders does not show. */
  endUnheard(isHeard: (requestId: string) => boolean): void {
    for (const bracket of this.#brackets.values()) {
      if (bracket.endUnheard(isHeard)) this.#arm(bracket, 0);
      if (bracket.isOver) this.drop(bracket);
    }
  }

  /** Those of an instrument whose entry is over end. */
  forget(instrument: InstrumentId): void {
    for (const bracket of this.#brackets.values()) {
      if (bracket.entry.instrument === instrument && !bracket.isEntryOpen) this.drop(bracket);
    }
  }

  /** How far a trailing stop has come outlives its order: armed again it stands where it stood. */
  remember(bracket: Bracket): void {
    const trailing = this.#watched.all.find((one) => one.exitOf === bracket.entryId && one.wait.kind === 'trailing');
    bracket.extreme = trailing?.extreme ?? bracket.extreme;
  }

  drop({ entryId }: Bracket): void {
    this.#brackets.delete(entryId);
    this.#watched.removeExits(entryId);
  }

  /**
   * More shares end no patience: an entry that fills share by share would use up a session's attempts in a blink, each in the
   * entry's own way.
   */
  #waitsUntil(bracket: Bracket): number {
    if (bracket.isFreed) return 0;
    return this.#watched.all.find((one) => one.exitOf === bracket.entryId)?.notBeforeMs ?? 0;
  }

  #arm(bracket: Bracket, notBeforeMs: number): void {
    this.remember(bracket);
    this.#watched.removeExits(bracket.entryId);
    this.#watched.add(...bracket.exits(notBeforeMs));
  }
}
