import type { InstrumentId } from '#domain/instrument.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';

import { accountFields } from '../calls/account-number.ts';
import type { KisCalls } from '../calls/calls.ts';
import { blockOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import type { KisBrokerOptions } from '../options.ts';
import { sellableFields } from './account-fields.ts';
import { wireSymbol } from './wire-symbol.ts';

export interface Sellable {
  readonly instrument: InstrumentId;
  readonly held: Quantity;
  /** Held, less what open sells have claimed. */
  readonly sellable: Quantity;
  /** What a share cost, fees not counted, rounded half up to whole won. */
  readonly costAverage: Won;
  /** 0 until the market printed one. */
  readonly price: Won;
}

/**
 * Shares that can be sold. The official sample names the block `output`, the portal `output1`: either is read.
 *
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 * @throws {FixConfiguration} `kis.not-on-paper`
 * @see spec §5.5
 */
export async function readSellable(
  options: KisBrokerOptions,
  calls: KisCalls,
  instrument: InstrumentId,
): Promise<Sellable> {
  const { trId, body } = await calls.read(tradingEndpoints.sellable, {
    ...accountFields(options.credentials),
    PDNO: wireSymbol(options, instrument),
  });
  const row = new WireRow(trId, blockOf(trId, body, isFilled(body['output']) ? 'output' : 'output1'), sellableFields);
  // An answer about something else must not become what may be sold of this.
  if (row.instrument('pdno') !== instrument) throw row.unreadable('pdno', 'another instrument');
  return {
    instrument,
    held: row.quantity('cblc_qty'),
    sellable: row.quantity('ord_psbl_qty'),
    costAverage: row.average('pchs_avg_pric'),
    price: row.won('now_pric'),
  };
}

/** A server that knows both names may leave one of them empty. */
function isFilled(block: unknown): boolean {
  const [first] = Array.isArray(block) ? block : [block];
  return typeof first === 'object' && first !== null && Object.keys(first).length > 0;
}
