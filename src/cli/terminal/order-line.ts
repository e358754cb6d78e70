import { say } from '#link/language.ts';
import type { OrderView } from '#link/views.ts';
import { printJson } from './json.ts';
import { numberText } from './numbers.ts';

/** An order on the terminal: one line, and one for each rule that refused it. */
export function printOrder(order: OrderView, isJson: boolean): void {
  if (isJson) return printJson(order);
  process.stdout.write(`${orderLine(order)}\n`);
  for (const check of order.checks.filter((each) => !each.passed)) {
    process.stdout.write(`  ${check.code}: ${check.actual ?? '?'} / ${check.limit ?? '?'} ${check.unit}\n`);
  }
}

/** Number, stock, side, filled of ordered at which price, state, and who asked. */
export function orderLine(order: OrderView): string {
  const side = order.side === 'buy' ? say('매수', 'buy ') : say('매도', 'sell');
  const amount = `${numberText(order.filled)}/${numberText(order.quantity)} × ${numberText(order.price)}`;
  return `${order.orderId}  ${order.symbol}  ${side}  ${amount}  ${order.state}  ${order.requester}`;
}
