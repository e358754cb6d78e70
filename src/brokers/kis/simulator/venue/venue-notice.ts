import type { BrokerEnvironment } from '#domain/environment.ts';

import type { SimulatedOrder } from './account-state.ts';

/** Something the broker tells the owner of an account by push. */
export interface VenueNotice {
  readonly kind: 'accepted' | 'filled' | 'cancelled' | 'amended' | 'remainder' | 'refused' | 'expired';
  readonly environment: BrokerEnvironment;
  readonly order: Readonly<SimulatedOrder>;
  /** Shares and price of the fill; of the order itself on every other notice. */
  readonly quantity: number;
  readonly price: number;
  /** Epoch milliseconds of market time. */
  readonly at: number;
}
