import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Market } from '#domain/instrument.ts';
import { seoulDate } from '#domain/trading-date.ts';

import { masterPaths } from '../../endpoints/masters.ts';
import type { Broker } from '../host/route.ts';
import { encodeMaster } from './encode-master.ts';
import { zipOne } from './zip-one.ts';

const markets: readonly Market[] = ['KOSPI', 'KOSDAQ', 'KONEX'];
const marketOfPath: ReadonlyMap<string, Market> = new Map(markets.map((market) => [masterPaths[market], market]));

/**
 * Answers a request for one of the lists of instruments, to anybody and without sign-in, as the broker's download host
 * does.
 *
 * @returns false, and nothing is written, when the request is for something else
 */
export function serveMasterFile(incoming: IncomingMessage, outgoing: ServerResponse, broker: Broker): boolean {
  const market = marketOfPath.get(incoming.url ?? '');
  if (market === undefined || incoming.method !== 'GET') return false;
  const zip = masterZip(market, broker);
  outgoing.writeHead(200, { 'Content-Type': 'application/zip', 'Content-Length': String(zip.length) });
  outgoing.end(zip);
  return true;
}

/** Base price and halt as the venue has them today; as the market would have them before its first day. */
function masterZip(market: Market, { market: source, clock, venue }: Broker): Buffer {
  const date = seoulDate(clock.now());
  const entries = source.instruments
    .filter((instrument) => instrument.market === market)
    .map((instrument) => {
      const desk = venue.floor.desk(instrument.symbol);
      const basePrice = desk?.basePrice ?? source.basePrice(instrument, date);
      return { instrument, basePrice, isHalted: desk?.isHalted ?? false };
    });
  return zipOne(`${market.toLowerCase()}_code.mst`, encodeMaster(entries));
}
