import { members, type HistoryRecord, type Violation } from './order-history.ts';

type Tell = (invariant: Violation['invariant'], subject: string, detail: string) => void;

/** Positions as the fills and the declared manual trades make them, held against what the broker said each morning (INV-07). */
export class PositionHistory {
  readonly #tell: Tell;
  readonly #terms = new Map<string, { readonly instrument: string; readonly sign: number }>();
  /** Null before the first books: what was held then nobody here knows. */
  #held: Map<string, number> | null = null;
  /** Times the broker's books were taken over in the middle of a day, which is on record with its reason. */
  rebased = 0;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  take({ kind, body }: HistoryRecord): void {
    if (kind === 'order.intent') this.#remember(body);
    if (kind === 'order.filled') this.#fill(this.#terms.get(String(body['orderId'])), Number(body['quantity']));
    if (kind === 'manual.filled') this.#fill(termsOf(body), Number(body['quantity']));
    if (kind === 'day.opened') this.#opened(body);
    if (kind === 'day.rebased') {
      this.rebased += 1;
      this.#held = positionsOf(body);
    }
  }

  #remember(body: HistoryRecord['body']): void {
    this.#terms.set(String(body['orderId']), termsOf(members(body['request'])));
  }

  #fill(terms: { readonly instrument: string; readonly sign: number } | undefined, size: number): void {
    if (terms === undefined || this.#held === null) return;
    const now = (this.#held.get(terms.instrument) ?? 0) + terms.sign * size;
    // Shares bought elsewhere and not declared can be sold here: then the books were wrong before.
    if (now < 0)
      this.#tell('INV-07', terms.instrument, `${-now} shares sold that fills and declared trades never bought`);
    this.#held.set(terms.instrument, Math.max(0, now));
  }

  #opened(body: HistoryRecord['body']): void {
    const told = positionsOf(body);
    if (this.#held !== null) this.#compare(this.#held, told);
    this.#held = told;
  }

  #compare(held: ReadonlyMap<string, number>, told: ReadonlyMap<string, number>): void {
    for (const instrument of new Set([...held.keys(), ...told.keys()])) {
      const ours = held.get(instrument) ?? 0;
      const theirs = told.get(instrument) ?? 0;
      if (ours === theirs) continue;
      this.#tell('INV-07', instrument, `the day opened with ${theirs} shares, fills and declared trades make ${ours}`);
    }
  }
}

function termsOf(body: HistoryRecord['body']): { readonly instrument: string; readonly sign: number } {
  return { instrument: String(body['instrument']), sign: body['side'] === 'buy' ? 1 : -1 };
}

function positionsOf(body: HistoryRecord['body']): Map<string, number> {
  const positions = Array.isArray(body['positions']) ? body['positions'] : [];
  return new Map(
    positions.map((each: unknown) => {
      const position = members(each);
      return [String(position['instrument']), Number(position['quantity'])];
    }),
  );
}
