import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderUpdate } from '#strategy/strategy.ts';
import {
  aDraft,
  buyFirst,
  daily,
  flat,
  run,
  sales,
  samsung,
  type Prices,
  type Script,
} from './fixtures/scripted-run.ts';

describe('runBacktest() with other orders than limits for the day', () => {
  test('runBacktest() sends a market order as a limit 2 % through the last price, and no further than the collar', () => {
    const { orders, trades } = run(daily(flat, [70_500, 71_000, 70_000, 70_800]), (context, _bar, count) => {
      if (count === 0) context.submit(aDraft('buy', { pricing: 'market' }));
    }).result;

    assert.deepEqual([orders[0]!.price, orders[0]!.terms], [71_400, '[market]']);
    assert.equal(trades[0]!.price, 70_500);
  });

  test('runBacktest() fills what wakes between two ticks at the tick that the market comes to next', () => {
    const woken = (pricing: 'stop' | 'target', price: number, day: Prices): unknown =>
      sales(
        run(daily(flat, flat, day), (context, bar, count) => {
          buyFirst(context, bar, count);
          const trigger = { kind: pricing, price: won(price) } as const;
          if (count === 1) context.submit(aDraft('sell', { pricing: 'market', trigger }));
        }),
      );
    const trailed = run(daily(flat, flat, [69_900, 70_300, 68_500, 69_500]), (context, bar, count) => {
      buyFirst(context, bar, count);
      const trigger = { kind: 'trailing', distanceBps: 123 } as const;
      if (count === 1) context.submit(aDraft('sell', { pricing: 'market', trigger }));
    });

    assert.deepEqual(woken('stop', 69_033, [69_900, 70_000, 68_500, 69_500]), [[20240104, 69_000]]);
    assert.deepEqual(woken('target', 70_533, [69_900, 71_000, 69_800, 70_900]), [[20240104, 70_600]]);
    // Bars that were adjusted lie between ticks themselves, and nothing trades outside of them.
    assert.deepEqual(woken('stop', 69_033, [69_911, 70_013, 69_017, 69_541]), [[20240104, 69_017]]);
    assert.equal(sales(trailed)[0]![1]! % 100, 0);
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

  test('runBacktest() lets five stops out of a day whose opening took all orders of a minute, also at the open itself', () => {
    const trigger = { kind: 'stop', price: won(69_900) } as const;
    const script: Script = (context, _bar, count) => {
      if (count === 0) context.submit(aDraft('buy', { quantity: quantity(60) }));
      if (count !== 1) return;
      for (const shares of [10, 11, 12, 13, 14].map(quantity)) {
        context.submit(aDraft('buy', { price: won(68_000), quantity: shares }));
        context.submit(aDraft('sell', { pricing: 'market', trigger, quantity: shares }));
      }
    };
    const endsOf = (open: number): unknown =>
      run(daily(flat, flat, [open, 70_000, 69_000, 69_500]), script)
        .result.orders.slice(1)
        .map(({ side, state, denials }) => [side, state, ...denials.map(({ code }) => code)]);
    const ends = Array.from({ length: 10 }, (_, place) => (place % 2 === 0 ? ['buy', 'expired'] : ['sell', 'filled']));

    assert.deepEqual([endsOf(70_000), endsOf(69_500)], [ends, ends]);
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

  test('runBacktest() ends an order good till a day without a session, and asks for nothing of it later', () => {
    const saturday = 20240106;
    const open: boolean[] = [];
    const script: Script = (context, bar, count) => {
      buyFirst(context, bar, count);
      const trigger = { kind: 'stop', price: won(69_000) } as const;
      if (count === 2) context.submit(aDraft('sell', { pricing: 'market', trigger, goodTill: saturday }));
      if (count > 2) open.push(context.hasOpenOrder(samsung));
    };
    const outcome = run(daily(flat, flat, flat, flat, [68_000, 68_000, 68_000, 68_000]), script);

    assert.deepEqual([sales(outcome), outcome.result.orders[1]?.state, open], [[], 'expired', [true, false]]);
  });

  test('runBacktest() asks for nothing more of an order good for longer that the strategy took back between two days', () => {
    let entry = '';
    const script: Script = (context, _bar, count) => {
      if (count === 0) entry = context.submit(aDraft('buy', { goodTill: 20240131, exits: { stopPrice: won(69_000) } }));
      if (count === 1) context.cancel(entry);
    };
    const outcome = run(
      daily(flat, [70_000, 70_000, 70_000, 70_000, 40], flat, [68_000, 68_000, 68_000, 68_000]),
      script,
    );

    assert.deepEqual(
      outcome.result.trades.map(({ side, quantity: shares }) => [side, shares]),
      [
        ['buy', 4],
        ['sell', 4],
      ],
      'what was bought keeps its stop',
    );
  });

  test('runBacktest() sells by a stop what the own sell of the strategy leaves, and the rest when that has ended', () => {
    const script: Script = (context, _bar, count) => {
      if (count === 0) context.submit(aDraft('buy', { exits: { stopPrice: won(69_000) } }));
      if (count === 1) context.submit(aDraft('sell', { quantity: quantity(4), price: won(71_000) }));
    };
    const outcome = run(daily(flat, flat, [68_000, 68_000, 68_000, 68_000], [67_000, 67_000, 67_000, 67_000]), script);

    assert.deepEqual(
      outcome.result.trades.map(({ side, date, quantity: shares }) => [side, date, shares]),
      [
        ['buy', 20240103, 10],
        ['sell', 20240104, 6],
        ['sell', 20240105, 4],
      ],
    );
    assert.ok(outcome.result.orders.every(({ denials }) => denials.length === 0));
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
