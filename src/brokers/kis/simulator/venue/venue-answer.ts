import type { BrokerEnvironment } from '#domain/environment.ts';

import type { Board } from './floor/market-operation.ts';
import type { Refusal } from '../host/reject-answers.ts';

/** How an order or a change ended at the venue. */
export type VenueAnswer =
  /** `exchange` as it was asked for, `board` where the order went. */
  | {
      readonly kind: 'accepted';
      readonly number: number;
      readonly at: number;
      readonly exchange: string;
      readonly board: Board;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A wish to amend or cancel; `quantity` null means all that is left. */
export interface IncomingChange {
  readonly environment: BrokerEnvironment;
  readonly action: 'amend' | 'cancel';
  readonly original: number;
  readonly division: string;
  readonly price: number;
  readonly quantity: number | null;
  /** New `CNDT_PRIC` of a stop order; 0 keeps the old one. */
  readonly stopPrice?: number | undefined;
}
