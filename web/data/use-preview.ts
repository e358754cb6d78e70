import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { VerdictAnswer } from '../../src/server/answers.ts';
import { post } from './api.ts';
import type { Answer } from './queries.ts';

const settleMs = 250;
const againEveryMs = 3_000;

/** What the guard would say of this order now; asked anew when it changes and every three seconds. */
export function usePreview(
  symbol: string,
  side: 'buy' | 'sell',
  price: number | null,
  quantity: number | null,
): Answer<VerdictAnswer> {
  const [asked] = useDebouncedValue(`${symbol} ${side} ${price} ${quantity}`, settleMs);
  const isWhole = price !== null && price > 0 && quantity !== null && quantity > 0;
  const isSettled = asked === `${symbol} ${side} ${price} ${quantity}`;
  return useQuery({
    queryKey: ['preview', symbol, side, price, quantity],
    queryFn: () => post('/api/orders/preview', { requestId: `preview-${symbol}`, symbol, side, price, quantity }),
    enabled: isWhole && isSettled,
    refetchInterval: againEveryMs,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  });
}
