import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { standard } from '#guard/limits.ts';
import {
  aDraft,
  days,
  flat,
  minutes,
  run,
  sales,
  samsung,
  seriesOf,
  type Prices,
  type Script,
} from './fixtures/scripted-run.ts';

describe('runBacktest() over minutes', () => {
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
