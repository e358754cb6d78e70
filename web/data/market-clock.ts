import { useEffect, useState } from 'react';
import { useStatus } from './queries.ts';

/**
 * The market's time in epoch milliseconds, moved on between two answers at the market's own speed; null before the
 * first answer.
 *
 * @param everyMs how often the component draws anew
 */
export function useMarketNow(everyMs: number): number | null {
  const { data, dataUpdatedAt } = useStatus();
  const [, beat] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => beat((count) => count + 1), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  if (data === undefined) return null;
  return Date.parse(data.now) + (Date.now() - dataUpdatedAt) * data.clockSpeed;
}

/** How long ago a market instant was, in real milliseconds: the age a person feels, whatever the market's speed. */
export function useAgeMs(at: string | null, everyMs = 1_000): number | null {
  const now = useMarketNow(everyMs);
  const { data } = useStatus();
  if (now === null || at === null || data === undefined) return null;
  return Math.max(0, (now - Date.parse(at)) / data.clockSpeed);
}
