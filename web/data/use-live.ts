import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LiveEvents } from '../../src/server/answers.ts';
import { setLiveState } from './live-state.ts';

const retryFirstMs = 1_000;
const retryMaxMs = 30_000;
const ordersMax = 200;

type Apply = { readonly [N in keyof LiveEvents]: (client: QueryClient, data: LiveEvents[N]) => void };

/** What each event changes of what the pages have read. */
const apply: Apply = {
  status: (client, data) => client.setQueryData(['status'], data),
  portfolio: (client, data) => client.setQueryData(['portfolio'], data),
  strategies: (client, data) => client.setQueryData(['strategies'], data),
  book: (client, data) => client.setQueryData(['book', data.symbol], data),
  quotes: (client, data) =>
    client.setQueryData<LiveEvents['quotes']>(['quotes'], (before) => {
      const changed = new Map(data.map((quote) => [quote.symbol, quote]));
      const kept = (before ?? []).map((quote) => changed.get(quote.symbol) ?? quote);
      const known = new Set(kept.map(({ symbol }) => symbol));
      return [...kept, ...data.filter(({ symbol }) => !known.has(symbol))];
    }),
  order: (client, data) =>
    client.setQueryData<readonly LiveEvents['order'][]>(['orders'], (before) => {
      const others = (before ?? []).filter(({ orderId }) => orderId !== data.orderId);
      return [data, ...others].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, ordersMax);
    }),
  links: (client, data) => {
    setLiveState(data);
    if (data.gateway === 'up' || data.runner === 'up') void client.invalidateQueries({ predicate: isOfServer });
  },
};

/**
 * Keeps what the pages have read up to date, over one stream of events. Connects again with growing waits, and reads
 * everything anew after a gap, since what happened in it is not repeated.
 *
 * @param symbol the instrument whose order book is wanted; null for none
 */
export function useLive(symbol: string | null): void {
  const client = useQueryClient();
  useEffect(() => {
    let waitMs = retryFirstMs;
    let timer = 0;
    let source: EventSource | null = null;
    const open = (): void => {
      source = new EventSource(symbol === null ? '/api/events' : `/api/events?symbol=${symbol}`);
      source.addEventListener('open', () => (waitMs = retryFirstMs));
      source.addEventListener('error', () => {
        source?.close();
        void client.invalidateQueries({ queryKey: ['session'] });
        timer = window.setTimeout(open, waitMs);
        waitMs = Math.min(retryMaxMs, waitMs * 2);
      });
      listen(source, client);
    };
    open();
    return () => {
      window.clearTimeout(timer);
      source?.close();
    };
  }, [client, symbol]);
}

function listen(source: EventSource, client: QueryClient): void {
  const heard = (): void => setLiveState({ heardAt: performance.now() });
  source.addEventListener('heartbeat', heard);
  source.addEventListener('orders-lost', () => void client.invalidateQueries({ queryKey: ['orders'] }));
  for (const [name, change] of Object.entries(apply)) {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      heard();
      // Our own server wrote the line from a value its schema had read.
      (change as (client: QueryClient, data: unknown) => void)(client, JSON.parse(event.data));
    });
  }
}

function isOfServer(query: { readonly queryKey: readonly unknown[] }): boolean {
  return query.queryKey[0] !== 'session';
}
