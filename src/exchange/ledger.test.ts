import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { nextTradingDay } from '#markets/calendar.ts';
import { listingOf } from '#markets/listings.ts';
import type { AccountLedger, LedgerFill } from './account-ledger.ts';
import { openLedger, orderableCash, rollTo, settleFill, type LedgerTrade } from './ledger.ts';

const samsung = listed('005930');
const kodex = listed('069500');

function listed(symbol: string): Instrument {
  const listing = listingOf(symbol);
  assert.ok(listing !== null);
  return listing;
}

/** `2024-12-20 buy 10 @70000` at KIS's online fee. */
function aTrade(text: string, instrument: Instrument = samsung): LedgerTrade {
  const [date = '', side, size, price = ''] = text.split(' ');
  return {
    instrument,
    side: side as OrderSide,
    price: won(Number(price.slice(1))),
    quantity: quantity(Number(size)),
    tradeDate: Temporal.PlainDate.from(date),
    commissionPpb: 140_527,
  };
}

function after(ledger: AccountLedger, ...trades: readonly string[]): AccountLedger {
  return trades.reduce((current, trade) => settleFill(current, aTrade(trade)).ledger, ledger);
}

function costsOf(fill: LedgerFill): unknown {
  return { fee: fill.fee, tax: fill.tax, settles: fill.settlementDate.toString() };
}

/** The amounts of a ledger as plain values. */
function described(ledger: AccountLedger): unknown {
  return {
    cash: ledger.cash,
    pending: ledger.pending.map(({ date, amount }) => `${date.toString()} ${amount}`),
    positions: [...ledger.positions.values()].map((held) => `${held.quantity} cost ${held.cost}`),
    buyingFees: [...ledger.buyingFees.values()],
    feesPaid: ledger.feesPaid,
    taxPaid: ledger.taxPaid,
    realised: ledger.realised,
  };
}

test('M26 settleFill() books a buy as shares now and cash two sessions later', () => {
  const { ledger, fill } = settleFill(openLedger(won(10_000_000)), aTrade('2024-12-20 buy 10 @70000'));

  // 700,000 × 0.0140527 % = 98.37.
  assert.deepEqual(costsOf(fill), { fee: 98, tax: 0, settles: '2024-12-24' });
  assert.deepEqual(described(ledger), {
    cash: 10_000_000,
    pending: ['2024-12-24 -700098'],
    positions: ['10 cost 700000'],
    buyingFees: [98],
    feesPaid: 98,
    taxPaid: 0,
    realised: 0,
  });
});

test('M27 settleFill() taxes a sale by the day it settles', () => {
  const held = after(openLedger(won(10_000_000)), '2024-12-20 buy 10 @70000');

  const lastOld = settleFill(held, aTrade('2024-12-26 sell 4 @72000')).fill;
  const firstNew = settleFill(held, aTrade('2024-12-27 sell 4 @72000')).fill;

  // 288,000 at 0.03 % is 86.4 and at 0.15 % is 432; the fee is 40.47.
  assert.deepEqual(costsOf(lastOld), { fee: 40, tax: 518, settles: '2024-12-30' });
  assert.deepEqual(costsOf(firstNew), { fee: 40, tax: 432, settles: '2025-01-02' });
});

test('M28 settleFill() realises proceeds less cost and buying fees, in proportion to the shares sold', () => {
  const held = after(openLedger(won(10_000_000)), '2024-12-20 buy 10 @70000');

  const partly = after(held, '2024-12-27 sell 4 @72000');
  const gone = after(partly, '2025-01-02 sell 6 @65000');

  // 288,000 − 40 − 432 = 287,528; less 280,000 of cost and 39 (39.2) of the buying fee of 98.
  assert.equal(partly.realised, 7489);
  assert.deepEqual([...partly.positions.values()], [{ instrument: samsung.id, quantity: 6, cost: 420_000 }]);
  assert.deepEqual([...partly.buyingFees.values()], [59]);
  // 390,000 − 54 − 585 = 389,361; less 420,000 and the remaining 59.
  assert.equal(gone.realised, 7489 - 30_698);
  assert.deepEqual([gone.positions.size, gone.buyingFees.size], [0, 0]);
  assert.deepEqual([gone.feesPaid, gone.taxPaid], [98 + 40 + 54, 432 + 585]);
  assert.equal(rollTo(gone, Temporal.PlainDate.from('2025-01-06')).cash, 10_000_000 - 23_209);
});

test('M28 settleFill() cuts the cost of sold shares off to whole won and leaves the rest to the last share', () => {
  const held = after(openLedger(won(1_000_000)), '2024-12-20 buy 1 @1000', '2024-12-20 buy 2 @1001');
  const costs: (number | undefined)[] = [];

  let ledger = held;
  for (let sold = 0; sold < 3; sold += 1) {
    costs.push(ledger.positions.get(samsung.id)?.cost);
    ledger = after(ledger, '2024-12-23 sell 1 @1000');
  }

  assert.deepEqual(costs, [3002, 2002, 1001]);
  assert.equal(ledger.positions.size, 0);
});

