import type { Balance, Broker } from '#brokers/broker.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import type { Books, DeskState } from './desk/state.ts';
import type { DeskEvent } from './desk/events.ts';
import { isDayOver } from './day-end.ts';
import { isOver } from './desk/order-questions.ts';
import { booksOfToday } from './guard-state.ts';
import type { GatewayClock } from './clock/gateway-clock.ts';

export interface BooksKeeperOptions {
  readonly broker: Pick<Broker, 'balance'>;
  readonly clock: Pick<GatewayClock, 'now'>;
  readonly state: () => DeskState;
  readonly record: (event: DeskEvent) => Promise<unknown>;
  readonly onFault: (error: unknown) => void;
  /** Resolves after the broker's list of orders was read once more: a fill whose push was lost is no difference. */
  readonly inquire: () => Promise<void>;
  /** The books are open or agree with the broker's. */
  readonly onConfirmed: () => void;
}

/** Real milliseconds between two looks: as a matter of course, and while today's books are not open. */
const routineMs = 30_000;
const openingMs = 1_500;
/** Our costs are estimates; less than this is one, more is a balance that changed without a fill (rule N09). */
const cashDifferenceMax = 10_000;
/** Looks in a row, each after an inquiry, that a difference must outlast. */
const looksMin = 3;

/**
 * Compares the desk's books with the broker's balance every 30 s. The first balance of a trading day opens its books;
 * a difference that outlasts three looks, with an inquiry for missed fills before each, is an incident, and the broker's
 * books are taken over, since a guard that counts on the wrong holdings protects nothing; new risk stays blocked until a
 * person has looked (threat-model §8).
 */
export class BooksKeeper {
  readonly #options: BooksKeeperOptions;
  #timer: NodeJS.Timeout | null = null;
  #look: Promise<void> | null = null;
  #isStopped = false;
  #fills = 0;
  #differences = 0;
  /** The day whose costs are no estimate any more, yyyymmdd. */
  #settledDate = 0;
  #confirmedAt: string | null = null;

  constructor(options: BooksKeeperOptions) {
    this.#options = options;
  }

  /** When the broker agreed last, ISO 8601 market time; null before. */
  get confirmedAt(): string | null {
    return this.#confirmedAt;
  }

  /** A balance asked for before this moment may or may not hold the fill. */
  onFill(): void {
    this.#fills += 1;
  }

  /** Looks now, or as soon as the running look has ended. */
  ask(): void {
    if (this.#isStopped || this.#look !== null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#look = this.compare()
      .catch((error: unknown) => this.#options.onFault(error))
      .finally(() => {
        this.#look = null;
        if (this.#isStopped) return;
        const isOpen = booksOfToday(this.#options.state(), this.#options.clock.now()) !== null;
        this.#timer = setTimeout(() => this.ask(), isOpen && this.#differences === 0 ? routineMs : openingMs);
      });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#look;
  }

  /** One look, now. @throws RetryLater when the broker cannot say */
  async compare(): Promise<void> {
    const { broker, clock, state } = this.#options;
    if (!state().isResolved) return;
    const fillsBefore = this.#fills;
    const balance = await broker.balance();
    if (this.#fills !== fillsBefore) {
      this.#differences = 0;
      return;
    }
    const today = dateNumber(seoulDate(clock.now()));
    const books = booksOfToday(state(), clock.now());
    if (books === null) await this.#open(balance, today);
    else await this.#check(balance, books);
  }

  /** Not while an order of an earlier day may still change the holdings. */
  async #open(balance: Balance, date: number): Promise<void> {
    const isSettled = [...this.#options.state().orders.values()].every((order) => order.date === date || isOver(order));
    if (!isSettled) return;
    await this.#options.record({ kind: 'books', date, ...numbersOf(balance), reason: '' });
    this.#confirmed();
  }

  async #check(balance: Balance, books: Books): Promise<void> {
    const difference = differenceOf(balance, books);
    if (difference === null) {
      await this.#settleCosts(balance, books);
      this.#confirmed();
      return;
    }
    this.#differences += 1;
    if (this.#differences < looksMin) {
      await this.#options.inquire();
      return;
    }
    // The halt first, so that a crash in between cannot leave their books without it; it lasts, also from after the close
    // into the next day, until a person has looked.
    await this.#options.record({ kind: 'halt', by: 'rule reconcile', reason: difference });
    await this.#options.record({ kind: 'incident', code: 'books-differ', detail: difference });
    await this.#options.record({ kind: 'books', date: books.date, ...numbersOf(balance), reason: difference });
    this.#confirmed();
  }

  /**
   * Once, when no order of the day can fill any more, the broker's cash takes the place of our estimates: of costs, and
   * of fills that were learned of by a rounded average. Holdings are the same, and stay as our fills made them.
   */
  async #settleCosts({ settledCash, equity }: Balance, { date, cash, positions }: Books): Promise<void> {
    const { clock, state, record } = this.#options;
    if (this.#settledDate === date || !isDayOver(date, clock.now(), state().orders.values())) return;
    this.#settledDate = date;
    if (settledCash === cash) return;
    const reason = `At the end of the day the broker has ${settledCash - cash} won more than our estimates of costs left`;
    await record({ kind: 'books', date, cash: settledCash, equity, positions: [...positions.values()], reason });
  }

  #confirmed(): void {
    this.#differences = 0;
    this.#confirmedAt = this.#options.clock.now().toString();
    this.#options.onConfirmed();
  }
}

function numbersOf({ settledCash, equity, positions }: Balance) {
  return { cash: settledCash, equity, positions: positions.filter((position) => position.quantity > 0) };
}

/** One sentence on the first difference; null when the books agree. Costs are not compared: brokers round averages. */
function differenceOf(balance: Balance, books: Books): string | null {
  const theirs = new Map(balance.positions.map((position) => [position.instrument, position.quantity]));
  for (const instrument of new Set([...theirs.keys(), ...books.positions.keys()])) {
    const held = theirs.get(instrument) ?? 0;
    const ours = books.positions.get(instrument)?.quantity ?? 0;
    if (held !== ours) return `The broker holds ${held} of ${instrument}, our fills make ${ours}`;
  }
  const cash = Math.abs(balance.settledCash - books.cash);
  return cash > cashDifferenceMax ? `Cash differs by ${cash} won without a fill` : null;
}
