import type { Instrument, InstrumentKind } from '#domain/instrument.ts';

import { masterHead, masterTails, type MasterField } from '../../endpoints/masters.ts';
import { sharesOf } from '../encode/encode-price.ts';
import { cp949Field } from './cp949.ts';
import { isinOf } from './isin.ts';

/** One listed instrument and what the limits of its day are counted from. */
export interface MasterEntry {
  readonly instrument: Instrument;
  readonly basePrice: number;
  readonly isHalted: boolean;
}

const groups: Readonly<Record<InstrumentKind, string>> = { stock: 'ST', etf: 'EF', etn: 'EN' };
const etpKinds: Readonly<Record<InstrumentKind, string>> = { stock: '0', etf: '2', etn: '3' };

/** Lines of a master file, one an instrument, each ended by a line feed. @see spec §8 */
export function encodeMaster(entries: readonly MasterEntry[]): Buffer {
  return Buffer.concat(entries.flatMap((entry) => [encodeLine(entry), Buffer.from('\n')]));
}

function encodeLine(entry: MasterEntry): Buffer {
  const { symbol, name, kind, market } = entry.instrument;
  const code = kind === 'etn' ? `Q${symbol}` : symbol;
  const values = valuesOf(entry);
  const tail = masterTails[market]
    .map(([field, width]) => (field === null ? blank(width) : values[field].padStart(width, '0')))
    .join('');
  return Buffer.concat([
    cp949Field(code, masterHead.symbol),
    cp949Field(isinOf(symbol), masterHead.isin),
    cp949Field(name, masterHead.name),
    Buffer.from(tail, 'ascii'),
  ]);
}

/** What the venue does not simulate is a plain listing: in one-share lots, without restrictions, at 20 % margin. */
function valuesOf({ instrument, basePrice, isHalted }: MasterEntry): Readonly<Record<MasterField, string>> {
  return {
    group: groups[instrument.kind],
    etpKind: etpKinds[instrument.kind],
    isSpac: 'N',
    overheat: '0',
    isCautionIssue: 'N',
    basePrice: String(basePrice),
    lot: '1',
    isHalted: isHalted ? 'Y' : 'N',
    isLiquidated: 'N',
    isManaged: 'N',
    warning: '00',
    marginRate: '20',
    parValue: '100',
    listedOn: '20000104',
    sharesInThousands: String(Math.floor(sharesOf(instrument) / 1000)),
    preferredKind: '0',
  };
}

function blank(width: number): string {
  return width === 1 ? 'N' : '0'.repeat(width);
}
