import type { BrokerEnvironment } from '#domain/environment.ts';

import type { SimulatorCredentials } from '../host/credentials.ts';
import type { WireProfile } from '../socket/wire-profile.ts';
import type { SessionRule } from '../venue/hours/trading-phases.ts';
import type { Venue } from '../venue/venue.ts';
import type { VenueClock } from '../venue/venue-clock.ts';
import { encodeUsNotice } from './encode-us-notice.ts';
import { usRealtimeSymbol } from './encode-us-quotes.ts';
import { encodeUsBookRecord, encodeUsTrade } from './encode-us-records.ts';
import { usExchanges, usListings, type UsListing } from './us-listings.ts';
import { printEveryMs } from './us-prices.ts';
import { UsVenue } from './us-venue.ts';

/** The websocket host of one environment, as the US market sees it. */
export interface UsAudience {
  /** Whether anybody listens, so that nothing is encoded for nobody. */
  wantsOverseas(trId: UsFeed, key: string): boolean;
  pushOverseas(records: {
    readonly trId: UsFeed;
    readonly key: string;
    readonly records: readonly (readonly string[])[];
  }): void;
  pushOverseasNotice(textFor: (profile: WireProfile) => string): void;
}

type UsFeed = 'HDFSCNT0' | 'HDFSASP0';

export interface UsMarketOptions {
  readonly clock: VenueClock;
  readonly session: SessionRule;
  readonly venue: Venue;
  readonly credentials: SimulatorCredentials;
  /** Null while a host is not open yet. */
  readonly audienceOf: (environment: BrokerEnvironment) => UsAudience | null;
}

export interface UsMarket {
  readonly us: UsVenue;
  /** Plays the market up to now and pushes the print of the moment to those who listen. */
  beat(): void;
}

const environments: readonly BrokerEnvironment[] = ['paper', 'real'];

/** The simulated US market over the log of `venue`, wired to the websockets. */
export function startUsMarket(options: UsMarketOptions): UsMarket {
  const { clock, session, venue, audienceOf } = options;
  const us = new UsVenue({
    clock,
    session,
    state: venue.state,
    record: (events) => venue.record(...events),
    // One turn later, so that the answer to an order is written before anything is pushed about it.
    onNotices: (notices) => {
      setImmediate(() => {
        for (const notice of notices) {
          const textFor = (profile: WireProfile): string => encodeUsNotice(notice, options.credentials, profile);
          audienceOf(notice.order.environment)?.pushOverseasNotice(textFor);
        }
      });
    },
  });
  let printed = 0;
  return {
    us,
    beat: () => {
      us.advance();
      const print = Math.floor(us.now / printEveryMs);
      if (print === printed || us.openDay === null) return;
      printed = print;
      for (const listing of usListings) pushTrade(us, listing, audienceOf);
    },
  };
}

/** Clients register with D for quotes without delay and with R for the daytime market, whose prices are the same. */
function pushTrade(us: UsVenue, listing: UsListing, audienceOf: UsMarketOptions['audienceOf']): void {
  const keys = [usRealtimeSymbol(listing), `R${usExchanges[listing.exchange].daytimeQuote}${listing.symbol}`];
  for (const environment of environments) {
    const audience = audienceOf(environment);
    if (audience === null) continue;
    for (const key of keys) push(us, listing, audience, key);
  }
}

function push(us: UsVenue, listing: UsListing, audience: UsAudience, key: string): void {
  for (const trId of ['HDFSCNT0', 'HDFSASP0'] as const) {
    if (!audience.wantsOverseas(trId, key)) continue;
    audience.pushOverseas({ trId, key, records: [recordOf(us, listing, trId)] });
  }
}

function recordOf(us: UsVenue, listing: UsListing, trId: UsFeed): readonly string[] {
  const now = us.prices.now(listing, us.now);
  if (trId === 'HDFSASP0') return encodeUsBookRecord(listing, now);
  const volume = us.prices.volumeTo(listing, now.day, us.now);
  const before = us.prices.volumeTo(listing, now.day, us.now - printEveryMs);
  return encodeUsTrade(listing, now, volume, volume - before);
}
