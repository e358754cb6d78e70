import { isOpen } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import type { OrderDraft, OrderTrigger, OrderUpdate } from '../strategy.ts';
import type { WatchedOrder } from './watched-order.ts';

/**
 * Attempts of one bracket in one session that did not sell what they asked for: each is a new order with a fresh price and
 * a fresh pass of the guard.
 */
const attemptsPerSessionMax = 3;

/** All that a bracket remembers, as plain data: what a restart must not lose. */
export interface BracketState {
  readonly entryId: string;
  readonly entry: OrderDraft;
  readonly extreme: number | null;
  /** Shares of the entry so far, and of its exits. */
  readonly bought: number;
  readonly sold: number;
  readonly isEntryOver: boolean;
  readonly attempts: number;
  readonly attemptsOfSession: number;
  /** The exit on its way, with the shares of it that are in `sold` already. */
  readonly working: { readonly requestId: string; readonly filled: number } | null;
}

/** An entry with its exits: how much of it is held, and which exit is on its way. */
export class Bracket {
  readonly entryId: string;
  readonly entry: OrderDraft;
  /** Highest price that the trailing stop has seen; null before the first. */
  extreme: number | null = null;
  #bought = 0;
  #sold = 0;
  #isEntryOver = false;
  #attempts = 0;
  #attemptsOfSession = 0;
  #working: { readonly requestId: string; filled: number } | null = null;
  /** The last exit was refused because a buy was in its way: when the entry ends it need not wait any longer. */
  #isCrossed = false;

  constructor(entryId: string, entry: OrderDraft) {
    this.entryId = entryId;
    this.entry = entry;
  }

  /** As it was when `state` was taken. */
  static restored(state: BracketState): Bracket {
    const bracket = new Bracket(state.entryId, state.entry);
    bracket.extreme = state.extreme;
    bracket.#bought = state.bought;
    bracket.#sold = state.sold;
    bracket.#isEntryOver = state.isEntryOver;
    bracket.#attempts = state.attempts;
    bracket.#attemptsOfSession = state.attemptsOfSession;
    bracket.#working = state.working === null ? null : { ...state.working };
    return bracket;
  }

  get state(): BracketState {
    return {
      entryId: this.entryId,
      entry: this.entry,
      extreme: this.extreme,
      bought: this.#bought,
      sold: this.#sold,
      isEntryOver: this.#isEntryOver,
      attempts: this.#attempts,
      attemptsOfSession: this.#attemptsOfSession,
      working: this.#working === null ? null : { ...this.#working },
    };
  }

  get left(): number {
    return this.#bought - this.#sold;
  }

  get isOver(): boolean {
    return this.#isEntryOver && this.left <= 0 && this.#working === null;
  }

  /** True while the entry may still buy. */
  get isEntryOpen(): boolean {
    return !this.#isEntryOver;
  }

  /** The entry stood in the way of the last exit and has ended: there is nothing to wait for any longer. */
  get isFreed(): boolean {
    return this.#isCrossed && this.#isEntryOver;
  }

  startSession(): void {
    this.#attemptsOfSession = 0;
  }

  /** Takes in news of the entry or of the exit on its way. @returns true when the exits must be armed anew */
  follow(update: OrderUpdate): boolean {
    if (update.requestId === this.entryId) {
      const isMore = update.filled > this.#bought;
      const isEnd = !this.#isEntryOver && !isOpen(update.state);
      this.#bought = Math.max(this.#bought, update.filled);
      this.#isEntryOver = !isOpen(update.state);
      return isMore || (isEnd && this.isFreed);
    }
    if (this.#working === null || update.requestId !== this.#working.requestId) return false;
    this.#sold += Math.max(0, update.filled - this.#working.filled);
    this.#working.filled = Math.max(this.#working.filled, update.filled);
    if (isOpen(update.state)) return false;
    this.#working = null;
    this.#isCrossed = update.state === 'denied' && update.code === 'self-cross';
    // A part of what is held that sold was no attempt in vain; there are no more parts than shares. One that left in an
    // earlier session does not count in this one.
    if (update.state === 'filled') this.#attemptsOfSession = Math.max(0, this.#attemptsOfSession - 1);
    return this.left > 0;
  }

  /**
   * Entry or exit of which nobody can say anything any more, because the record of orders does not reach so far back: over.
   *
   * @returns true when the exits must be armed anew
   */
  endUnheard(isHeard: (requestId: string) => boolean): boolean {
    if (!isHeard(this.entryId)) this.#isEntryOver = true;
    if (this.#working === null || isHeard(this.#working.requestId)) return false;
    this.#working = null;
    return this.left > 0;
  }

  /** An exit goes out: until its end is known none of the others may. */
  wake(requestId: string): void {
    this.#working = { requestId, filled: 0 };
    this.#attempts += 1;
    this.#attemptsOfSession += 1;
  }

  /** The exits for what is held now; none while one is on its way or the session's attempts are used up. */
  exits(notBeforeMs: number): readonly WatchedOrder[] {
    if (this.left <= 0 || this.#working !== null || this.#attemptsOfSession >= attemptsPerSessionMax) return [];
    return triggersOf(this.entry).map((trigger) => ({
      requestId: `${this.entryId}-x${this.#attempts}${letters[trigger.kind]}`,
      draft: exitDraft(this.entry, trigger, this.left),
      wait: trigger,
      extreme: trigger.kind === 'trailing' ? this.extreme : null,
      set: this.entryId,
      exitOf: this.entryId,
      isLive: true,
      notBeforeMs,
    }));
  }
}

/** Short, because a request id has 64 characters at the most. */
const letters = { stop: 's', trailing: 'r', target: 't' } as const;

function triggersOf({ exits = {} }: OrderDraft): readonly OrderTrigger[] {
  const { stopPrice, targetPrice, trailingBps } = exits;
  const triggers: OrderTrigger[] = [];
  if (stopPrice !== undefined) triggers.push({ kind: 'stop', price: stopPrice });
  if (trailingBps !== undefined) triggers.push({ kind: 'trailing', distanceBps: trailingBps });
  if (targetPrice !== undefined) triggers.push({ kind: 'target', price: targetPrice });
  return triggers;
}

const reasons = {
  stop: '손절가에 닿았어요.',
  trailing: '추적 손절선에 닿았어요.',
  target: '목표가에 닿았어요.',
} as const;

function exitDraft(entry: OrderDraft, trigger: OrderTrigger, shares: number): OrderDraft {
  const { instrument, price } = entry;
  return {
    instrument,
    side: 'sell',
    quantity: quantity(shares),
    price,
    reason: reasons[trigger.kind],
    pricing: 'market',
  };
}
