import type { Broker } from '../broker.ts';
import type { KisQuotes } from './quotes/kis-quotes.ts';

/** What KIS offers beyond what every broker does. */
export interface KisBroker extends Broker {
  /** Market data of Korean stocks, ETFs and indices. */
  readonly quotes: KisQuotes;
}
