import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, plainDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { settlementDate, settlementDay } from '#markets/calendar.ts';
import { listings } from '#markets/listings.ts';
import type { AccountLedger } from './account-ledger.ts';
import { openLedger, orderableCash, rollTo, settleFill, splitShares, withCash } from './ledger.ts';
import { RunningLedger } from './running-ledger.ts';

/** Stocks of both markets and a fund, whose taxes differ. */
const traded = ['005930', '247540', '069500'].flatMap((symbol) => listings.filter((one) => one.symbol === symbol));
const days = [19980105, 20030102, 20181227, 20190531, 20190603, 20241220, 20241223, 20241224, 20250102, 20271230];

type Step =
  | { kind: 'trade'; of: Instrument; side: OrderSide; price: number; shares: number; day: number; ppb: number }
  | { kind: 'roll'; day: number }
  | { kind: 'receive'; amount: number }
  | { kind: 'split'; of: Instrument; from: number; to: number; price: number };

const of = fc.constantFrom(...traded);
const day = fc.constantFrom(...days);
const price = fc.oneof(fc.integer({ min: 1, max: 2_000_000 }), fc.constant(900_000_000_000));
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('trade' as const),
        of,
        side: fc.constantFrom('buy' as const, 'sell' as const),
        price,
        shares: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 100_000 })),
        day,
        ppb: fc.constantFrom(0, 140_527, 146_527, 1_000_000_000),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('roll' as const), day }) },
    fc.record({ kind: fc.constant('receive' as const), amount: fc.integer({ min: 0, max: 1_000_000 }) }),
    fc.record({
      kind: fc.constant('split' as const),
      of,
      from: fc.integer({ min: 1, max: 7 }),
      to: fc.integer({ min: 1, max: 50 }),
      price: fc.integer({ min: 0, max: 100_000 }),
    }),
  ),
  { maxLength: 40 },
);

test('RunningLedger says after every step of an account what the pure ledger says, refusals included', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), steps, (cash, life) => {
      const running = new RunningLedger(won(cash));
      let pure = openLedger(won(cash));
      for (const step of life) {
        const next = outcomeOf(() => purely(pure, step));
        const said = outcomeOf(() => runningly(running, step));
        assert.deepEqual(said.costs, next.costs);
        if (next.ledger === undefined) refused += 1;
        else pure = next.ledger;
        assert.deepEqual(described(running), describedPure(pure));
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(refused > 100, `only ${refused} steps were refused`);
});

test('settlementDay() is settlementDate() in numbers, outside the calendar too', () => {
  for (const each of days.slice(0, -1)) {
    assert.equal(settlementDay(each), dateNumber(settlementDate(plainDate(each))));
    assert.equal(settlementDay(each), dateNumber(settlementDate(plainDate(each))));
  }
  assert.throws(() => settlementDay(20271230), RangeError);
  assert.throws(() => settlementDay(20240231), RangeError);
});

interface Outcome {
  readonly costs: unknown;
  readonly ledger?: AccountLedger;
}

function outcomeOf(step: () => Outcome): Outcome {
  try {
    const outcome = step();
    // The one difference: whoever keeps a pure ledger hears only when asking for it that orderable cash is past exactness.
    if (outcome.ledger !== undefined) orderableCash(outcome.ledger);
    return outcome;
  } catch (error) {
    assert.ok(error instanceof RangeError);
    return { costs: 'refused' };
  }
}

function purely(ledger: AccountLedger, step: Step): Outcome {
  if (step.kind === 'roll') return { costs: null, ledger: rollTo(ledger, plainDate(step.day)) };
  if (step.kind === 'receive') return { costs: null, ledger: withCash(ledger, won(step.amount)) };
  if (step.kind === 'split') return { costs: null, ledger: splitShares(ledger, { ...step, instrument: step.of.id }) };
  const { ledger: next, fill } = settleFill(ledger, { ...terms(step), tradeDate: plainDate(step.day) });
  return { costs: { fee: fill.fee, tax: fill.tax, profit: next.realised - ledger.realised }, ledger: next };
}

function runningly(ledger: RunningLedger, step: Step): Outcome {
  if (step.kind === 'trade') return { costs: ledger.settle({ ...terms(step), tradeDay: step.day }) };
  if (step.kind === 'roll') ledger.rollTo(step.day);
  else if (step.kind === 'receive') ledger.receive(won(step.amount));
  else ledger.split({ ...step, instrument: step.of.id });
  return { costs: null };
}

function terms(step: Step & { kind: 'trade' }) {
  return {
    instrument: step.of,
    side: step.side,
    price: won(step.price),
    quantity: quantity(step.shares),
    commissionPpb: step.ppb,
  };
}

function described(ledger: RunningLedger): unknown {
  const { cash, orderableCash: orderable, feesPaid, taxPaid, realised } = ledger;
  const held = [...ledger.positions];
  return { cash, orderable, feesPaid, taxPaid, realised, held, fees: [...ledger.buyingFees], due: ledger.pending };
}

function describedPure(ledger: AccountLedger): unknown {
  const { cash, feesPaid, taxPaid, realised } = ledger;
  const due = ledger.pending.map(({ date, amount }) => ({ day: dateNumber(date), amount }));
  const held = [...ledger.positions];
  return {
    cash,
    orderable: orderableCash(ledger),
    feesPaid,
    taxPaid,
    realised,
    held,
    fees: [...ledger.buyingFees],
    due,
  };
}
