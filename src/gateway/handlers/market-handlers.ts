import { RetryLater } from '#domain/errors.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Caller, Handlers } from '#link/listener.ts';
import type { QuoteView } from '#link/views.ts';
import { toldInstrument } from '#link/told-instrument.ts';
import { listings } from '#markets/listings.ts';
import type { Gateway } from '../gateway.ts';
import { bookView } from '../market/quote-table.ts';
import { listed, watcher } from './watched-instrument.ts';

/** Methods that tell prices. */
export function marketHandlers(gateway: Gateway) {
  const { feed } = gateway;
  return {
    instruments: async () => listings.map((listing) => toldInstrument(listing)),
    quote: async ({ symbol }: { readonly symbol: string }, caller: Caller): Promise<QuoteView> => {
      const instrument = listed(symbol);
      feed.want(instrument, watcher(caller));
      await feed.ensure(instrument);
      return feed.quotes.view(instrument) ?? notKnown(symbol);
    },
    quotes: async () => [...feed.quotes.views()],
    orderBook: async ({ symbol }: { readonly symbol: string }, caller: Caller) => {
      const instrument = listed(symbol);
      feed.want(instrument, watcher(caller));
      return bookView(await feed.orderBook(instrument));
    },
    bars: async (
      params: { readonly symbol: string; readonly interval: '1m' | '1d'; readonly count: number },
      caller: Caller,
    ) => {
      const instrument = listed(params.symbol);
      feed.want(instrument, watcher(caller));
      const { interval, count } = params;
      return [...(await (interval === '1m' ? feed.minuteBars(instrument, count) : feed.dailyBars(instrument, count)))];
    },
    unwatch: async ({ symbols }: { readonly symbols: readonly string[] }, { connectionId }: Caller) => {
      for (const symbol of symbols) feed.unwant(listed(symbol), connectionId);
      return {};
    },
  } satisfies Partial<Handlers<GatewayApi>>;
}

function notKnown(symbol: string): never {
  throw new RetryLater('market.no-quote', `Cannot quote "${symbol}": the broker gave no price yet`);
}
