import { QueryCache, QueryClient, MutationCache } from '@tanstack/react-query';
import { ApiFailure } from './api.ts';

const readTriesMax = 3;

/** Reads are tried again with growing waits; what changes something never is. */
export function createQueryClient(): QueryClient {
  const onError = (error: Error): void => {
    if (error instanceof ApiFailure && error.status === 401) void client.invalidateQueries({ queryKey: ['session'] });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Changes come over the event stream.
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        retry: (count, error) => mayRetry(error) && count < readTriesMax,
        retryDelay: (count) => Math.min(30_000, 1_000 * 2 ** count),
      },
      mutations: { retry: false },
    },
  });
  return client;
}

function mayRetry(error: Error): boolean {
  return !(error instanceof ApiFailure) || error.status === 0 || error.status >= 500;
}
