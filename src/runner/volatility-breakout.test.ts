import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft, StrategyContext, StrategyPosition } from '#strategy/strategy.ts';
import { strategy } from '../../examples/volatility-breakout/strategy.ts';

const instrument = instrumentId('069500');

test('the example of a code strategy buys a breakout and sells fifteen bars later', () => {
  const drafts: OrderDraft[] = [];
  let held: StrategyPosition | null = null;
  const context: StrategyContext = {
    nowMs: 0,
    cash: won(10_000_000),
    equity: won(10_000_000),
    orderValueMax: won(1_000_000),
    positionCount: 0,
    position: () => held,
    hasOpenOrder: () => false,
    limitPrice: (_instrument, side, lastPrice) => won(side === 'buy' ? lastPrice + 200 : lastPrice - 200),
    submit: (draft) => `request-${drafts.push(draft)}`,
    cancel: () => assert.fail('nothing to cancel'),
    log: () => undefined,
  };
  let minute = 0;
  const show = (close: number, isWarmUp = false): void => {
    const price = won(close);
    const prices = { open: price, high: won(close + 50), low: won(close - 50), close: price };
    minute += 1;
    strategy.onBar(
      context,
      instrument,
      { startsAtMs: minute * 60_000, date: 20_261_117, ...prices, volume: 1 },
      isWarmUp,
    );
  };

  for (let bar = 0; bar < strategy.warmUpBars; bar += 1) show(20_000, true);
  show(20_050);
  assert.equal(drafts.length, 0);
  show(20_200);
  // 300,000 / 20,400 buys 14 shares.
  assert.deepEqual([drafts[0]?.side, drafts[0]?.quantity, drafts[0]?.price], ['buy', 14, 20_400]);

  held = { quantity: quantity(14), averagePrice: 20_300 };
  for (let bar = 1; bar < 15; bar += 1) show(20_300);
  assert.equal(drafts.length, 1);
  show(20_300);

  assert.deepEqual([drafts[1]?.side, drafts[1]?.quantity], ['sell', 14]);
});

test('the example of a code strategy sells at once when the breakout fails', () => {
  const drafts: OrderDraft[] = [];
  const context: StrategyContext = {
    nowMs: 0,
    cash: won(0),
    equity: won(0),
    orderValueMax: won(1_000_000),
    positionCount: 1,
    position: () => ({ quantity: quantity(5), averagePrice: 20_000 }),
    hasOpenOrder: () => false,
    limitPrice: (_instrument, _side, lastPrice) => lastPrice,
    submit: (draft) => `request-${drafts.push(draft)}`,
    cancel: () => assert.fail('nothing to cancel'),
    log: () => undefined,
  };
  const price = won(19_800);
  const bar = { startsAtMs: 0, date: 20_261_117, open: price, high: price, low: price, close: price, volume: 1 };

  strategy.onBar(context, instrumentId('229200'), bar, false);

  assert.deepEqual([drafts[0]?.side, drafts[0]?.quantity], ['sell', 5]);
});
