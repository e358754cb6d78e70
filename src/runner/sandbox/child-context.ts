import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import { isWatched } from '#strategy/order-terms.ts';
import type { OrderDraft, StrategyContext, StrategyPosition } from '#strategy/strategy.ts';
import { legalPrice } from './legal-price.ts';
import type { PriceRules, Snapshot } from './parent-message.ts';

/** What the strategy did; the runner checks each before anything comes of it. */
export type Action =
  | ({ readonly kind: 'submit'; readonly ref: string } & OrderDraft)
  | { readonly kind: 'cancel'; readonly ref: string }
  | { readonly kind: 'log'; readonly instrument: InstrumentId; readonly message: string };

/** More in answer to one event means a strategy out of control; the runner refuses it too. */
const actionsMax = 40;

/** The context inside a strategy's child: reads the last snapshot and writes down what is asked for. */
export class ChildContext implements StrategyContext {
  #snapshot: Snapshot | null = null;
  #actions: Action[] = [];
  #counter = 0;
  readonly #rules = new Map<InstrumentId, PriceRules>();
  /** Instruments ordered while answering the present event; the snapshot cannot know them. */
  readonly #justOrdered = new Set<InstrumentId>();
  /** Won of the buys asked for while answering the present event: a second one must not count on the same money. */
  #spent = 0;

  begin(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.#actions = [];
    this.#justOrdered.clear();
    this.#spent = 0;
    for (const rules of snapshot.rules) this.#rules.set(rules.instrument, rules);
  }

  /** What was done since `begin`. */
  actions(): readonly Action[] {
    return this.#actions;
  }

  get nowMs(): number {
    return this.#snapshot?.nowMs ?? 0;
  }

  get cash(): Won {
    return won(Math.max(0, (this.#snapshot?.cash ?? 0) - this.#spent));
  }

  get equity(): Won {
    return won(this.#snapshot?.equity ?? 0);
  }

  get orderValueMax(): Won {
    return won(this.#snapshot?.orderValueMax ?? 0);
  }

  get positionCount(): number {
    return this.#snapshot?.positions.length ?? 0;
  }

  position(instrument: InstrumentId): StrategyPosition | null {
    const held = this.#snapshot?.positions.find((position) => position.instrument === instrument);
    if (held === undefined) return null;
    return { quantity: quantity(held.quantity), averagePrice: held.averagePrice };
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return this.#justOrdered.has(instrument) || (this.#snapshot?.openOrders.includes(instrument) ?? false);
  }

  limitPrice(instrument: InstrumentId, side: OrderSide, lastPrice: Won, distanceBps: number): Won {
    return won(legalPrice(this.#rules.get(instrument), { side, lastPrice, distanceBps }));
  }

  submit(draft: OrderDraft): string {
    const ref = `own-${(this.#counter += 1)}`;
    const { instrument, side, price, reason, pricing, trigger, goodTill, group, exits } = draft;
    this.#add({
      kind: 'submit',
      ref,
      instrument,
      side,
      quantity: draft.quantity,
      price,
      reason,
      ...(pricing === undefined ? {} : { pricing }),
      ...(trigger === undefined ? {} : { trigger }),
      ...(goodTill === undefined ? {} : { goodTill }),
      ...(group === undefined ? {} : { group }),
      ...(exits === undefined ? {} : { exits }),
    });
    this.#justOrdered.add(instrument);
    if (side === 'buy' && !isWatched(draft)) this.#spent += price * draft.quantity;
    return ref;
  }

  cancel(requestId: string): void {
    this.#add({ kind: 'cancel', ref: requestId });
  }

  log(instrument: InstrumentId, message: string): void {
    this.#add({ kind: 'log', instrument, message: message.slice(0, 500) });
  }

  #add(action: Action): void {
    if (this.#actions.length >= actionsMax)
      throw new RangeError(`More than ${actionsMax} actions in answer to one event`);
    this.#actions.push(action);
  }
}
