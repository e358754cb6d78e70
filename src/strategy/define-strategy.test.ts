import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Bar } from '#domain/bar.ts';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { indicatorById } from '#indicators/catalogue.ts';
import { indicatorColumns } from '#indicators/indicator-columns.ts';
import { defineStrategy, type StrategyDefinition } from './define-strategy.ts';
import { indicator } from './indicator-use.ts';
import type { OrderDraft, Strategy, StrategyContext } from './strategy.ts';

const samsung = instrumentId('005930');
const hynix = instrumentId('000660');

interface Engine {
  readonly context: StrategyContext;
  readonly drafts: OrderDraft[];
  readonly held: Map<InstrumentId, number>;
  nowMs: number;
}

function anEngine({ cash = 10_000_000, equity = 10_000_000 } = {}): Engine {
  const drafts: OrderDraft[] = [];
  const held = new Map<InstrumentId, number>();
  const engine = { drafts, held, nowMs: 0 };
  const context: StrategyContext = {
    get nowMs() {
      return engine.nowMs;
    },
    cash: won(cash),
    equity: won(equity),
    orderValueMax: won(1_000_000),
    positionCount: 0,
    position: (id) => {
      const shares = held.get(id) ?? 0;
      return shares === 0 ? null : { quantity: quantity(shares), averagePrice: 10_000 };
    },
    hasOpenOrder: () => false,
    limitPrice: (_id, side, lastPrice) => won(side === 'buy' ? lastPrice * 1.02 : lastPrice * 0.98),
    submit: (draft) => `r${drafts.push(draft)}`,
    cancel: () => undefined,
    log: () => undefined,
  };
  return Object.assign(engine, { context });
}

function aBar(date: number, close: number, { time = '00:00', volume = 100 } = {}): Bar {
  const day = Temporal.PlainDate.from(String(date));
  const startsAtMs = seoulInstant(day, Temporal.PlainTime.from(time)).epochMilliseconds;
  const price = won(close);
  return { startsAtMs, date, open: price, high: price, low: price, close: price, volume };
}

function aStrategy(definition: Partial<StrategyDefinition>): Strategy {
  return defineStrategy({ name: 'own', instruments: ['005930'], interval: '1d', ...definition });
}

