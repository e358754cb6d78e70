import type { DenialCode } from './denial.ts';
import type { Rule } from './rule.ts';
import { cancelFillRatio } from './rules/cancel-fill-ratio.ts';
import { cancelsPerMinute } from './rules/cancels-per-minute.ts';
import { cash } from './rules/cash.ts';
import { clockError } from './rules/clock-error.ts';
import { conservation } from './rules/conservation.ts';
import { dailyLoss } from './rules/daily-loss.ts';
import { dayValueAccount } from './rules/day-value-account.ts';
import { dayValueStrategy } from './rules/day-value-strategy.ts';
import { designation } from './rules/designation.ts';
import { entryWindow } from './rules/entry-window.ts';
import { exposure } from './rules/exposure.ts';
import { halted } from './rules/halted.ts';
import { holding } from './rules/holding.ts';
import { inputMissing } from './rules/input-missing.ts';
import { laneClosed } from './rules/lane-closed.ts';
import { openValue } from './rules/open-value.ts';
import { orderSession } from './rules/order-session.ts';
import { orderType } from './rules/order-type.ts';
import { orderValue } from './rules/order-value.ts';
import { orderVenue } from './rules/order-venue.ts';
import { ordersPerDay } from './rules/orders-per-day.ts';
import { ordersPerMinuteAccount } from './rules/orders-per-minute-account.ts';
import { ordersPerMinuteStrategy } from './rules/orders-per-minute-strategy.ts';
import { positionCount } from './rules/position-count.ts';
import { positionValue } from './rules/position-value.ts';
import { priceCollar } from './rules/price-collar.ts';
import { priceLimit } from './rules/price-limit.ts';
import { priceMinimum } from './rules/price-minimum.ts';
import { priceStale } from './rules/price-stale.ts';
import { quantityMedian } from './rules/quantity-median.ts';
import { repeatedOrder } from './rules/repeated-order.ts';
import { selfCross } from './rules/self-cross.ts';
import { session } from './rules/session.ts';
import { smallOrderRepetition } from './rules/small-order-repetition.ts';
import { stopPriceLimit } from './rules/stop-price-limit.ts';
import { stopTickSize } from './rules/stop-tick-size.ts';
import { strategyHalted } from './rules/strategy-halted.ts';
import { symbolNew } from './rules/symbol-new.ts';
import { tickSize } from './rules/tick-size.ts';
import { tradedValueMinimum } from './rules/traded-value-minimum.ts';
import { tradedValueShare } from './rules/traded-value-share.ts';
import { universe } from './rules/universe.ts';
import { watchdogLost } from './rules/watchdog-lost.ts';

/** Every rule by its code, in the order in which screens list them. The compiler asks for all codes. */
export const rules: Readonly<Record<DenialCode, Rule>> = {
  halted,
  'watchdog-lost': watchdogLost,
  'strategy-halted': strategyHalted,
  'lane-closed': laneClosed,
  'input-missing': inputMissing,
  'clock-error': clockError,
  conservation,
  'order-type': orderType,
  'order-session': orderSession,
  'order-venue': orderVenue,
  'tick-size': tickSize,
  'price-limit': priceLimit,
  'stop-tick-size': stopTickSize,
  'stop-price-limit': stopPriceLimit,
  'price-collar': priceCollar,
  'price-stale': priceStale,
  'order-value': orderValue,
  'traded-value-share': tradedValueShare,
  'quantity-median': quantityMedian,
  'open-value': openValue,
  'day-value-account': dayValueAccount,
  'day-value-strategy': dayValueStrategy,
  'orders-per-minute-account': ordersPerMinuteAccount,
  'orders-per-minute-strategy': ordersPerMinuteStrategy,
  'orders-per-day': ordersPerDay,
  'cancels-per-minute': cancelsPerMinute,
  'cancel-fill-ratio': cancelFillRatio,
  'repeated-order': repeatedOrder,
  'small-order-repetition': smallOrderRepetition,
  universe,
  'symbol-new': symbolNew,
  'price-minimum': priceMinimum,
  'traded-value-minimum': tradedValueMinimum,
  designation,
  'position-value': positionValue,
  'position-count': positionCount,
  exposure,
  'daily-loss': dailyLoss,
  'self-cross': selfCross,
  session,
  'entry-window': entryWindow,
  cash,
  holding,
};
