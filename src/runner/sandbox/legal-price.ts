import type { OrderSide } from '#domain/order.ts';
import type { PriceRules } from './parent-message.ts';

/**
 * `marketablePrice` of the backtest from the rules that the runner sent, for the child, which holds no market tables.
 *
 * @returns `lastPrice` while the rules of the instrument are not known
 */
export function legalPrice(
  rules: PriceRules | undefined,
  order: { readonly side: OrderSide; readonly lastPrice: number; readonly distanceBps: number },
): number {
  if (rules === undefined) return order.lastPrice;
  const isBuy = order.side === 'buy';
  const bps = Math.max(-rules.collarBps, Math.min(order.distanceBps, rules.collarBps));
  const wanted = (order.lastPrice * (10_000 + (isBuy ? bps : -bps))) / 10_000;
  const tick = rules.ticks.find(({ below }) => below === null || wanted < below)?.tick ?? 1;
  const steps = isBuy ? Math.floor(Math.max(wanted, tick) / tick) : Math.ceil(wanted / tick);
  return Math.min(rules.upper, Math.max(rules.lower, Math.max(1, steps) * tick));
}
