import type { Broker } from '../broker.ts';
import type { KisOverseas } from './overseas/kis-overseas.ts';
import type { KisQuotes } from './quotes/kis-quotes.ts';

/** What KIS offers beyond what every broker does. */
export interface KisBroker extends Broker {
  /** Market data of Korean stocks, ETFs and indices. */
  readonly quotes: KisQuotes;
  /** US stocks: quotes, orders that `decideOverseas()` let through, and what the account holds abroad. */
  readonly overseas: KisOverseas;
}
