import assert from 'node:assert/strict';
import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen } from '#domain/order-state.ts';
import type { OrderView } from '#link/views.ts';
import type { WaitingState } from '#runner/waiting/waiting-state.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import type { WaitingGateway } from './waiting-gateway.ts';

/** What the promises are compared with. */
export interface Witness {
  readonly gateway: WaitingGateway;
  /** As it lies on the disk; null before the first write. */
  readonly saved: WaitingState | null;
  /** False when the disk refused something of this history. */
  readonly isDiskSound: boolean;
  /** yyyymmdd. */
  readonly today: number;
  /** Shares that the strategy has been told it holds. */
  readonly held: (symbol: string) => number;
  /** What the strategy has been told of an order; null while it has not. */
  readonly isOver: (requestId: string) => boolean;
}

/**
 * What must hold of orders that wait, worked out from what the strategy asked for and what the gateway recorded, with
 * nothing of the code that it is about. What is said here of an exit is said of `<entry>-x<n><kind>`, and `<id>+<n>` is what
 * is left of an order on a later day.
 */
export class WaitingPromises {
  readonly #witness: Witness;
  readonly #asked = new Map<
    string,
    { readonly draft: OrderDraft; readonly day: number; readonly after: Set<string>; readonly basis: Basis }
  >();
  /** What a share costs of what it did at first, today and when a trade was seen last. */
  readonly #scales = new Map<string, number>();
  readonly #seenScales = new Map<string, number>();
  /** How often a trade of another scale was seen. */
  readonly #splits = new Map<string, number>();
  /** Split, and no trade seen since: what is asked for meanwhile may be held with the rest. */
  readonly #unpriced = new Set<string>();
  readonly #sentOn = new Map<string, number>();
  /** Must never leave: taken back, or another of its group has left. */
  readonly #ended = new Set<string>();
  readonly #withdrawing = new Set<string>();
  /** Entries whose exits the strategy took back. */
  readonly #withdrawn = new Set<string>();
  /** Entries whose exits may be gone: nothing was held any more, or a cancel was on its way when the process died. */
  readonly #released = new Set<string>();

  constructor(witness: Witness) {
    this.#witness = witness;
  }