describe('defineStrategy()', () => {
  test('defineStrategy() gives indicators the values of the catalogue at this and earlier bars', () => {
    const closes = [10, 11, 12, 11, 13, 14, 12, 15, 16, 14].map((close) => close * 1_000);
    const rsi = indicator('rsi', { period: 3 });
    const seen: (readonly [number, number])[] = [];
    const strategy = aStrategy({
      indicators: [rsi],
      onBar: (context, { instrument }) => {
        seen.push([context.indicator(rsi, instrument), context.indicator(rsi, instrument, { barsAgo: 1 })]);
      },
    });

    for (const [index, close] of closes.entries()) {
      strategy.onBar(anEngine().context, samsung, aBar(20_240_102 + index, close), false);
    }

    const column = Float64Array.from(closes);
    const bars = { open: column, high: column, low: column, close: column, volume: column };
    const wanted = indicatorColumns(indicatorById('rsi')!, { period: 3 }, bars)['value']!;
    assert.deepEqual(
      seen,
      [...wanted].map((value, index) => [value, wanted[index - 1] ?? NaN]),
    );
    assert.equal(strategy.warmUpBars, 5);
  });

  test('defineStrategy() leaves bars without volume out of what can be looked back at', () => {
    let closes: number[] = [];
    const strategy = aStrategy({
      onBar: (context, { instrument }) => {
        closes = context.bars(instrument, 5).map((bar) => bar.close);
      },
    });

    for (const [index, volume] of [1, 0, 1].entries()) {
      strategy.onBar(anEngine().context, samsung, aBar(20_240_102 + index, 10_000 + index, { volume }), false);
    }

    assert.deepEqual(closes, [10_000, 10_002]);
  });

  test('defineStrategy() closes a day once, when it is told to', () => {
    const days: number[] = [];
    const strategy = aStrategy({
      instruments: ['005930', '000660'],
      onClose: (_context, date) => days.push(date),
    });
    const { context } = anEngine();

    strategy.onBar(context, samsung, aBar(20_240_102, 1_000), true);
    strategy.onClose?.(context, 20_240_102);
    strategy.onBar(context, samsung, aBar(20_240_103, 1_000), false);
    strategy.onBar(context, hynix, aBar(20_240_103, 1_000), false);
    assert.deepEqual(days, []);
    strategy.onClose?.(context, 20_240_103);
    strategy.onClose?.(context, 20_240_103);
    strategy.onBar(context, samsung, aBar(20_240_104, 1_000), false);

    assert.deepEqual(days, [20_240_103]);
  });

  test('defineStrategy() closes a day of minutes before the first bar of the next', () => {
    const order: string[] = [];
    const strategy = aStrategy({
      interval: '1m',
      onBar: (_context, bar) => order.push(`bar ${bar.date}`),
      onClose: (_context, date) => order.push(`close ${date}`),
    });

    for (const date of [20_240_102, 20_240_103]) {
      strategy.onBar(anEngine().context, samsung, aBar(date, 1_000, { time: '15:19' }), false);
    }

    assert.deepEqual(order, ['bar 20240102', 'close 20240102', 'bar 20240103']);
  });

  test('defineStrategy() fires a daily timer before the first bar at or after its time, once a day, not in warm-up', () => {
    const order: string[] = [];
    const strategy = aStrategy({
      interval: '1m',
      timers: { noon: { kind: 'daily', at: '12:00' } },
      onBar: (_context, bar) => order.push(new Date(bar.startsAtMs + 32_400_000).toISOString().slice(8, 16)),
      onTimer: (_context, name) => order.push(name),
    });
    const { context } = anEngine();
    const show = (date: number, time: string, isWarmUp = false): void =>
      strategy.onBar(context, samsung, aBar(date, 1_000, { time }), isWarmUp);

    show(20_240_102, '12:30', true);
    show(20_240_103, '11:59');
    show(20_240_103, '12:03');
    show(20_240_103, '12:04');
    show(20_240_104, '13:00');

    assert.deepEqual(order, ['02T12:30', '03T11:59', 'noon', '03T12:03', '03T12:04', 'noon', '04T13:00']);
  });

  test('defineStrategy() knows the first and the last session of a month by the days around them', () => {
    const fired: string[] = [];
    const strategy = aStrategy({
      timers: { first: { kind: 'month-first' }, last: { kind: 'month-last' } },
      onTimer: (context, name) => fired.push(`${name} ${context.date}`),
    });
    const engine = anEngine();
    // 2024-05-01 is a holiday: 30 April is followed by 2 May.
    const days = [20_240_329, 20_240_401, 20_240_402, 20_240_430, 20_240_502, 20_240_503];

    for (const [index, day] of days.entries()) {
      const next = Temporal.PlainDate.from(String(days[index + 1] ?? 20_240_507));
      engine.nowMs = seoulInstant(next, Temporal.PlainTime.from('09:00')).epochMilliseconds;
      strategy.onBar(engine.context, samsung, aBar(day, 1_000), index === 0);
      strategy.onClose?.(engine.context, day);
    }

    assert.deepEqual(fired, ['first 20240401', 'last 20240430', 'first 20240502']);
  });

  test('defineStrategy() refuses a callback that returns a promise, whose failure nobody would see', async () => {
    const onBar: () => unknown = () => Promise.reject(new Error('no network here'));
    const strategy = defineStrategy({ name: 'later', instruments: ['005930'], interval: '1d', onBar });

    assert.throws(
      () => strategy.onBar(anEngine().context, samsung, aBar(20_240_102, 100), false),
      /onBar returned a promise/,
    );
    await new Promise((resolve) => setImmediate(resolve));
  });

  test('defineStrategy() refuses a timer that its bars cannot drive', () => {
    const noon = { noon: { kind: 'daily', at: '12:00' } } as const;
    assert.throws(() => aStrategy({ timers: noon }), /wanted bars of 1m/);
    assert.throws(() => aStrategy({ interval: '1m', timers: { never: { kind: 'daily', at: '25:00' } } }), /HH:MM/);
    assert.throws(() => aStrategy({ interval: '1m', timers: { last: { kind: 'month-last' } } }), /1d/);
  });

  test('defineStrategy() tells which orders may still fill', () => {
    const open: string[][] = [];
    const note = (context: { openOrders(): readonly { readonly requestId: string }[] }): void => {
      open.push(context.openOrders().map((order) => order.requestId));
    };
    const strategy = aStrategy({
      onBar: (context, bar) => {
        context.buy(bar.instrument, 1, 'why');
        note(context);
      },
      onOrder: note,
    });
    const engine = anEngine();
    const news = { requestId: 'r1', instrument: samsung, side: 'buy', filled: quantity(1), code: null } as const;

    strategy.onBar(engine.context, samsung, aBar(20_240_102, 10_000), false);
    strategy.onOrder?.(engine.context, { ...news, state: 'partially-filled' });
    strategy.onOrder?.(engine.context, { ...news, state: 'filled' });

    assert.deepEqual(open, [['r1'], ['r1'], []]);
  });
});

