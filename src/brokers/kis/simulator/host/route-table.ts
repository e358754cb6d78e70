import { accountRoutes } from '../routes/account-routes.ts';
import { assetRoutes } from '../routes/asset-routes.ts';
import { calendarRoutes } from '../routes/calendar-routes.ts';
import { chartRoutes } from '../routes/chart-routes.ts';
import { orderRoutes } from '../routes/order-routes.ts';
import { overseasRoutes } from '../routes/overseas-routes.ts';
import { quoteRoutes } from '../routes/quote-routes.ts';
import { emptyQuoteRoutes } from '../routes/empty-quote-routes.ts';
import { etfRoutes } from '../routes/etf-routes.ts';
import { indexChartRoutes } from '../routes/index-chart-routes.ts';
import { indexRoutes } from '../routes/index-routes.ts';
import { interruptionRoutes } from '../routes/interruption-routes.ts';
import { investorRoutes } from '../routes/investor-routes.ts';
import { minuteRoutes } from '../routes/minute-routes.ts';
import { productRoutes } from '../routes/product-routes.ts';
import { rankingRoutes } from '../routes/ranking-routes.ts';
import { tradeRoutes } from '../routes/trade-routes.ts';
import { profitRoutes } from '../routes/profit-routes.ts';
import { reservationRoutes } from '../routes/reservation-routes.ts';
import type { Route } from './route.ts';
import { signInRoutes } from '../routes/sign-in-routes.ts';

/** Every operation of the simulator by `<method> <path>`. */
export const routeTable: ReadonlyMap<string, Route> = new Map(
  [
    ...signInRoutes,
    ...quoteRoutes,
    ...chartRoutes,
    ...tradeRoutes,
    ...rankingRoutes,
    ...productRoutes,
    ...minuteRoutes,
    ...investorRoutes,
    ...interruptionRoutes,
    ...indexRoutes,
    ...indexChartRoutes,
    ...etfRoutes,
    ...emptyQuoteRoutes,
    ...calendarRoutes,
    ...orderRoutes,
    ...accountRoutes,
    ...assetRoutes,
    ...profitRoutes,
    ...reservationRoutes,
    ...overseasRoutes,
  ].map((route) => [`${route.method} ${route.path}`, route]),
);

/** Name under which faults are switched on for a call: its TR id, or the last part of the path before sign-in. */
export function faultName(route: Route, trId: string): string {
  return route.real.length > 0 ? trId : route.path.slice(route.path.lastIndexOf('/') + 1);
}
