import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ordinaryFills } from '#backtest/desk/fill-model.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { backtestOf } from '../support/hand-made-backtest.ts';
import { BracketRun, type BracketTerms } from './hand-brackets.ts';
import { handSessions, handYears } from './hand-market.ts';
import { madeUp, prices, seriesOf, stocks } from './made-up-market.ts';

/** Thin trading, so that entries and exits fill in parts; a target above the largest order, so that exits leave in parts. */
const terms: BracketTerms = { budget: 995_000, stop: 60, target: 90, trail: 700, volumePart: 50 };

function bracketStrategy(symbols: readonly string[]): Strategy {
  return defineStrategy({
    name: 'audit',
    instruments: symbols,
    interval: '1d',
    warmUpBars: 0,
    onBar(context, { instrument, date, close, volume }) {
      if (volume === 0 || context.position(instrument) !== null || (date + close) % 3 !== 0) return;
      const shares = context.sharesFor(instrument, terms.budget);
      if (shares < 1) return;
      const exits = {
        stopPrice: won(Math.floor((close * (1_000 - terms.stop)) / 1_000)),
        targetPrice: won(Math.ceil((close * (1_000 + terms.target)) / 1_000)),
        trailingBps: terms.trail,
      };
      const price = context.limitPrice(instrument, 'buy', close, 200);
      context.submit({ instrument, side: 'buy', quantity: quantity(shares), price, reason: 'audit', exits });
    },
  });
}

for (const year of handYears) {
  test(`brackets of ${year} in the lots of the date, filled and sold in parts, are order for order what a hand run gives`, () => {
    const sessions = handSessions(year);
    const days = sessions.slice(0, -4);
    const symbols = stocks.map(([symbol, kind], place) =>
      madeUp(symbol, kind, { days, seed: year * 11 + place * 17, price: prices[(place + year) % prices.length]! }),
    );

    const { result } = backtestOf(bracketStrategy(symbols.map(({ symbol }) => symbol)), symbols.map(seriesOf), {
      from: days[0]!,
      to: days.at(-1)!,
      fills: { ...ordinaryFills, lots: 'market', volumeShareBps: 10_000 / terms.volumePart },
    });

    const hand = new BracketRun(symbols, sessions, terms);
    for (const [place, date] of days.entries()) hand.day(date, days[place - 1] ?? date);
    const orders = result.orders.map(({ symbol, side, date, price, quantity: shares, state, denials }) => {
      return [symbol, side, date, price, shares, state, denials.map(({ code }) => code).join()];
    });
    assert.deepEqual(orders, hand.orders);
    const trades = result.trades.map((one) => {
      return [one.symbol, one.side, one.date, one.price, one.quantity, one.fee, one.tax, one.profit];
    });
    assert.deepEqual(trades, hand.trades);
    const sales = result.orders.filter(({ side }) => side === 'sell');
    assert.ok(sales.length > 10 && sales.some(({ state }) => state === 'expired' || state === 'rejected'));
  });
}