describe('AuthorContext', () => {
  /** Runs `act` at a close of 10,000 won and returns what was ordered: side, shares, limit. */
  function ordered(act: Parameters<typeof closing>[0], engine = anEngine()): (readonly [string, number, number])[] {
    closing(act, engine);
    return engine.drafts.map(({ side, quantity: shares, price }) => [side, shares, price]);
  }

  function closing(act: NonNullable<StrategyDefinition['onClose']>, engine: Engine): void {
    const strategy = aStrategy({ onClose: act });
    strategy.onBar(engine.context, samsung, aBar(20_240_102, 10_000), false);
    strategy.onClose?.(engine.context, 20_240_102);
  }

  test('sharesFor() is bounded by the amount, the cash less fees, and the largest order', () => {
    const shares: number[] = [];
    closing(
      (context) => shares.push(context.sharesFor(samsung, 500_000), context.sharesFor(samsung, 9_000_000)),
      anEngine(),
    );
    closing((context) => shares.push(context.sharesFor(samsung, 500_000)), anEngine({ cash: 204_100 }));
    closing((context) => shares.push(context.sharesFor(samsung, NaN), context.sharesFor(samsung, -1)), anEngine());

    // At 10,200: 500,000 buys 49; 1,000,000 buys 98; 204,100 less a thousandth buys 19.
    assert.deepEqual(shares, [49, 98, 19, 0, 0]);
  });

  test('buy() and sell() cut to the largest order and to what is held', () => {
    const engine = anEngine();
    engine.held.set(samsung, 7);

    const orders = ordered((context) => {
      context.buy(samsung, 5_000, 'why');
      context.sell(samsung, 5_000, 'why');
      assert.equal(context.buy(samsung, 0, 'why'), null);
      assert.equal(context.buy(samsung, NaN, 'why'), null);
    }, engine);

    assert.deepEqual(orders, [
      ['buy', 98, 10_200],
      ['sell', 7, 9_800],
    ]);
  });

  test('targetWeight() orders the difference, nothing inside the band, and everything at 0', () => {
    const engine = anEngine();
    const weigh = (weight: number, bandBps = 0): ReturnType<typeof ordered> => {
      engine.drafts.length = 0;
      return ordered((context) => void context.targetWeight(samsung, weight, { reason: 'why', bandBps }), engine);
    };

    assert.deepEqual(weigh(0.05), [['buy', 49, 10_200]]);
    engine.held.set(samsung, 60);
    assert.deepEqual(weigh(0.05), [['sell', 10, 9_800]]);
    assert.deepEqual(weigh(0.05, 100), []);
    assert.deepEqual(weigh(0), [['sell', 60, 9_800]]);
    assert.throws(() => weigh(1.5), /Not a weight/);
  });

  test('indicator() refuses what was not declared, at compile time for names and at run time for uses', () => {
    const [rsi, macd] = [indicator('rsi'), indicator('macd')];
    const strategy = aStrategy({
      indicators: [macd],
      onBar: (context, bar) => {
        assert.throws(() => context.indicator(rsi, bar.instrument), /list of indicators/);
        assert.throws(() => context.indicator(macd, hynix), /list of instruments/);
        assert.throws(() => context.indicator(macd, samsung, { barsAgo: 500 }), /0 to 499/);
        // @ts-expect-error macd has no output of this name
        assert.throws(() => context.indicator(macd, samsung, { output: 'upper' }), /no output "upper"/);
        assert.ok(Number.isNaN(context.indicator(macd, samsung, { output: 'signal' })));
      },
    });

    strategy.onBar(anEngine().context, samsung, aBar(20_240_102, 10_000), false);

    assert.throws(() => indicator('rsi', { period: 1 }), /period is 1, wanted a whole number from 2 to 100/);
    // @ts-expect-error rsi has no such parameter
    assert.throws(() => indicator('rsi', { length: 14 }), /one of period/);
  });
});
