import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import {
  aDraft,
  buyFirst,
  daily,
  flat,
  run,
  samsung,
  seriesOf,
  type Prices,
  type Script,
} from '../fixtures/scripted-run.ts';

describe('runBacktest() believes of a bar what its fill model says', () => {
  const marketBuy: Script = (context, _bar, count) => {
    if (count === 0) context.submit(aDraft('buy', { pricing: 'market' }));
  };
  const next: Prices = [70_000, 70_600, 69_500, 70_200];

  for (const [name, slippage, price] of [
    ['nothing', { kind: 'none' }, 70_000],
    ['two ticks', { kind: 'ticks', ticks: 2 }, 70_200],
    ['a share in basis points', { kind: 'bps', bps: 20 }, 70_200],
    ['half a spread', { kind: 'spread', spreadBps: 40, shareBps: 5_000 }, 70_200],
    // The square root of 10 ÷ 1,000,000 of 1,000 basis points is 3.2 of them: 22 won, one tick of 100.
    ['impact', { kind: 'impact', bps: 1_000 }, 70_100],
    ['never more than the bar', { kind: 'ticks', ticks: 50 }, 70_600],
  ] as const) {
    test(`runBacktest() slips by ${name} and tells it apart from fee and tax`, () => {
      const [trade] = run(daily(flat, next), marketBuy, { fills: { slippage } }).result.trades;

      assert.equal(trade!.price, price);
      assert.equal(trade!.slippage, slippage.kind === 'none' ? undefined : (price - 70_000) * 10);
    });
  }

  test('runBacktest() lets all orders of a bar together take its share of the volume', () => {
    const script: Script = (context, _bar, count) => {
      if (count === 0) context.submit(aDraft('buy'));
      if (count === 0) context.submit(aDraft('buy', { quantity: quantity(9) }));
    };
    const series = daily(flat, [70_000, 70_000, 70_000, 70_000, 120]);

    const shares = (volumeShareBps: number) =>
      run(series, script, { fills: { volumeShareBps } }).result.trades.map((trade) => trade.quantity);

    assert.deepEqual(shares(1_000), [10, 2]);
    assert.deepEqual(shares(500), [6]);
  });

  for (const [date, before, locked] of [
    ['under 15 %, before 2015-06-15', 20150611, 80_500],
    ['under 30 %, from 2015-06-15', 20150616, 91_000],
  ] as const) {
    test(`runBacktest() fills no buy in a market locked at its upper limit ${date}`, () => {
      const nextDay = before === 20150611 ? 20150612 : 20150617;
      const rows = [
        [before, 0, flat],
        [nextDay, 0, [locked, locked, locked, locked]],
      ] as const;
      const script: Script = (context, _bar, count) => {
        const trigger = { kind: 'stop', price: won(71_000) } as const;
        if (count === 0) context.submit(aDraft('buy', { pricing: 'market', trigger }));
      };
      const options = { from: before, to: nextDay };

      assert.deepEqual(run(seriesOf('1d', rows), script, options).result.trades, []);
      const believed = run(seriesOf('1d', rows), script, { ...options, fills: { limitLock: false } }).result;
      assert.equal(believed.trades[0]!.price, locked);
    });
  }

  test('runBacktest() keeps to the lots of 2013 when told to: it asks for whole ones, and less than one is refused', () => {
    const rows = [20130102, 20130103, 20130104].map(
      (date) => [date, 0, [20_000, 20_000, 20_000, 20_000, 150]] as const,
    );
    const script: Script = (context, _bar, count) => {
      const price = won(20_000);
      if (count === 0) context.submit(aDraft('buy', { price, quantity: quantity(20) }));
      if (count === 1)
        for (const shares of [19, 9]) context.submit(aDraft('buy', { price, quantity: quantity(shares) }));
    };
    const { trades, orders } = run(seriesOf('1d', rows), script, { from: 20130102, fills: { lots: 'market' } }).result;

    assert.deepEqual(
      trades.map((trade) => trade.quantity),
      [10, 10],
      'a tenth of 150 is one lot',
    );
    assert.deepEqual(
      orders.map((order) => [order.quantity, order.state]),
      [
        [20, 'expired'],
        [10, 'filled'],
        [9, 'rejected'],
      ],
    );
  });

  test('runBacktest() pays a dividend, taxed 15.4 %, to whoever held before the ex-day', () => {
    const dividends = [
      { instrument: samsung, exDate: 20240104, payDate: 20240108, perShare: won(361) },
      { instrument: samsung, exDate: 20240103, payDate: 20240108, perShare: won(999) },
    ];
    const { equity, dividends: paid } = run(daily(flat, flat, flat, flat, flat), buyFirst, { dividends }).result;

    // 10 × 361 = 3,610: 505 of income tax and 50 of local tax.
    assert.deepEqual(
      paid!.map(({ quantity: shares, gross, tax }) => [shares, gross, tax]),
      [[10, 3_610, 555]],
    );
    assert.deepEqual(
      equity.map((day) => day.value - 50_000_000),
      [0, 0, 0, 0, 3_055],
    );
  });

  test('runBacktest() splits shares and price, pays the fraction, and ends orders at the old price', () => {
    const split: Prices = [1_400, 1_400, 1_400, 1_400];
    const script: Script = (context, bar, count) => {
      buyFirst(context, bar, count);
      const trigger = { kind: 'stop', price: won(69_000) } as const;
      if (count === 1) context.submit(aDraft('sell', { pricing: 'market', trigger, goodTill: 20240131 }));
      if (count === 2) assert.equal(context.position(samsung)?.quantity, 500);
    };
    const splits = [{ instrument: samsung, date: 20240104, from: 1, to: 50 }];
    const { equity, orders, benchmark } = run(daily(flat, flat, split, split), script, { splits }).result;

    assert.deepEqual(
      equity.map((day) => day.value),
      [50_000_000, 50_000_000, 50_000_000, 50_000_000],
    );
    assert.equal(orders[1]!.state, 'expired');
    assert.equal(benchmark.at(-1)!.value, benchmark[0]!.value, 'holding loses nothing by a split');
  });

  test('runBacktest() ends with a split what is left of an order good for longer, too', () => {
    const thin: Prices = [70_000, 70_000, 70_000, 70_000, 40];
    const split: Prices = [14_000, 14_000, 14_000, 14_000];
    const splits = [{ instrument: samsung, date: 20240104, from: 1, to: 5 }];
    const { orders } = run(
      daily(flat, thin, split, split),
      (context, _bar, count) => {
        if (count === 0) context.submit(aDraft('buy', { goodTill: 20240131 }));
      },
      { splits },
    ).result;

    assert.deepEqual(
      orders.map(({ quantity: shares, state }) => [shares, state]),
      [[10, 'expired']],
    );
  });

  test('runBacktest() pays the dividends of holding too, but none of the day of its purchase', () => {
    const dividend = { instrument: samsung, payDate: 20240105, perShare: won(1_000) };
    const dividends = [
      { ...dividend, exDate: 20240102 },
      { ...dividend, exDate: 20240104 },
    ];
    const { benchmark } = run(daily(flat, flat, flat, flat), () => {}, { dividends }).result;

    // 714 shares: 714,000 won, 99,960 of income tax and 9,996 of local tax.
    assert.equal(benchmark.at(-1)!.value - benchmark[0]!.value, 604_044);
  });
});
