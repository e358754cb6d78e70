import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { listingOf } from '#markets/listings.ts';
import type { OrderUpdate, Strategy, StrategyContext } from '#strategy/strategy.ts';
import { hynix, quiet, type Row, run, samsung, seriesOf } from './fixtures/run-of-2011.ts';

type Script = (context: StrategyContext, date: number, instrument: InstrumentId) => void;

function scripted(instruments: readonly InstrumentId[], script: Script, heard: OrderUpdate[] = []): Strategy {
  return {
    name: 'scripted',
    instruments,
    interval: '1d',
    warmUpBars: 1,
    onBar: (context, instrument, bar, isWarmUp) => {
      if (!isWarmUp) script(context, bar.date, instrument);
    },
    onOrder: (_context, update) => heard.push(update),
  };
}

function order(side: 'buy' | 'sell', shares: number, price: number, instrument: InstrumentId = samsung) {
  return { instrument, side, quantity: quantity(shares), price: won(price), reason: 'because' } as const;
}

test('runBacktest() fills a decision of the close at the next open, with fee, and tax on the sale', () => {
  const strategy = scripted([samsung], (context, date) => {
    if (date === 20110110) context.submit(order('buy', 10, 20_400));
    if (date === 20110111) context.submit(order('sell', 10, 19_600));
  });

  const { trades, equity, metrics } = run(strategy, [seriesOf(samsung, quiet)]).result;

  // 200,000 won: fee 0.0140527 %, tax 0.15 % twice.
  assert.deepEqual(
    trades.map(({ side, date, price, fee, tax, profit }) => [side, date, price, fee, tax, profit]),
    [
      ['buy', 20110111, 20_000, 28, 0, 0],
      ['sell', 20110112, 20_000, 28, 600, -656],
    ],
  );
  assert.deepEqual(
    equity.map((day) => day.value),
    [10_000_000, 9_999_972, 9_999_344, 9_999_344],
  );
  assert.deepEqual([metrics.fees, metrics.tax, metrics.roundTrips], [56, 600, 1]);
});

test('runBacktest() fills at the limit when only the day reached it, and lets the order expire when it did not', () => {
  const rows: Row[] = [
    ...quiet.slice(0, 1),
    [20110111, 20_500, 20_600, 20_350, 20_500, 1_000_000],
    [20110112, 20_500, 20_600, 20_450, 20_500, 1_000_000],
  ];
  const strategy = scripted([samsung], (context, date) => {
    if (date < 20110112) context.submit(order('buy', 10, date === 20110110 ? 20_400 : 20_000));
  });

  const { trades, orders } = run(strategy, [seriesOf(samsung, rows)]).result;

  assert.deepEqual(
    trades.map(({ date, price }) => [date, price]),
    [[20110111, 20_400]],
  );
  assert.deepEqual(
    orders.map((one) => one.state),
    ['filled', 'expired'],
  );
});

test('runBacktest() fills at most a tenth of the volume and nothing on a halted day', () => {
  const rows: Row[] = [
    ...quiet.slice(0, 1),
    [20110111, 20_000, 20_000, 20_000, 20_000, 50],
    [20110112, 20_000, 20_000, 20_000, 20_000, 0],
    quiet[3]!,
  ];
  const strategy = scripted([samsung], (context, date) => {
    if (date < 20110112) context.submit(order('buy', 10, 20_000));
  });

  const { trades, orders } = run(strategy, [seriesOf(samsung, rows)]).result;

  assert.deepEqual(
    trades.map((trade) => trade.quantity),
    [5],
  );
  assert.deepEqual(
    orders.map((one) => one.state),
    ['expired', 'expired'],
  );
});

test('runBacktest() records what the guard refused, with both numbers, and tells the strategy', () => {
  const heard: OrderUpdate[] = [];
  const strategy = scripted(
    [samsung],
    (context, date) => {
      if (date !== 20110110) return;
      context.submit(order('buy', 60, 20_000));
      context.submit(order('buy', 1, 20_010));
      context.submit(order('sell', 1, 20_000));
      context.submit(order('buy', 1, 20_650));
    },
    heard,
  );

  const { orders, trades, metrics } = run(strategy, [seriesOf(samsung, quiet)]).result;

  assert.deepEqual(
    orders.map((one) => one.state),
    ['denied', 'denied', 'denied', 'denied'],
  );
  assert.deepEqual(orders[0]!.denials, [{ code: 'order-value', actual: 1_200_000, limit: 1_000_000 }]);
  assert.deepEqual(
    orders[1]!.denials.map((denial) => denial.code),
    ['tick-size'],
  );
  assert.deepEqual(
    orders[2]!.denials.map((denial) => denial.code),
    ['holding'],
  );
  assert.deepEqual(
    orders[3]!.denials.map((denial) => denial.code),
    ['price-collar'],
  );
  assert.deepEqual(heard.map(({ state, code }) => [state, code])[0], ['denied', 'order-value']);
  assert.deepEqual([trades.length, metrics.deniedOrders], [0, 4]);
});

