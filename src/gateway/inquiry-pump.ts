import type { Broker, BrokerOrder, Inquiry } from '#brokers/broker.ts';
import { dateNumber, plainDate, seoulDate } from '#domain/trading-date.ts';
import { isDayOver } from './day-end.ts';
import type { DeskEvent } from './desk/events.ts';
import { inDoubt, isOver } from './desk/order-questions.ts';
import type { DeskState } from './desk/state.ts';
import type { GatewayClock } from './clock/gateway-clock.ts';

export interface InquiryPumpOptions {
  readonly broker: Broker;
  readonly clock: GatewayClock;
  readonly state: () => DeskState;
  readonly record: (event: DeskEvent) => Promise<unknown>;
  readonly onFault: (error: unknown) => void;
  /** Real milliseconds between two rounds while an order is in doubt. */
  readonly doubtMs: number;
  /** True while an accepted order must still be seen in the list; asked for as often as one in doubt. */
  readonly isWaiting?: () => boolean;
  /** A whole list of one day, and when it was asked for and answered. */
  readonly onList?: (rows: readonly BrokerOrder[], sentMs: number, answeredMs: number) => void;
}

/** Real milliseconds between two rounds: at the least, and as a matter of course. */
const shortestMs = 1_000;
const routineMs = 30_000;

/**
 * Asks the broker for its list of orders: when asked to, every `doubtMs` while an order is in doubt, every 30 s
 * in any case, never twice within a second. One round covers today and every earlier day that has open orders.
 */
export class InquiryPump {
  readonly #options: InquiryPumpOptions;
  readonly #doneDates = new Set<number>();
  #lastAtMs = -Infinity;
  /** Complete lists of the last round, by day. */
  #lists = new Map<number, { readonly rows: readonly BrokerOrder[]; readonly sentElapsedMs: number }>();
  #isAsked = true;
  #isStopped = false;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> | null = null;
  #waiting: (() => void)[] = [];

  constructor(options: InquiryPumpOptions) {
    this.#options = options;
  }

  /** One round as soon as the distance to the last one allows. */
  ask(): void {
    this.#isAsked = true;
    this.#schedule();
  }

  /** Resolves after the next round that starts from now on, whatever it found. */
  nextRound(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    const ended = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.ask();
    return ended;
  }

  /** The complete list of one day, asked for from now on; null when it could not be read to the end, or nobody asks for that day. */
  async freshList(date: number): Promise<readonly BrokerOrder[] | null> {
    const fromMs = this.#options.clock.elapsedMs();
    await this.nextRound();
    const list = this.#lists.get(date);
    return list !== undefined && list.sentElapsedMs >= fromMs ? list.rows : null;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#round;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #schedule(): void {
    if (this.#isStopped || this.#round !== null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const distanceMs = this.#isAsked
      ? shortestMs
      : inDoubt(this.#options.state()).length > 0 || this.#options.isWaiting?.() === true
        ? this.#options.doubtMs
        : routineMs;
    const waitMs = Math.max(0, this.#lastAtMs + distanceMs - this.#options.clock.elapsedMs());
    this.#timer = setTimeout(() => this.#start(), waitMs);
  }

  #start(): void {
    this.#isAsked = false;
    const waiting = this.#waiting.splice(0);
    this.#round = this.#ask()
      .catch((error: unknown) => this.#options.onFault(error))
      .finally(() => {
        this.#round = null;
        this.#lastAtMs = this.#options.clock.elapsedMs();
        for (const resolve of waiting) resolve();
        this.#schedule();
      });
  }

  async #ask(): Promise<void> {
    const { clock, state, record } = this.#options;
    const today = dateNumber(seoulDate(clock.now()));
    const dates = neededDates(state(), today);
    this.#lists = new Map();
    for (const date of dates) {
      const isOverForAll = isDayOver(date, clock.now(), state().orders.values());
      const sentElapsedMs = clock.elapsedMs();
      const inquiry = await this.#list(date);
      if (inquiry.kind === 'complete') {
        this.#doneDates.add(date);
        this.#lists.set(date, { rows: inquiry.rows, sentElapsedMs });
        this.#options.onList?.(inquiry.rows, sentElapsedMs, clock.elapsedMs());
      }
      const isWhole = dates.every((needed) => this.#doneDates.has(needed));
      await record({ kind: 'inquired', date, inquiry, sentElapsedMs, isDayOver: isOverForAll, isWhole });
    }
  }

  async #list(date: number): Promise<Inquiry<BrokerOrder>> {
    try {
      return await this.#options.broker.orders(plainDate(date));
    } catch (error) {
      // An inquiry that fails is an incomplete one: it proves nothing, and the next round asks again.
      return { kind: 'incomplete', cause: error instanceof Error ? error.message : 'unknown error' };
    }
  }
}

/** Oldest first, today last. */
function neededDates(state: DeskState, today: number): readonly number[] {
  const open = [...state.orders.values()].filter((order) => !isOver(order)).map((order) => order.date);
  return [...new Set([...open, today])].sort((a, b) => a - b);
}
