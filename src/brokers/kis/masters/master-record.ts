import type { Designation, InstrumentId, Market } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import { strongestDesignation } from '#markets/designations.ts';
import type { ListedKind } from '#markets/instrument-list.ts';

/** One line of a master file. Whether NXT trades it, the file does not say. */
export interface MasterRecord {
  /** As the broker writes it: six characters, `Q` and six for an ETN, up to nine for other things. */
  readonly code: string;
  /** Null for ELW and warrants, and for what has no listing code that we know, such as funds. */
  readonly instrument: InstrumentId | null;
  readonly isin: string;
  readonly name: string;
  readonly market: Market;
  readonly kind: ListedKind;
  /** Price the limits of the day are counted from; null when the file has none. */
  readonly basePrice: Won | null;
  /** Shares of the smallest order in the regular session. */
  readonly lot: number | null;
  readonly isHalted: boolean;
  readonly isLiquidated: boolean;
  readonly isManaged: boolean;
  readonly warning: 'none' | 'caution' | 'warning' | 'risk';
  /** Short-term overheated and traded in auctions; an announcement that it may become so does not count. */
  readonly isOverheated: boolean;
  /** 투자주의환기 of KOSDAQ; false elsewhere. */
  readonly isCautionIssue: boolean;
  readonly isSpac: boolean;
  readonly isPreferred: boolean;
  readonly listedOn: Temporal.PlainDate | null;
  /** In whole thousands; the file has no finer figure. */
  readonly sharesListed: number | null;
  readonly parValue: Won | null;
  /** Cash that an order needs, as a part of its value in basis points. */
  readonly marginBps: number | null;
}

/** The strongest restriction that the record names, for the guard. */
export function designationOf(record: MasterRecord): Designation {
  const said: Designation[] = [record.warning];
  if (record.isHalted) said.push('halted');
  if (record.isLiquidated) said.push('liquidation');
  if (record.isManaged) said.push('managed');
  if (record.isOverheated) said.push('overheated');
  if (record.isCautionIssue) said.push('caution');
  return strongestDesignation(said);
}
