import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import type { Market } from '#domain/instrument.ts';
import { createHttpClient } from '#wire/http-client.ts';

import { masterHost } from '../endpoints/hosts.ts';
import { masterPaths } from '../endpoints/masters.ts';
import { unzipOne } from './unzip.ts';

/** Where the lists come from: the published host, or a simulator on loopback by its origin. */
export type MasterSource = 'published' | { readonly simulatedOrigin: string };

/** All the boards that have a list. */
export const masterMarkets = ['KOSPI', 'KOSDAQ', 'KONEX'] as const satisfies readonly Market[];

const zipBytesMax = 16 * 1024 * 1024;
const totalTimeoutMs = 60_000;

/**
 * Today's lists as unpacked bytes, ready for `parseMaster()`; each one whole or not at all. The caller keeps them by
 * date: the broker writes them once a day.
 *
 * @param markets the boards wanted; all if not said. One that fails fails all that were asked for with it
 * @throws {FixConfiguration} `kis.host-mismatch` for a simulator that is not on loopback
 * @throws {RetryLater} `kis.master-unavailable` when the host does not give a file, `kis.master-unreadable` when the
 *   file is no whole zip archive
 */
export async function downloadMasters(
  source: MasterSource,
  markets: readonly Market[] = masterMarkets,
): Promise<ReadonlyMap<Market, Uint8Array>> {
  const origin = originOf(source);
  const http = createHttpClient({ allowedOrigins: [origin], totalTimeoutMs, bodyBytesMax: zipBytesMax });
  try {
    const files = new Map<Market, Uint8Array>();
    for (const market of markets) {
      const url = new URL(masterPaths[market], origin);
      const answer = await http.download({ method: 'GET', url, headers: {} });
      if (answer.kind !== 'answer') throw unavailable(market, answer.cause);
      if (answer.status !== 200) throw unavailable(market, `HTTP ${answer.status}`);
      const file = unzipOne(answer.bytes);
      if (file.kind === 'broken') throw unreadable(market, file.cause);
      files.set(market, file.bytes);
    }
    return files;
  } finally {
    await http.close();
  }
}

function originOf(source: MasterSource): string {
  if (source === 'published') return `https://${masterHost}`;
  const url = URL.parse(source.simulatedOrigin);
  if (url !== null && /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/.test(url.hostname)) return url.origin;
  throw new FixConfiguration(
    'kis.host-mismatch',
    `Cannot read the lists of instruments from "${source.simulatedOrigin}": wanted "https://${masterHost}" or loopback`,
  );
}

function unavailable(market: Market, cause: string): RetryLater {
  return new RetryLater('kis.master-unavailable', `Cannot read the ${market} list of instruments: ${cause}`);
}

function unreadable(market: Market, cause: string): RetryLater {
  return new RetryLater(
    'kis.master-unreadable',
    `Cannot unpack the ${market} list of instruments: ${cause}, wanted a zip archive with one file`,
  );
}
