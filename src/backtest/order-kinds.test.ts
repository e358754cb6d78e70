import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { standard } from '#guard/limits.ts';
import type { OrderUpdate } from '#strategy/strategy.ts';
import {
  aDraft,
  daily,
  days,
  flat,
  minutes,
  run,
  samsung,
  seriesOf,
  type Prices,
  type Script,
} from './fixtures/scripted-run.ts';

/** Buys ten shares at the first close, which trade at the second bar's open of 70,000. */
const buyFirst: Script = (context, _bar, count) => {
  if (count === 0) context.submit(aDraft('buy'));
};

function sales(outcome: ReturnType<typeof run>) {
  return outcome.result.trades.filter((trade) => trade.side === 'sell').map(({ date, price }) => [date, price]);
}

describe('runBacktest() with other orders than limits for the day', () => {
  test('runBacktest() sends a market order as a limit 2 % through the last price, and no further than the collar', () => {
    const { orders, trades } = run(daily(flat, [70_500, 71_000, 70_000, 70_800]), (context, _bar, count) => {
      if (count === 0) context.submit(aDraft('buy', { pricing: 'market' }));
    }).result;

    assert.deepEqual([orders[0]!.price, orders[0]!.terms], [71_400, '[market]']);
    assert.equal(trades[0]!.price, 70_500);
  });

  test('runBacktest() fills a stop at its price inside a day, and at the open when the day opens through it', () => {
    const sellStop: Script = (context, bar, count) => {
      buyFirst(context, bar, count);
      const trigger = { kind: 'stop', price: won(69_000) } as const;
      if (count === 1) context.submit(aDraft('sell', { pricing: 'market', trigger, goodTill: 20240131 }));
    };
    const inside = run(daily(flat, flat, [69_900, 70_000, 68_500, 69_500]), sellStop);
    const through = run(daily(flat, flat, [68_000, 69_500, 67_500, 69_000]), sellStop);
    const never = run(daily(flat, flat, [69_900, 70_000, 69_100, 69_500], flat), sellStop);

    assert.deepEqual(sales(inside), [[20240104, 69_000]]);
    assert.deepEqual(sales(through), [[20240104, 68_000]]);
    assert.deepEqual([sales(never), never.result.orders[1]!.state], [[], 'intent']);
  });

  test('runBacktest() gives a stop-limit its limit, which the market may run away from', () => {
    const script: Script = (context, bar, count) => {
      buyFirst(context, bar, count);
      const trigger = { kind: 'stop', price: won(69_000) } as const;
      if (count === 1) context.submit(aDraft('sell', { price: won(68_900), trigger }));
    };
    const met = run(daily(flat, flat, [69_900, 70_000, 68_500, 69_500]), script);
    const gone = run(daily(flat, flat, [68_000, 68_500, 67_500, 68_000]), script);

    assert.deepEqual(sales(met), [[20240104, 69_000]]);
    assert.deepEqual([sales(gone), gone.result.orders[1]!.state], [[], 'expired']);
  });

  test('runBacktest() logs that the exits of an entry that is over were withdrawn, once, as paper and live do', () => {
    const ids: string[] = [];
    const script: Script = (context, _bar, count) => {
      const exits = { stopPrice: won(68_000) };
      if (count === 0) ids.push(context.submit({ ...aDraft('buy', { price: won(70_000) }), exits }));
      else if (count > 1) context.cancel(ids[0] ?? '');
    };
    const { result, decisionLog } = run(daily(flat, flat, flat, flat, [70_000, 70_000, 60_000, 61_000]), script);

    assert.deepEqual(
      decisionLog.map((line) => line.split(' ').slice(0, 3).join(' ')).filter((line) => line.endsWith('cancel')),
      ['2024-01-03T15:00:00Z 005930 cancel'],
    );
    assert.equal(result.trades.length, 1, 'nothing stops the shares out any more');
  });

  test('runBacktest() shows minutes of the evening, trades nothing in them, and counts limits from the close before them', () => {
    const at = (day: number, minute: number, prices: Prices) => [days[day] ?? 0, minute, prices] as const;
    const [open, close, evening] = [9 * 60, 15 * 60 + 30, 18 * 60];
    const shown: number[] = [];
    const bases: (number | null)[] = [];
    const script: Script = (context, bar, count) => {
      shown.push(bar.close);
      if (count === 0) context.submit(aDraft('buy', { price: won(69_000) }));
      if (count === 1)
        context.submit(aDraft('buy', { price: won(70_000), trigger: { kind: 'stop', price: won(71_000) } }));
      bases.push(context.limitPrice(samsung, 'buy', won(90_000), 4_000));
    };
    const { result } = run(
      seriesOf('1m', [
        at(0, close, flat),
        at(1, open, flat),
        at(1, close, [70_000, 70_000, 69_500, 70_000]),
        at(1, evening, [68_000, 90_000, 60_000, 80_000]),
        at(2, open, [80_000, 80_000, 80_000, 80_000]),
      ]),
      script,
    );

    assert.deepEqual(shown, [70_000, 70_000, 70_000, 80_000, 80_000]);
    assert.deepEqual(result.trades, []);
    // 30 % above 70,000, not above the 80,000 of the evening.
    assert.equal(bases.at(-1), 91_000);
  });

  test('runBacktest() takes the stop of a bracket when one day reaches both, and says how often that was', () => {
    const bracket: Script = (context, _bar, count) => {
      const exits = { stopPrice: won(68_000), targetPrice: won(72_000) };
      if (count === 0) context.submit(aDraft('buy', { exits }));
    };
    const both = run(daily(flat, flat, [70_000, 73_000, 67_500, 70_000]), bracket);
    const target = run(daily(flat, flat, [70_000, 73_000, 69_000, 70_000]), bracket);

    assert.deepEqual([sales(both), both.result.bothInOneBar], [[[20240104, 68_000]], 1]);
    assert.deepEqual([sales(target), target.result.bothInOneBar], [[[20240104, 72_000]], undefined]);
    assert.match(both.decisionLog[0]!, /submit buy 10 @ 70000 \[exit-stop 68000 exit-target 72000\] because$/);
  });

  test('runBacktest() lets the exits of an entry work in its own bar, with only what must have come after the fill', () => {
    const exits = { stopPrice: won(68_000), targetPrice: won(72_000) };
    const enter: Script = (context, _bar, count) => {
      if (count === 0) context.submit(aDraft('buy', { exits, price: won(69_500) }));
    };
    // It fell to the entry from above: the high may have been before, the low below the entry was after.
    const fellThrough = run(daily(flat, [71_000, 72_500, 67_900, 69_000]), enter);
    const highBefore = run(daily(flat, [71_000, 72_500, 69_400, 69_800], flat), enter);
    const atOpen = run(daily(flat, [69_300, 72_500, 69_100, 72_000]), enter);

    assert.deepEqual(sales(fellThrough), [[20240103, 68_000]]);
    assert.deepEqual(sales(highBefore), []);
    assert.deepEqual(sales(atOpen), [[20240103, 72_000]]);
  });

  test('runBacktest() trades for an auction at its print or not at all', () => {
    const script: Script = (context, _bar, count) => {
      if (count === 0) context.submit(aDraft('buy', { pricing: 'market-on-open' }));
      if (count === 1) context.submit(aDraft('sell', { pricing: 'market-on-close' }));
      if (count === 2) context.submit(aDraft('buy', { pricing: 'market-on-open' }));
    };
    const { trades, orders } = run(
      daily(flat, [70_300, 71_000, 69_000, 70_000], [70_000, 70_900, 69_500, 70_400], [73_000, 73_500, 70_000, 73_000]),
      script,
    ).result;

    assert.deepEqual(
      trades.map(({ date, side, price }) => [date, side, price]),
      [
        [20240103, 'buy', 70_300],
        [20240104, 'sell', 70_400],
      ],
    );
    assert.equal(orders[2]!.state, 'expired', 'the opening print was above what 2 % allow');
  });

  test('runBacktest() asks anew each day for what is left of an order good till a day', () => {
    const script: Script = (context, _bar, count) => {
      if (count === 0) context.submit(aDraft('buy', { goodTill: 20240105 }));
    };
    const thin: Prices = [70_000, 70_000, 70_000, 70_000, 40];
    const { trades, orders } = run(daily(flat, thin, thin, thin, thin), script).result;

    assert.deepEqual(
      trades.map(({ date, quantity: shares }) => [date, shares]),
      [
        [20240103, 4],
        [20240104, 4],
        [20240105, 2],
      ],
    );
    assert.deepEqual(
      orders.map(({ quantity: shares, state }) => [shares, state]),
      [
        [10, 'expired'],
        [6, 'expired'],
        [2, 'filled'],
      ],
    );
  });

  test('runBacktest() asks the guard when a stop wakes, not when it is placed', () => {
    const heard: OrderUpdate[] = [];
    const script: Script = (context, _bar, count) => {
      const trigger = { kind: 'stop', price: won(69_000) } as const;
      if (count === 0) context.submit(aDraft('sell', { pricing: 'market', trigger }));
      if (count === 0) assert.equal(context.hasOpenOrder(samsung), true);
    };
    const { orders } = run(daily(flat, [69_500, 69_500, 68_900, 69_000]), script, {}, heard).result;

    assert.deepEqual(orders[0]!.denials, [{ code: 'holding', actual: 10, limit: 0 }]);
    assert.deepEqual(
      heard.map((update) => update.state),
      ['intent', 'denied'],
    );
  });

  test('runBacktest() takes back an order that still waits', () => {
    const script: Script = (context, _bar, count) => {
      const trigger = { kind: 'stop', price: won(69_000) } as const;
      if (count === 0) context.cancel(context.submit(aDraft('buy', { trigger })));
    };
    const { decisionLog, result } = run(daily(flat, [69_500, 69_500, 68_900, 69_000]), script);

    assert.deepEqual([result.orders[0]!.state, result.trades.length], ['cancelled', 0]);
    assert.match(decisionLog[1]!, /cancel buy$/);
  });
});

