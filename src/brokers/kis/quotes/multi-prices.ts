import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow, wireInstrument } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardCodes, type Board } from './quote-codes.ts';
import { amountOrNull, hundredthsOrNull, priceOrNull, quantityOrNull } from './quote-numbers.ts';

/** One row of the price list. */
export interface ListedPrice {
  readonly instrument: InstrumentId;
  readonly name: string;
  readonly price: Won | null;
  readonly change: Won | null;
  readonly changeBps: number | null;
  readonly open: Won | null;
  readonly high: Won | null;
  readonly low: Won | null;
  readonly basePrice: Won | null;
  readonly upperLimit: Won | null;
  readonly lowerLimit: Won | null;
  readonly ask: Won | null;
  readonly bid: Won | null;
  readonly volume: number | null;
  /** Won traded today. */
  readonly value: Won | null;
}

/** Instruments of one call. @see spec §4.2 */
const multiPriceMax = 30;

const fields = [
  'inter_shrn_iscd',
  'inter_kor_isnm',
  'inter2_prpr',
  'inter2_prdy_vrss',
  'prdy_ctrt',
  'inter2_oprc',
  'inter2_hgpr',
  'inter2_lwpr',
  'inter2_sdpr',
  'inter2_mxpr',
  'inter2_llam',
  'inter2_askp',
  'inter2_bidp',
  'acml_vol',
  'acml_tr_pbmn',
] as const;

/**
 * Prices of any number of instruments, 30 a call, one call after the other; an instrument asked for twice is asked for
 * once. What KIS does not know has no entry. Real only.
 *
 * @throws {FixConfiguration} `kis.not-on-paper`
 */
export async function readPrices(
  calls: KisCalls,
  instruments: readonly InstrumentId[],
  board: Exclude<Board, 'unified'>,
): Promise<ReadonlyMap<InstrumentId, ListedPrice>> {
  const wanted = [...new Set(instruments)];
  const prices = new Map<InstrumentId, ListedPrice>();
  for (let start = 0; start < wanted.length; start += multiPriceMax) {
    const query = listQuery(wanted.slice(start, start + multiPriceMax), board);
    const { trId, body } = await calls.read(quoteEndpoints.prices, query);
    for (const block of rowsOf(trId, body, 'output')) {
      const price = priceOf(new WireRow(trId, block, fields));
      if (price !== null) prices.set(price.instrument, price);
    }
  }
  return prices;
}

function listQuery(instruments: readonly InstrumentId[], board: Board): Record<string, string> {
  return Object.fromEntries(
    instruments.flatMap((instrument, index) => [
      [`FID_COND_MRKT_DIV_CODE_${index + 1}`, boardCodes[board]],
      [`FID_INPUT_ISCD_${index + 1}`, symbolOf(instrument)],
    ]),
  );
}

function priceOf(row: WireRow<(typeof fields)[number]>): ListedPrice | null {
  const instrument = wireInstrument(row.text('inter_shrn_iscd'));
  if (instrument === null) return null;
  return {
    instrument,
    name: row.text('inter_kor_isnm'),
    price: priceOrNull(row, 'inter2_prpr'),
    change: amountOrNull(row, 'inter2_prdy_vrss'),
    changeBps: hundredthsOrNull(row, 'prdy_ctrt'),
    open: priceOrNull(row, 'inter2_oprc'),
    high: priceOrNull(row, 'inter2_hgpr'),
    low: priceOrNull(row, 'inter2_lwpr'),
    basePrice: priceOrNull(row, 'inter2_sdpr'),
    upperLimit: priceOrNull(row, 'inter2_mxpr'),
    lowerLimit: priceOrNull(row, 'inter2_llam'),
    ask: priceOrNull(row, 'inter2_askp'),
    bid: priceOrNull(row, 'inter2_bidp'),
    volume: quantityOrNull(row, 'acml_vol'),
    value: amountOrNull(row, 'acml_tr_pbmn'),
  };
}