test('runBacktest() meets the limits of orders per minute in a burst, and forgets them the next day', () => {
  const strategy = scripted([samsung], (context) => {
    for (let count = 0; count < 7; count += 1) context.submit(order('buy', count + 11, 19_500));
  });

  const { orders } = run(strategy, [seriesOf(samsung, quiet)]).result;

  const denied = orders.filter((one) => one.state === 'denied').map((one) => one.date);
  assert.deepEqual(denied, [20110110, 20110110, 20110111, 20110111, 20110112, 20110112, 20110113, 20110113]);
  assert.equal(orders[6]!.denials[0]!.code, 'orders-per-minute-strategy');
  assert.equal(orders.at(-3)!.state, 'acked', 'an order of the last close still rests');
});

test('runBacktest() shows the same bar of several instruments in the declared order and sells before it buys', () => {
  const shown: string[] = [];
  const strategy = scripted([hynix, samsung], (context, date, instrument) => {
    shown.push(`${date} ${instrument}`);
    if (date === 20110110 && instrument === samsung) context.submit(order('buy', 10, 20_000));
    if (date === 20110111 && instrument === hynix) context.submit(order('buy', 10, 20_000, hynix));
    if (date === 20110111 && instrument === samsung) context.submit(order('sell', 10, 20_000));
  });

  const { trades } = run(strategy, [seriesOf(samsung, quiet), seriesOf(hynix, quiet)]).result;

  assert.deepEqual(shown.slice(0, 2), [`20110110 ${hynix}`, `20110110 ${samsung}`]);
  assert.deepEqual(
    trades.map(({ side, symbol }) => [side, symbol]),
    [
      ['buy', '005930'],
      ['sell', '005930'],
      ['buy', '000660'],
    ],
  );
});

test('runBacktest() takes a cancelled order out of the next day', () => {
  const strategy = scripted([samsung], (context, date) => {
    if (date !== 20110110) return;
    const requestId = context.submit(order('buy', 10, 20_000));
    assert.equal(context.hasOpenOrder(samsung), true);
    assert.equal(context.cash, 9_800_000);
    context.cancel(requestId);
    assert.equal(context.cash, 10_000_000);
  });

  const { result, decisionLog } = run(strategy, [seriesOf(samsung, quiet)]);

  assert.deepEqual([result.trades.length, result.orders[0]!.state], [0, 'cancelled']);
  assert.match(decisionLog[1]!, /cancel buy$/);
});

test('runBacktest() refuses what cannot be run in one sentence', () => {
  const strategy = () => scripted([samsung], () => {});
  const series = [seriesOf(samsung, quiet)];

  assert.throws(() => run(strategy(), []), { code: 'backtest.no-bars' });
  assert.throws(() => run(strategy(), series, { from: 20120101, to: 20121231 }), { code: 'backtest.no-bars' });
  assert.throws(() => run(strategy(), series, { to: 20110101 }), { code: 'backtest.range' });
  assert.throws(() => run(strategy(), series, { initialCash: won(0) }), { code: 'backtest.cash' });
  assert.throws(() => run(strategy(), series, { instruments: [] }), { code: 'backtest.instrument' });
  const late = [seriesOf(samsung, [[20991230, 1, 1, 1, 1, 1]])];
  assert.throws(() => run(strategy(), late, { to: 20991231 }), { code: 'backtest.calendar' });
  const asFund = { ...strategy(), onBar: () => {} };
  const tooEarly = [seriesOf(samsung, [[20000104, 1, 1, 1, 1, 1]])];
  const fund = [{ ...listingOf('005930')!, kind: 'etf' as const }];
  assert.throws(() => run(asFund, tooEarly, { from: 20000101, instruments: fund }), {
    code: 'backtest.calendar',
    message: /counts as an ETF.*begin on 20021014.*--from 20021014.*--listing/,
  });
  const early = { ...strategy(), onBar: (context: StrategyContext) => void context.submit(order('buy', 1, 20_000)) };
  assert.throws(() => run(early, series, { from: 20110111 }), { code: 'backtest.order-in-warm-up' });
});

test('runBacktest() buys and holds as benchmark, fee paid, over the same days', () => {
  const { benchmark, equity } = run(
    scripted([samsung], () => {}),
    [seriesOf(samsung, quiet)],
  ).result;

  // 499 shares of 20,000 won and a fee of 1,402: one more would not be affordable with its fee.
  assert.deepEqual(benchmark[0], { date: 20110110, value: 10_000_000 - 1_402 });
  assert.deepEqual(
    benchmark.map((day) => day.date),
    equity.map((day) => day.date),
  );
});
