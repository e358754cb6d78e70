import type { BrokerEnvironment } from '#domain/environment.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { tickerOf, usMarketOf } from '#domain/overseas-order.ts';

import { kisFeeds, type KisFeed } from '../endpoints/feeds.ts';
import { registrationsMax } from '../limits.ts';
import { usMarketCodes } from '../overseas/us-market-codes.ts';
import type { KisFeedWant, KisWatchReport } from './kis-stream-listener.ts';

/** One feed for one key: a symbol, an index, or the HTS id for order notices. */
export interface KisRegistration {
  readonly trId: string;
  readonly trKey: string;
}

export interface Wishes {
  readonly environment: BrokerEnvironment;
  /** Always registered, first. */
  readonly notices: readonly KisRegistration[];
  /** The most important first. */
  readonly instruments: readonly InstrumentId[];
  readonly more: readonly KisFeedWant[];
}

export interface RegistrationPlan {
  /** At most 41, in the order in which they are sent. */
  readonly registrations: readonly KisRegistration[];
  readonly report: KisWatchReport;
}

/** Who gets the 41 registrations of a session: notices, then every trade feed, then more feeds, then books. */
export function planRegistrations({ environment, notices, instruments, more }: Wishes): RegistrationPlan {
  const wanted = [...new Set(instruments)];
  const taken = new Map(notices.map((notice) => [keyOf(notice), notice]));
  const take = (registration: KisRegistration | null): boolean => {
    if (registration === null) return false;
    const key = keyOf(registration);
    if (!taken.has(key) && taken.size >= registrationsMax) return false;
    taken.set(key, registration);
    return true;
  };
  const watched = wanted.filter((instrument) => take(registrationOf(domestic('trade', instrument), environment)));
  const leftOut = more.filter((want) => !take(registrationOf(want, environment)));
  const withoutBook = watched.filter(
    (instrument) => !take(registrationOf(domestic('order-book', instrument), environment)),
  );
  const unwatched = wanted.filter((instrument) => !watched.includes(instrument));
  const report = { used: taken.size, limit: registrationsMax, unwatched, withoutBook, leftOut };
  return { registrations: paired([...taken.values()]), report };
}

export function keyOf({ trId, trKey }: KisRegistration): string {
  return `${trId} ${trKey}`;
}

function domestic(feed: 'trade' | 'order-book', instrument: InstrumentId): KisFeedWant {
  return { feed, venue: 'KRX', instrument };
}

/** Feeds of Korean instruments by venue. The KRX's own are the only ones that paper offers. */
const domesticFeeds: Readonly<Record<string, Readonly<Record<string, KisFeed | null>>>> = {
  trade: { KRX: kisFeeds.trade, NXT: kisFeeds.tradeNxt, unified: kisFeeds.tradeUnified },
  'order-book': { KRX: kisFeeds.orderBook, NXT: kisFeeds.orderBookNxt, unified: kisFeeds.orderBookUnified },
  'expected-trade': venues(kisFeeds.expectedTrade),
  'market-operation': venues(kisFeeds.marketOperation),
};

/** `H0STANC0` of the KRX, `H0NXANC0` of NXT, `H0UNANC0` of both. @see spec §7.5 */
function venues(feed: KisFeed): Readonly<Record<string, KisFeed>> {
  const sister = (letters: string): KisFeed => ({ ...feed, real: feed.real.replace('H0ST', `H0${letters}`) });
  return { KRX: feed, NXT: sister('NX'), unified: sister('UN') };
}

/** Null where the environment does not offer the feed. */
function registrationOf(want: KisFeedWant, environment: BrokerEnvironment): KisRegistration | null {
  const [feed, trKey] = feedAndKey(want);
  const trId = feed?.[environment] ?? null;
  return trId === null ? null : { trId, trKey };
}

function feedAndKey(want: KisFeedWant): readonly [KisFeed | null, string] {
  switch (want.feed) {
    case 'index':
      return [kisFeeds.index, want.code];
    case 'overseas-trade':
    case 'overseas-book': {
      const feed = want.feed === 'overseas-trade' ? kisFeeds.overseasTrade : kisFeeds.overseasBook;
      return [feed, usMarketCodes[usMarketOf(want.instrument)].socketPrefix + tickerOf(want.instrument)];
    }
    default:
      return [domesticFeeds[want.feed]?.[want.venue] ?? null, symbolOf(want.instrument)];
  }
}

/** Trades and book of one instrument side by side, so that the first is whole before the second begins. */
function paired(registrations: readonly KisRegistration[]): readonly KisRegistration[] {
  const books = new Map(
    registrations.filter(({ trId }) => trId === kisFeeds.orderBook.real).map((book) => [book.trKey, book]),
  );
  const inOrder = registrations.flatMap((registration) => {
    if (registration.trId === kisFeeds.orderBook.real) return [];
    const book = registration.trId === kisFeeds.trade.real ? books.get(registration.trKey) : undefined;
    return book === undefined ? [registration] : [registration, book];
  });
  return [...new Set([...inOrder, ...registrations])];
}
