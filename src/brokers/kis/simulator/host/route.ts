import type { BrokerEnvironment } from '#domain/environment.ts';

import type { SimulatorCredentials } from './credentials.ts';
import type { Reply } from './envelope.ts';
import type { FaultRule } from './faults.ts';
import type { MarketSource } from '../venue/floor/market-source.ts';
import type { SignIn } from './sign-in.ts';
import type { UsVenue } from '../overseas/us-venue.ts';
import type { Venue } from '../venue/venue.ts';
import type { VenueClock } from '../venue/venue-clock.ts';

/** A call that has passed the gateway. */
export interface Call {
  readonly environment: BrokerEnvironment;
  readonly trId: string;
  /** Query or body field by name, whatever its case; empty when absent. */
  field(name: string): string;
  readonly body: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The fault that strikes inside the answer, if any. */
  readonly fault: FaultRule | null;
}

/** What endpoints work with. */
export interface Broker {
  readonly venue: Venue;
  /** The US market of the same log. */
  readonly us: UsVenue;
  readonly market: MarketSource;
  readonly clock: VenueClock;
  readonly signIn: SignIn;
  readonly credentials: SimulatorCredentials;
  /** Old habits of clients that production has stopped accepting are still accepted. */
  readonly isPermissive: boolean;
  /** Clients that name themselves are met as they were written. @see socket/client-profile.ts */
  readonly recognisesClients: boolean;
}

/** One operation: where it is, which TR ids ask for it on each host, and what it does. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** TR ids of the real host; empty for the operations before sign-in. */
  readonly real: readonly string[];
  /** TR ids of the paper host; empty when the operation exists on the real host only. */
  readonly paper: readonly string[];
  readonly handle: (call: Call, broker: Broker) => Reply;
}
