import type { InstrumentKind } from '#domain/instrument.ts';
import { dateNumber } from '#domain/trading-date.ts';
import { portionOfWon, won, type Won } from '#domain/won.ts';
import { boardOn, type BoardSubject } from './board.ts';
import { settlementDay } from './calendar.ts';
import { ruleOn } from './rule-table.ts';
import { sellTaxRates } from './tax-rates.ts';

/** KIS's online fee for stocks, 0.0140527 % (kis.md §9.5, from a fee page). */
export const kisOnlineCommissionPpb = 140_527;

/** KIS's online fee for exchange-traded funds, 0.0146527 %; notes are taken to cost the same. */
const kisOnlineFundCommissionPpb = 146_527;

/** KIS's online fee in parts per billion of the order's value. */
export function commissionPpbOf(kind: InstrumentKind): number {
  return kind === 'stock' ? kisOnlineCommissionPpb : kisOnlineFundCommissionPpb;
}

/** The broker's fee on `value`, cut off to whole won. @throws {RangeError} a rate that is not whole or below 0 */
export function commission(value: Won, ratePpb: number): Won {
  return portionOfWon(value, ratePpb);
}

/** Both parts of what the seller of a stock pays to the state. */
export interface SellTax {
  readonly transactionTax: Won;
  readonly ruralTax: Won;
}

/**
 * The tax on a sale worth `value`, at the rates of the day the trade settles; each part is cut off to whole won on its
 * own. Funds and notes are exempt.
 *
 * @param tradeDate the day of the trade, whose settlement decides the rates
 * @throws {RangeError} when the settlement day lies outside the calendar, or the market did not exist
 */
export function sellTax(
  of: BoardSubject & { readonly kind: InstrumentKind },
  value: Won,
  tradeDate: Temporal.PlainDate,
): SellTax {
  if (of.kind !== 'stock') return exempt;
  const tradedOn = dateNumber(tradeDate);
  return sellTaxSettling(of, value, { tradedOn, settlesOn: settlementDay(tradedOn) });
}

const exempt: SellTax = { transactionTax: won(0), ruralTax: won(0) };

/**
 * `sellTax` of a trade whose settlement is known already; days are yyyymmdd. The board is that of the trade.
 *
 * @throws {RangeError} when the market did not exist
 */
export function sellTaxSettling(
  of: BoardSubject & { readonly kind: InstrumentKind },
  value: Won,
  { tradedOn, settlesOn }: { readonly tradedOn: number; readonly settlesOn: number },
): SellTax {
  if (of.kind !== 'stock') return exempt;
  const rates = ruleOn(sellTaxRates, boardOn(of, tradedOn), settlesOn);
  return {
    transactionTax: portionOfWon(value, rates.transactionPpb),
    ruralTax: portionOfWon(value, rates.ruralPpb),
  };
}
