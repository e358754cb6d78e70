import { useEffect, useState } from 'react';
import { useLiveState } from './live-state.ts';

/** Prices older than this are shown as old (look/README §3). */
const staleAfterMs = 15_000;

/** How long nothing has come from the server or the gateway has been away; null while all is fresh. */
export function useStaleMs(): number | null {
  const { gateway, heardAt } = useLiveState();
  const [now, setNow] = useState(() => performance.now());
  const [downAt, setDownAt] = useState<number | null>(null);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(performance.now()), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  useEffect(() => setDownAt(gateway === 'down' ? performance.now() : null), [gateway]);
  const silentMs = Math.max(now - heardAt, downAt === null ? 0 : now - downAt);
  return silentMs >= staleAfterMs ? silentMs : null;
}
