import type { BrokerEnvironment } from '#domain/environment.ts';
import { namesPrice, sessionOf, venueOf, type OrderRequest } from '#domain/order.ts';

import { orderDivision } from './order-divisions.ts';

/** How KIS wants the kind and the price of an order, or why no order of that kind exists there. */
export type OrderTerms =
  | {
      readonly kind: 'terms';
      readonly division: string;
      /** `EXCG_ID_DVSN_CD`. */
      readonly exchange: string;
      /** `ORD_UNPR`; "0" where the order names no price. */
      readonly price: string;
      /** `CNDT_PRIC`, of a stop-limit order only. */
      readonly condition: { readonly CNDT_PRIC?: string };
    }
  | { readonly kind: 'none'; readonly cause: string };

type Kind = Pick<OrderRequest, 'type' | 'timeInForce' | 'venue' | 'session' | 'price' | 'stopPrice'>;

/** What does not exist at KIS is found out here, before a byte leaves. @see spec §5.2 */
export function orderTerms(order: Kind, environment: BrokerEnvironment, date: Temporal.PlainDate): OrderTerms {
  const exchange = venueOf(order);
  if (environment === 'paper' && exchange !== 'KRX') {
    return { kind: 'none', cause: `paper trading takes orders for KRX only, not for ${exchange}` };
  }
  const division = orderDivision(order, date);
  if (division === null) return { kind: 'none', cause: `KIS has no such order: ${described(order)}` };
  const isStop = order.type === 'stop-limit';
  if (isStop !== (order.stopPrice !== undefined)) {
    return { kind: 'none', cause: `a stop price belongs to a stop-limit order, and only there: ${described(order)}` };
  }
  return {
    kind: 'terms',
    division,
    exchange,
    price: namesPrice(order.type) ? String(order.price) : '0',
    condition: isStop ? { CNDT_PRIC: String(order.stopPrice) } : {},
  };
}

function described(order: Kind): string {
  return `${order.type} ${order.timeInForce} on ${venueOf(order)}, session ${sessionOf(order)}`;
}
