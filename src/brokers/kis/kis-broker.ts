import type { Broker } from '../broker.ts';
import type { KisAccount } from './account/kis-account.ts';
import type { KisOverseas } from './overseas/kis-overseas.ts';
import type { KisQuotes } from './quotes/kis-quotes.ts';
import type { KisBrokerStream, KisStreamListener } from './stream/kis-stream-listener.ts';

/** What KIS offers beyond what every broker does. */
export interface KisBroker extends Broker {
  /** Market data of Korean stocks, ETFs and indices. */
  readonly quotes: KisQuotes;
  /** US stocks: quotes, orders that `decideOverseas()` let through, and what the account holds abroad. */
  readonly overseas: KisOverseas;
  /** As every broker's, and on the real host more feeds: auctions, halts, indices, US stocks. */
  openStream(listener: KisStreamListener): Promise<KisBrokerStream>;
  /** What the account can be asked and told in Korean stocks: sellable, results, assets, reservations. */
  readonly account: KisAccount;
}
