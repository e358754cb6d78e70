import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { defineStrategy, type StrategyBar } from '#strategy/define-strategy.ts';
import type { StrategyContext } from '#strategy/strategy.ts';

/**
 * Volatility breakout after Larry Williams, cut down to minutes: buy when the price leaves the last half hour upward by a
 * part of that half hour's range, sell a quarter of an hour later or at once when the move fails.
 *
 * It runs in a process of its own that sees no file, no network and no other strategy; `context` is its whole world.
 */
const lookBackBars = 30;
/** Part of the range that the price must gain over the last close of the window. */
const k = 0.25;
const holdBars = 15;
/** Won that one entry may cost: small, because this is an example. */
const entryBudget = 300_000;
const stopLoss = 0.01;
/** Limit prices lie this far through the close, in hundredths of a percent, so that they trade at once. */
const distanceBps = 100;

/** The last bars of each instrument, oldest first, and how long we have held it. */
const windows = new Map<string, StrategyBar[]>();
const barsHeld = new Map<string, number>();

export const strategy = defineStrategy({
  name: 'volatility-breakout',
  instruments: ['069500', '105560'],
  interval: '1m',
  warmUpBars: lookBackBars,
  onBar(context, bar) {
    const window = windows.get(bar.instrument) ?? [];
    if (!bar.isWarmUp && !context.hasOpenOrder(bar.instrument)) decide(context, bar, window);
    windows.set(bar.instrument, [...window, bar].slice(-lookBackBars));
  },
});

function decide(context: StrategyContext, bar: StrategyBar, window: readonly StrategyBar[]): void {
  const held = context.position(bar.instrument);
  if (held === null) {
    barsHeld.set(bar.instrument, 0);
    enterOnBreakout(context, bar, window);
    return;
  }
  const bars = (barsHeld.get(bar.instrument) ?? 0) + 1;
  barsHeld.set(bar.instrument, bars);
  const hasFailed = bar.close <= held.averagePrice * (1 - stopLoss);
  if (!hasFailed && bars < holdBars) return;
  const price = context.limitPrice(bar.instrument, 'sell', bar.close, distanceBps);
  const reason = hasFailed ? '돌파가 실패해서 팔아요.' : `산 지 ${bars}봉이 지나서 팔아요.`;
  context.submit({ instrument: bar.instrument, side: 'sell', quantity: held.quantity, price, reason });
}

function enterOnBreakout(context: StrategyContext, bar: StrategyBar, window: readonly StrategyBar[]): void {
  const last = window.at(-1);
  if (last === undefined || window.length < lookBackBars) return;
  const high = Math.max(...window.map((one) => one.high));
  const low = Math.min(...window.map((one) => one.low));
  const trigger = Math.ceil(last.close + (high - low) * k);
  if (high === low || bar.close < trigger || bar.close <= high) return;
  const price = context.limitPrice(bar.instrument, 'buy', bar.close, distanceBps);
  const budget = Math.min(entryBudget, context.cash, context.orderValueMax);
  const shares = Math.floor(budget / price);
  if (shares === 0) return;
  const reason = `변동성 돌파: 종가 ${bar.close}원이 기준 ${won(trigger)}원을 넘었어요.`;
  context.submit({ instrument: bar.instrument, side: 'buy', quantity: quantity(shares), price, reason });
}
