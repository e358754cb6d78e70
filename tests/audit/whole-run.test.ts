import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { presetById } from '#strategy/rules/presets/presets.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { backtestOf } from '../support/hand-made-backtest.ts';
import { handSessions, handYears } from './hand-market.ts';
import { HandRun } from './hand-run.ts';
import { madeUp, prices, seriesOf, stocks } from './made-up-market.ts';

for (const year of handYears) {
  test(`a back-test of ${year} over six made-up listings is, order for order and to the won, what a hand run gives`, () => {
    const sessions = handSessions(year);
    const days = sessions.slice(0, -4);
    const symbols = stocks.map(([symbol, kind], place) =>
      madeUp(symbol, kind, { days, seed: year * 7 + place * 131, price: prices[(place + year) % prices.length]! }),
    );
    const resolved = resolveProgram(presetById('sma_crossover')!.program, { fast: 2, slow: 5 });
    assert.ok(resolved.kind === 'rules');
    const instruments = symbols.map(({ symbol }) => instrumentId(symbol));

    const { result } = backtestOf(
      ruleStrategy({ name: 'audit', rules: resolved.rules, instruments, interval: '1d' }),
      symbols.map(seriesOf),
      { from: days[0]!, to: days.at(-1)! },
    );

    const hand = new HandRun(symbols, sessions, [2, 5]);
    for (const date of days) hand.day(date);
    const orders = result.orders.map(({ symbol, side, date, price, quantity, state, denials }) => {
      const codes = denials.map(({ code }) => code);
      return { symbol, side, date, price, quantity, state, codes };
    });
    assert.deepEqual(orders, hand.asked);
    const trades = result.trades.map((trade) => [
      trade.symbol,
      trade.side,
      trade.date,
      trade.price,
      trade.quantity,
      trade.fee,
      trade.tax,
      trade.profit,
    ]);
    assert.deepEqual(trades, hand.trades);
    assert.deepEqual(
      result.equity.map(({ date, value }) => [date, value]),
      hand.equity,
    );
    assert.ok(
      trades.length > 60 &&
        orders.some(({ state }) => state === 'denied') &&
        orders.some(({ state }) => state === 'expired'),
    );
  });
}
