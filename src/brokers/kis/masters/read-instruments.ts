import type { ListedInstrument } from '#markets/instrument-list.ts';

import { downloadMasters, type MasterSource } from './download-masters.ts';
import { listedInstruments } from './listed-instruments.ts';
import { parseMaster } from './parse-master.ts';

/**
 * Everything that the broker lists today, of all boards; whole or not at all, but for lines that cannot be read.
 *
 * @throws {RetryLater} `kis.master-unavailable` · `kis.master-unreadable`
 * @throws {FixConfiguration} `kis.host-mismatch`
 */
export async function readInstruments(source: MasterSource): Promise<readonly ListedInstrument[]> {
  const files = await downloadMasters(source);
  return [...files].flatMap(([market, bytes]) => listedInstruments(parseMaster(bytes, market).records));
}
