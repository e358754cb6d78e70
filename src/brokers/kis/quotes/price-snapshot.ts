import type { Clock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { PriceSnapshot } from '#domain/market-data.ts';

import { blockOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { priceFields } from '../wire-types.ts';
import { boardQuery } from './board-query.ts';
import type { ChartSource } from './chart-source.ts';

/**
 * The price as the port of all brokers wants it, of the KRX board. Before the first trade of the day open, high and low
 * are 0. The answer carries no time: it is ours.
 */
export async function readPrice(
  { calls, names, clock }: ChartSource & { readonly clock: Clock },
  instrument: InstrumentId,
): Promise<PriceSnapshot> {
  const { trId, body } = await calls.read(quoteEndpoints.price, boardQuery(instrument, 'krx'));
  const row = new WireRow(trId, blockOf(trId, body, 'output'), priceFields);
  return {
    instrument,
    name: names.nameOf(instrument),
    at: clock.now(),
    price: row.price('stck_prpr'),
    basePrice: row.price('stck_sdpr'),
    open: row.won('stck_oprc'),
    high: row.won('stck_hgpr'),
    low: row.won('stck_lwpr'),
    upperLimit: row.price('stck_mxpr'),
    lowerLimit: row.price('stck_llam'),
    volumeOfDay: row.whole('acml_vol'),
  };
}