test('M27 settleFill() taxes no fund', () => {
  const { ledger } = settleFill(openLedger(won(1_000_000)), aTrade('2024-12-20 buy 10 @35000', kodex));

  assert.equal(settleFill(ledger, aTrade('2024-12-23 sell 10 @35000', kodex)).fill.tax, 0);
});

test('M28 settleFill() refuses to sell more than is held and to book nothing', () => {
  const held = after(openLedger(won(10_000_000)), '2024-12-20 buy 10 @70000');

  assert.throws(() => after(held, '2024-12-23 sell 11 @70000'), RangeError);
  assert.throws(() => after(openLedger(won(0)), '2024-12-23 sell 1 @70000'), RangeError);
  assert.throws(() => after(held, '2024-12-23 buy 0 @70000'), RangeError);
});

test('M26 settleFill() leaves the ledger it was given as it was', () => {
  const held = after(openLedger(won(10_000_000)), '2024-12-20 buy 10 @70000');
  const before = described(held);

  after(held, '2024-12-23 sell 10 @70000');

  assert.deepEqual(described(held), before);
});

test('M29 orderableCash() lets proceeds be used before they arrive and counts what is spoken for', () => {
  const bought = after(openLedger(won(1_000_000)), '2024-12-20 buy 10 @70000');
  const sold = after(bought, '2024-12-20 sell 10 @70000');

  assert.equal(orderableCash(bought), 1_000_000 - 700_098);
  assert.equal(orderableCash(sold), 1_000_000 - 700_098 + 700_000 - 98 - 210 - 1050);
  assert.equal(orderableCash(after(openLedger(won(0)), '2024-12-20 buy 1 @70000')), -70_009);
});

test('M29 rollTo() settles what is due by the day and nothing later', () => {
  const ledger = after(
    openLedger(won(10_000_000)),
    '2024-12-20 buy 10 @70000',
    '2024-12-20 buy 10 @70000',
    '2024-12-23 sell 5 @70000',
  );
  const days = ['2024-12-23', '2024-12-24', '2024-12-25', '2024-12-26', '2025-02-03'];

  const rolled = days.map((day) => rollTo(ledger, Temporal.PlainDate.from(day)));

  assert.deepEqual(
    rolled.map(({ cash, pending }) => [cash, pending.length]),
    [
      [10_000_000, 2],
      [8_599_804, 1],
      [8_599_804, 1],
      [8_599_804 + 350_000 - 49 - 105 - 525, 0],
      [8_599_804 + 350_000 - 49 - 105 - 525, 0],
    ],
  );
  assert.ok(rolled.every((next) => orderableCash(next) === orderableCash(ledger)));
});

test('M25 settleFill() conserves cash, cost and result to the won over any history', () => {
  const steps = fc.record({
    instrument: fc.constantFrom(samsung, kodex),
    side: fc.constantFrom<OrderSide>('buy', 'sell'),
    price: fc.integer({ min: 1, max: 2_000_000 }),
    size: fc.integer({ min: 1, max: 1000 }),
    commissionPpb: fc.constantFrom(0, 140_527, 5_000_000),
    daysLater: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 25 }), (history) => {
      const start = won(1_000_000_000);
      let ledger = openLedger(start);
      let date = Temporal.PlainDate.from('2024-12-02');
      let flows = 0;

      for (const { instrument, side, price, size, commissionPpb, daysLater } of history) {
        for (let day = 0; day < daysLater; day += 1) date = nextTradingDay(date);
        ledger = rollTo(ledger, date);
        const held = ledger.positions.get(instrument.id)?.quantity ?? 0;
        const traded = side === 'buy' ? size : Math.min(size, held);
        if (traded === 0) continue;
        const order = { instrument, side, price: won(price), quantity: quantity(traded), tradeDate: date };
        const settled = settleFill(ledger, { ...order, commissionPpb });
        ledger = settled.ledger;
        const value = price * traded * (side === 'buy' ? -1 : 1);
        flows += value - settled.fill.fee - settled.fill.tax;
      }

      const cost = [...ledger.positions.values()].reduce((sum, position) => sum + position.cost, 0);
      const fees = [...ledger.buyingFees.values()].reduce((sum, fee) => sum + fee, 0);
      assert.equal(orderableCash(ledger), start + flows);
      assert.equal(orderableCash(ledger) + cost + fees, start + ledger.realised);
      assert.ok(ledger.pending.every((settlement) => Temporal.PlainDate.compare(settlement.date, date) > 0));
      assert.ok(ledger.pending.length <= 2);
    }),
    { numRuns: 200 },
  );
});
