import type { Broker, Call } from '../host/route.ts';
import type { Desk } from '../venue/floor/market-floor.ts';

/** Rows of one ranking. */
export const rankingRows = 30;

/** Places of `FID_TRGT_EXLS_CLS_CODE`, a digit each, that this venue has instruments for: 1 leaves them out. */
const excludedKinds = { etf: 6, etn: 7 } as const;

/**
 * Desks that a ranking may show, on the board that the market division names: those of the market `FID_INPUT_ISCD` names (0000 all, 0001 KOSPI, 1001 KOSDAQ),
 * between both prices, with at least the volume asked for, without the kinds left out. Empty fields ask for nothing.
 */
export function rankable(call: Call, { floor }: Broker['venue']): readonly Desk[] {
  const board = call.field('FID_COND_MRKT_DIV_CODE') === 'NX' ? 'NXT' : 'KRX';
  const market = call.field('FID_INPUT_ISCD');
  const [lowest, highest] = [wonOf(call.field('FID_INPUT_PRICE_1')), wonOf(call.field('FID_INPUT_PRICE_2'))];
  const leastVolume = wonOf(call.field('FID_VOL_CNT')) ?? 0;
  const excluded = call.field('FID_TRGT_EXLS_CLS_CODE');
  const desks = [...floor.desks()].flatMap(({ instrument }) => floor.desk(instrument.symbol, board) ?? []);
  return desks.filter(({ instrument, stats }) => {
    if (instrument.kind !== 'stock' && excluded.charAt(excludedKinds[instrument.kind]) === '1') return false;
    if (lowest !== null && stats.last < lowest) return false;
    if (highest !== null && stats.last > highest) return false;
    return stats.volume >= leastVolume && isOfMarket(market, instrument.market);
  });
}

/** A whole number of won, percent or shares; null when the field is empty or none. 0 asks for nothing, too. */
export function wonOf(text: string): number | null {
  const value = Number(text.trim());
  return text.trim() === '' || !Number.isFinite(value) || value === 0 ? null : value;
}

function isOfMarket(code: string, market: string): boolean {
  if (code === '0001' || code === '2001') return market === 'KOSPI';
  return code !== '1001' || market === 'KOSDAQ';
}
