import { Halt } from '#domain/errors.ts';

import type { Print } from './floor/day-stats.ts';
import type { Desk } from './floor/market-floor.ts';
import type { MarketOperation } from './floor/market-operation.ts';
import type { VenueEvent } from './venue-event.ts';
import type { VenueLog } from './venue-log.ts';
import type { VenueNotice } from './venue-notice.ts';

/** Told after the events are on disk. */
export interface VenueListener {
  onNotices(notices: readonly VenueNotice[]): void;
  onPrints(prints: ReadonlyMap<Desk, readonly Print[]>): void;
  onBooks(desks: ReadonlySet<Desk>): void;
  onOperations(operations: readonly MarketOperation[]): void;
}

/** Collects what one operation of the venue does, writes it down, and only then tells anybody. */
export class VenueOutbox {
  readonly #log: VenueLog;
  readonly #listener: VenueListener;
  #events: VenueEvent[] = [];
  #notices: VenueNotice[] = [];
  #prints = new Map<Desk, Print[]>();
  #books = new Set<Desk>();
  #operations: MarketOperation[] = [];
  #failure: Halt | null = null;

  constructor(log: VenueLog, listener: VenueListener) {
    this.#log = log;
    this.#listener = listener;
  }

  event(event: VenueEvent): void {
    this.#events.push(event);
  }

  notice(notice: VenueNotice): void {
    this.#notices.push(notice);
  }

  print(desk: Desk, print: Print): void {
    const prints = this.#prints.get(desk);
    if (prints === undefined) this.#prints.set(desk, [print]);
    else prints.push(print);
  }

  book(desk: Desk): void {
    this.#books.add(desk);
  }

  operation(operation: MarketOperation): void {
    this.#operations.push(operation);
  }

  /**
   * Runs `work`, appends its events to the log as one, then tells the listener.
   *
   * @throws Halt `simulator.venue-stopped` when either fails, and for ever after: what is folded but not on disk must
   * never be shown, so only a new start, from the log, goes on
   */
  transact<Result>(work: () => Result): Result {
    if (this.#failure !== null) throw this.#failure;
    let result: Result;
    try {
      result = work();
      const events = this.#events;
      this.#events = [];
      this.#log.append(events);
    } catch (cause) {
      this.#failure = new Halt(
        'simulator.venue-stopped',
        'Cannot go on with the simulated venue: an event was not recorded, wanted every event on disk. ' +
          'Free the disk and start again; nothing that was answered is lost.',
        { cause },
      );
      throw this.#failure;
    }
    this.#tell();
    return result;
  }

  #tell(): void {
    const notices = this.#notices;
    const prints = this.#prints;
    const books = this.#books;
    const operations = this.#operations;
    this.#notices = [];
    this.#prints = new Map();
    this.#books = new Set();
    this.#operations = [];
    if (operations.length > 0) this.#listener.onOperations(operations);
    if (prints.size > 0) this.#listener.onPrints(prints);
    if (books.size > 0) this.#listener.onBooks(books);
    if (notices.length > 0) this.#listener.onNotices(notices);
  }
}