describe('runBacktest() over minutes', () => {
  test('runBacktest() lets an order rest through the minutes of its day and expire with it', () => {
    const script: Script = (context, _bar, count) => {
      if (count === 2) context.submit(aDraft('buy', { price: won(69_500) }));
      if (count === 4) context.submit(aDraft('buy', { price: won(68_500) }));
    };
    const quiet: Prices = [70_000, 70_100, 69_900, 70_000];
    const { trades, orders, equity } = run(
      minutes([quiet, quiet], [quiet, quiet, quiet, [69_900, 69_900, 69_400, 69_600], quiet], [quiet]),
      script,
    ).result;

    assert.deepEqual(
      trades.map(({ date, price }) => [date, price]),
      [[20240103, 69_500]],
    );
    assert.deepEqual(
      orders.map((order) => order.state),
      ['filled', 'expired'],
    );
    assert.deepEqual(
      equity.map((day) => day.date),
      [20240102, 20240103, 20240104],
    );
  });

  test('runBacktest() holds the benchmark over days of minutes, valued at each day’s last one', () => {
    const rise = (from: number): Prices[] => [
      [from, from, from, from],
      [from, from + 1_000, from, from + 1_000],
    ];
    const { benchmark } = run(minutes(rise(70_000), rise(71_000), rise(72_000)), () => {}).result;

    // 714 shares at 70,000 won, and 20,000 won left.
    assert.deepEqual(
      benchmark.map((day) => day.value - 50_000_000),
      [714_000, 1_428_000, 2_142_000],
    );
  });

  test('runBacktest() lets no order pass before it knows a day’s base price', () => {
    const script: Script = (context, _bar, count) => {
      if (count === 0) context.submit(aDraft('buy'));
    };
    const { orders } = run(minutes([], [flat, flat]), script).result;
    const known = run(minutes([], [flat, flat]), script, { basePrice: () => won(70_000) }).result;

    assert.ok(orders[0]!.denials.some((denial) => denial.code === 'input-missing'));
    assert.equal(known.orders[0]!.state, 'filled');
  });

  test('runBacktest() stops a day of minutes at its loss, counted from its own start', () => {
    const script: Script = (context, _bar, count) => {
      if (count === 1) context.submit(aDraft('buy', { quantity: quantity(60) }));
      if (count === 3) context.submit(aDraft('buy', { price: won(58_000) }));
      if (count === 5) context.submit(aDraft('buy', { price: won(58_000), quantity: quantity(9) }));
    };
    const fallen: Prices = [58_000, 58_000, 58_000, 58_000];
    const { orders } = run(minutes([flat], [flat, flat, fallen, fallen], [fallen, fallen]), script, {
      limits: { ...standard, dailyLossMax: won(500_000) },
    }).result;

    assert.ok(orders[1]!.denials.some(({ code, actual }) => code === 'daily-loss' && actual === 720_000));
    assert.equal(
      orders[2]!.denials.some(({ code }) => code === 'daily-loss'),
      false,
    );
  });

  test('runBacktest() denies an order of the last minute: the session is over when it could trade', () => {
    const rows = [539, 919, 929, 930].map((minute) => [minute === 539 ? days[0]! : days[1]!, minute, flat] as const);
    const { orders } = run(seriesOf('1m', rows), (context, _bar, count) => {
      if (count > 0) context.submit(aDraft(count === 1 ? 'buy' : 'sell', { quantity: quantity(count) }));
    }).result;

    assert.deepEqual(orders[0]!.denials, []);
    assert.ok(orders.at(-1)!.denials.some(({ code }) => code === 'session'));
  });

  test('runBacktest() fills nothing in a minute beyond the price that interrupts the market', () => {
    const jump: Prices = [70_000, 78_000, 70_000, 76_900];
    const after: Prices = [78_000, 78_500, 77_500, 78_000];
    const script: Script = (context, bar, count) => {
      if (count === 1) context.submit(aDraft('buy'));
      const trigger = { kind: 'target', price: won(77_500) } as const;
      if (count === 2) context.submit(aDraft('sell', { pricing: 'market', trigger }));
      void bar;
    };
    const series = minutes([flat], [flat, flat, jump, after]);
    const without = run(series, script);
    const within = run(series, script, { fills: { volatilityInterruptions: true } });

    assert.deepEqual(sales(without), [[20240103, 77_500]]);
    assert.deepEqual(sales(within), [[20240103, 78_000]]);
  });
});

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

  test('runBacktest() keeps to the lots of 2013 when told to', () => {
    const rows = [20130102, 20130103, 20130104].map(
      (date) => [date, 0, [20_000, 20_000, 20_000, 20_000, 150]] as const,
    );
    const script: Script = (context, _bar, count) => {
      const price = won(20_000);
      if (count === 0) context.submit(aDraft('buy', { price, quantity: quantity(20) }));
      if (count === 1) context.submit(aDraft('buy', { price, quantity: quantity(15) }));
    };
    const { trades, orders } = run(seriesOf('1d', rows), script, { from: 20130102, fills: { lots: 'market' } }).result;

    assert.deepEqual(
      trades.map((trade) => trade.quantity),
      [10],
      'a tenth of 150 is one lot',
    );
    assert.equal(orders[1]!.state, 'rejected');
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
    const { equity, orders } = run(daily(flat, flat, split, split), script, { splits }).result;

    assert.deepEqual(
      equity.map((day) => day.value),
      [50_000_000, 50_000_000, 50_000_000, 50_000_000],
    );
    assert.equal(orders[1]!.state, 'expired');
  });
});
