import { symbolOf } from '#domain/instrument.ts';
import type { ListedInstrument } from '#markets/instrument-list.ts';

import { designationOf, type MasterRecord } from './master-record.ts';

/** What of a master file is kept and searched: everything with a listing code, without ELW and warrants. */
export function listedInstruments(records: readonly MasterRecord[]): readonly ListedInstrument[] {
  return records.flatMap((record) => {
    const { instrument: id, name, market, kind } = record;
    if (id === null) return [];
    return [{ id, symbol: symbolOf(id), name, market, kind, designation: designationOf(record) }];
  });
}
