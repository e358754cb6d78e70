import type { InstrumentId } from '#domain/instrument.ts';

import type { SimulatedFill } from '../account-state.ts';

/** A fill with what it realised. Money in won. */
export interface RealisedFill {
  readonly fill: SimulatedFill;
  /** Cost of the shares sold, without buying fees; 0 of a buy. */
  readonly cost: number;
  /** Proceeds after fee and tax, less cost and buying fees of the shares sold; 0 of a buy. */
  readonly realised: number;
  /** Shares held after it. */
  readonly held: number;
}

interface Book {
  readonly quantity: number;
  readonly cost: number;
  readonly fees: number;
}

const nothing: Book = { quantity: 0, cost: 0, fees: 0 };

/** Each fill with its result, in order: average cost, cut off to whole won, exactly as the ledger counts it. */
export function realisedFills(fills: readonly SimulatedFill[]): readonly RealisedFill[] {
  const books = new Map<InstrumentId, Book>();
  return fills.map((fill) => {
    const before = books.get(fill.instrument) ?? nothing;
    const { after, cost, realised } = fill.side === 'buy' ? bought(before, fill) : sold(before, fill);
    books.set(fill.instrument, after);
    return { fill, cost, realised, held: after.quantity };
  });
}

interface Step {
  readonly after: Book;
  readonly cost: number;
  readonly realised: number;
}

function bought(before: Book, { price, quantity, fee }: SimulatedFill): Step {
  const after = {
    quantity: before.quantity + quantity,
    cost: before.cost + price * quantity,
    fees: before.fees + fee,
  };
  return { after, cost: 0, realised: 0 };
}

function sold(before: Book, { price, quantity, fee, tax }: SimulatedFill): Step {
  const cost = share(before.cost, quantity, before.quantity);
  const fees = share(before.fees, quantity, before.quantity);
  const after = { quantity: before.quantity - quantity, cost: before.cost - cost, fees: before.fees - fees };
  return { after, cost, realised: price * quantity - fee - tax - cost - fees };
}

/** `amount` × `part` ÷ `whole`, cut off to whole won. */
function share(amount: number, part: number, whole: number): number {
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole));
}