  /** @param isPriceKnown whether any price of the share was told before */
  asked(requestId: string, draft: OrderDraft, isPriceKnown: boolean): void {
    const leaving = this.#witness.saved?.leaving.map((order) => order.requestId);
    const symbol = symbolOfDraft(draft);
    const basis = { splits: this.#splits.get(symbol) ?? 0, isSure: isPriceKnown && !this.#unpriced.has(symbol) };
    this.#asked.set(requestId, { draft, day: this.#witness.today, after: new Set(leaving), basis });
  }

  /** From this day on the share costs `scale` of what it did at first. */
  split(symbol: string, scale: number): void {
    this.#scales.set(symbol, scale);
    this.#unpriced.add(symbol);
  }

  /** A trade of the regular session reached what waits. */
  priced(symbol: string): void {
    if (this.#isUnseen(symbol)) this.#splits.set(symbol, (this.#splits.get(symbol) ?? 0) + 1);
    this.#seenScales.set(symbol, this.#scales.get(symbol) ?? 1);
    this.#unpriced.delete(symbol);
  }

  /** It was split, and no trade of it was seen since. */
  #isUnseen(symbol: string): boolean {
    return (this.#seenScales.get(symbol) ?? 1) !== (this.#scales.get(symbol) ?? 1);
  }

  refused(requestId: string): void {
    this.#ended.add(requestId);
  }

  get ids(): readonly string[] {
    return [...this.#asked.keys()];
  }

  /** Said before the cancel: should the process die in it, either may be. */
  cancelling(requestId: string): void {
    this.#released.add(requestId);
  }

  /** @param hadRest whether a part of it waited for a later day or was on its way on one: then that alone is taken back */
  cancelled(requestId: string, { hadRest }: { readonly hadRest: boolean }): void {
    if (!this.#witness.isDiskSound || entryOf(requestId) !== null) return;
    this.#ended.add(firstOf(requestId));
    if (this.#witness.isOver(requestId) && !hadRest) this.#withdrawn.add(requestId);
  }

  /** The strategy is over: nothing that it asked to buy until now leaves any more. */
  over(): void {
    if (!this.#witness.isDiskSound) return;
    for (const [requestId, { draft }] of this.#asked) if (draft.side === 'buy') this.#ended.add(requestId);
  }

  /** An order is about to reach the gateway. @throws when it must not */
  leaves(requestId: string, draft: OrderDraft): void {
    assert.ok(!this.#sentOn.has(requestId), `INV-02 ${requestId} is sent twice`);
    assert.ok(requestId.length <= 64, `${requestId} is too long`);
    const entry = entryOf(requestId);
    assert.notEqual(this.#basisOf(entry ?? requestId), 'old', `${requestId} leaves at a price from before a split`);
    if (entry === null) this.#ownLeaves(requestId);
    else this.#exitLeaves(requestId, entry, draft);
    this.#mustBeSaved(requestId);
    this.#sentOn.set(requestId, this.#witness.today);
  }

  /** What works is asked to be cancelled; news of it comes, or the process dies first. */
  withdraws(requestId: string): void {
    this.#withdrawing.add(requestId);
  }

  /** What the gateway never had may come again under the same id. */
  died(): void {
    this.#withdrawing.clear();
    for (const requestId of this.#sentOn.keys())
      if (!this.#witness.gateway.orders.has(requestId)) this.#sentOn.delete(requestId);
  }

  /** Called whenever what is held may have changed. */
  holdingChanged(): void {
    const { gateway, held, isOver } = this.#witness;
    for (const { requestId, symbol, side } of gateway.orders.values())
      if (side === 'buy' && held(symbol) === 0 && isOver(requestId)) this.#released.add(requestId);
  }

  /** "No naked position", whenever every news has been taken: what a bracket holds has an exit armed or on its way. */
  watches(): void {
    const { saved } = this.#witness;
    if (saved === null) return;
    for (const entry of this.#protected()) {
      const { requestId } = entry;
      if (this.#witness.held(entry.symbol) === 0 || this.#exitsOf(requestId).some(({ state }) => isOpen(state)))
        continue;
      const isArmed = saved.triggers.watched.some(({ exitOf }) => exitOf === requestId);
      const isLeaving = saved.leaving.some((order) => entryOf(order.requestId) === requestId);
      // Touched while nothing was held: its next share arms it.
      const mayArm: boolean =
        isOpen(entry.state) && saved.triggers.brackets.some(({ entryId }) => entryId === requestId);
      const isUsedUp: boolean = this.#inVain(requestId, saved.date) >= 3;
      assert.ok(isArmed || isLeaving || mayArm || isUsedUp, `naked: ${requestId}, ${entry.filled} bought`);
    }
  }

  /** The market has crashed and everybody was kind: nothing of a bracket is left. */
  soldOut(): void {
    const left = this.#protected();
    const isHeldBack = ({ requestId }: OrderView): boolean => this.#basisOf(requestId) !== 'today';
    for (const { requestId, symbol } of left.filter((entry) => !isHeldBack(entry))) {
      const { gateway } = this.#witness;
      const heldBack = left.filter((entry) => entry.symbol === symbol && isHeldBack(entry));
      const kept = heldBack.reduce((sum, entry) => sum + this.#unsold(entry), 0);
      const shares = Math.min(gateway.position(symbol), gateway.inAccount(symbol)) - kept;
      assert.ok(shares <= 0, `naked at the end: ${requestId}, ${shares} held`);
    }
  }

  /** `old` what must never leave: asked for before a split, and a price was known then; `unsure` what may. */
  #basisOf(requestId: string): 'today' | 'old' | 'unsure' {
    const asked = this.#asked.get(firstOf(requestId));
    if (asked === undefined || !this.#witness.isDiskSound) return 'unsure';
    const { splits, isSure } = asked.basis;
    const symbol = symbolOfDraft(asked.draft);
    if (!isSure) return 'unsure';
    return splits < (this.#splits.get(symbol) ?? 0) || this.#isUnseen(symbol) ? 'old' : 'today';
  }

  #unsold({ requestId, filled }: OrderView): number {
    return filled - this.#exitsOf(requestId).reduce((sum, exit) => sum + exit.filled, 0);
  }

  #ownLeaves(requestId: string): void {
    const first = firstOf(requestId);
    assert.ok(!this.#ended.has(first), `${requestId} leaves after it was taken back`);
    const { draft, day } = this.#asked.get(first) ?? assert.fail(`${requestId} was never asked for`);
    const isForNextOpening = draft.pricing === 'market-on-open' && draft.goodTill === undefined;
    const lastDay = isForNextOpening ? Infinity : Math.max(day, draft.goodTill ?? 0);
    assert.ok(this.#witness.today <= lastDay, `${requestId} of ${day} leaves on ${this.#witness.today}`);
    if (draft.group === undefined || requestId !== first) return;
    for (const [other, { draft: mate, after }] of this.#asked) {
      const isMate = other !== first && mate.group === draft.group && mate.instrument === draft.instrument;
      if (isMate && !this.#sentOn.has(other) && !after.has(first)) this.#ended.add(other);
    }
  }

  #exitLeaves(requestId: string, entry: string, draft: OrderDraft): void {
    assert.ok(!this.#withdrawn.has(entry), `${requestId} leaves after its bracket was taken back`);
    const others = this.#exitsOf(entry);
    assert.ok(!others.some(({ state }) => isOpen(state)), `INV-05 ${requestId} leaves while another exit may fill`);
    const isWithdrawn = this.#witness.isOver(entry) || this.#withdrawing.has(entry);
    assert.ok(isWithdrawn, `${requestId} leaves while its entry goes on buying`);
    const sold = others.reduce((sum, { filled }) => sum + filled, 0);
    const bought = this.#witness.gateway.orders.get(entry)?.filled ?? 0;
    assert.ok(sold + draft.quantity <= bought, `INV-07 ${requestId} sells more than was bought`);
    const symbol = symbolOfDraft(draft);
    const free = this.#witness.held(symbol) - this.#offered(symbol);
    assert.ok(draft.quantity <= free, `INV-07 ${requestId} sells more than is held and not offered`);
  }

  /** Shares that sells at the gateway may still sell. */
  #offered(symbol: string): number {
    const sells = [...this.#witness.gateway.orders.values()].filter(
      (order) => order.symbol === symbol && order.side === 'sell' && isOpen(order.state),
    );
    return sells.reduce((sum, { quantity, filled }) => sum + quantity - filled, 0);
  }

  /** What woke is on the disk as leaving, and waits there no more; what must be remembered of the rest is there. */
  #mustBeSaved(requestId: string): void {
    const { saved, isDiskSound } = this.#witness;
    const draft = this.#asked.get(requestId)?.draft;
    if (!isDiskSound || (draft !== undefined && !mustOutlive(draft))) return;
    const { leaving = [], triggers } = saved ?? {};
    const isKept =
      leaving.some((order) => order.requestId === requestId) ||
      triggers?.brackets.some(({ entryId }) => entryId === requestId) === true ||
      triggers?.lasting.some((order) => order.requestId === requestId) === true;
    assert.ok(isKept, `${requestId} leaves before it is on the disk`);
    const waits = triggers?.watched.some((order) => order.requestId === requestId) === true;
    assert.ok(!waits, `${requestId} leaves and waits on the disk`);
  }

  /** Entries that hold something which must be watched. */
  #protected(): readonly OrderView[] {
    return [...this.#witness.gateway.orders.values()].filter(({ requestId, side, filled }) => {
      const exits = this.#asked.get(firstOf(requestId))?.draft.exits;
      if (side !== 'buy' || exits === undefined) return false;
      if (this.#withdrawn.has(requestId) || this.#released.has(requestId)) return false;
      return filled > this.#exitsOf(requestId).reduce((sum, exit) => sum + exit.filled, 0);
    });
  }

  #exitsOf(entry: string): readonly OrderView[] {
    return [...this.#witness.gateway.orders.values()].filter(({ requestId }) => entryOf(requestId) === entry);
  }

  #inVain(entry: string, since: number): number {
    const isInVain = ([requestId, day]: readonly [string, number]): boolean =>
      entryOf(requestId) === entry && day >= since && this.#witness.gateway.orders.get(requestId)?.state !== 'filled';
    return [...this.#sentOn].filter(isInVain).length;
  }
}

/** On which price an order was asked for. */
interface Basis {
  readonly splits: number;
  /** False when no price was known then, or none of after the split: it may be held, and may not. */
  readonly isSure: boolean;
}

function entryOf(requestId: string): string | null {
  return /^(.*)-x\d+[srt]$/.exec(requestId)?.[1] ?? null;
}

function firstOf(requestId: string): string {
  return requestId.split('+')[0] ?? requestId;
}

function symbolOfDraft({ instrument }: { readonly instrument: InstrumentId }): string {
  return instrument.slice(4);
}

/** A plain order for the day needs no memory of ours. */
function mustOutlive({ pricing, trigger, group, goodTill, exits }: OrderDraft): boolean {
  if (pricing === 'market-on-open' || pricing === 'market-on-close') return true;
  return [trigger, group, goodTill, exits].some((word) => word !== undefined);
}
