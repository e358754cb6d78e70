import type { Bar, BarInterval } from '#domain/bar.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import type { GatewayLink } from '../order-line.ts';

/** The most that the gateway gives at once. */
export const historyBarsMax = 500;

/** The gateway's one-minute bars of today, oldest first, the running minute included. @throws what the link throws */
export function minuteHistory(gateway: GatewayLink, instrument: InstrumentId, count: number): Promise<readonly Bar[]> {
  return history(gateway, instrument, { interval: '1m', count });
}

/** The gateway's day bars, oldest first, today's unfinished one included. @throws what the link throws */
export function dayHistory(gateway: GatewayLink, instrument: InstrumentId, count: number): Promise<readonly Bar[]> {
  return history(gateway, instrument, { interval: '1d', count });
}

async function history(
  gateway: GatewayLink,
  instrument: InstrumentId,
  { interval, count }: { readonly interval: BarInterval; readonly count: number },
): Promise<readonly Bar[]> {
  const views = await gateway.call('bars', {
    symbol: symbolOf(instrument),
    interval,
    count: Math.min(historyBarsMax, count),
  });
  return views.map((view) => {
    const { open, high, low, close } = view;
    return { ...view, open: won(open), high: won(high), low: won(low), close: won(close) };
  });
}
