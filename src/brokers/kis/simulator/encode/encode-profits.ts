import type { Instrument } from '#domain/instrument.ts';

import type { RealisedFill } from '../venue/orders/realised-fills.ts';
import { accountInquiryFields } from './account-inquiry-fields.ts';
import { encodeFields } from './encode-fields.ts';
import { percentText } from './text-fields.ts';

/** Sums over some fills, in won and shares. */
export interface ProfitSums {
  readonly buyQuantity: number;
  readonly buyValue: number;
  readonly buyFee: number;
  readonly sellQuantity: number;
  readonly sellValue: number;
  readonly sellFee: number;
  readonly tax: number;
  readonly cost: number;
  readonly realised: number;
}

export function profitSums(fills: readonly RealisedFill[]): ProfitSums {
  const sums = {
    buyQuantity: 0,
    buyValue: 0,
    buyFee: 0,
    sellQuantity: 0,
    sellValue: 0,
    sellFee: 0,
    tax: 0,
    cost: 0,
    realised: 0,
  };
  for (const { fill, cost, realised } of fills) {
    const side = fill.side === 'buy' ? 'buy' : 'sell';
    sums[`${side}Quantity`] += fill.quantity;
    sums[`${side}Value`] += fill.price * fill.quantity;
    sums[`${side}Fee`] += fill.fee;
    sums.tax += fill.tax;
    sums.cost += cost;
    sums.realised += realised;
  }
  return sums;
}

/** One row of `inquire-period-profit`. @see spec A.9 */
export function encodeProfitOfDay(date: Temporal.PlainDate, fills: readonly RealisedFill[]): Record<string, string> {
  const sums = profitSums(fills);
  return encodeFields(accountInquiryFields.profitOfDay, {
    trad_dt: date.toString().replaceAll('-', ''),
    buy_amt: sums.buyValue,
    sll_amt: sums.sellValue,
    rlzt_pfls: sums.realised,
    fee: sums.buyFee + sums.sellFee,
    tl_tax: sums.tax,
    pfls_rt: percentText(sums.realised, sums.cost, 8),
    sll_qty1: sums.sellQuantity,
    buy_qty1: sums.buyQuantity,
  });
}

/** One row of `inquire-period-trade-profit`: a day of one instrument; averages rounded half up. @see spec A.9b */
export function encodeProfitOfTrade(
  date: Temporal.PlainDate,
  instrument: Instrument,
  fills: readonly RealisedFill[],
): Record<string, string> {
  const sums = profitSums(fills);
  const { buyQuantity, buyValue, sellQuantity, sellValue, cost } = sums;
  const [paid, shares] = sellQuantity > 0 ? [cost, sellQuantity] : [buyValue, buyQuantity];
  return encodeFields(accountInquiryFields.profitOfTrade, {
    trad_dt: date.toString().replaceAll('-', ''),
    pdno: instrument.symbol,
    prdt_name: instrument.name,
    trad_dvsn_name: '현금',
    hldg_qty: fills.at(-1)?.held ?? 0,
    pchs_unpr: (shares === 0 ? 0 : paid / shares).toFixed(4),
    buy_qty: buyQuantity,
    buy_amt: buyValue,
    sll_pric: sellQuantity === 0 ? 0 : Math.round(sellValue / sellQuantity),
    sll_qty: sellQuantity,
    sll_amt: sellValue,
    rlzt_pfls: sums.realised,
    pfls_rt: percentText(sums.realised, cost, 8),
    fee: sums.buyFee + sums.sellFee,
    tl_tax: sums.tax,
  });
}

/** `output2` of both; the quantity bought has another name in each, and only the second tells a rate. */
export function encodeProfitTotals(kind: 'day' | 'trade', sums: ProfitSums): Record<string, string> {
  const { sellQuantity, sellValue, sellFee, tax, buyQuantity, buyValue, buyFee } = sums;
  const shared = {
    sll_qty_smtl: sellQuantity,
    sll_tr_amt_smtl: sellValue,
    sll_fee_smtl: sellFee,
    sll_tltx_smtl: tax,
    sll_excc_amt_smtl: sellValue - sellFee - tax,
    buy_tr_amt_smtl: buyValue,
    buy_fee_smtl: buyFee,
    buy_excc_amt_smtl: buyValue + buyFee,
    tot_qty: sellQuantity + buyQuantity,
    tot_tr_amt: sellValue + buyValue,
    tot_fee: sellFee + buyFee,
    tot_tltx: tax,
    tot_excc_amt: sellValue - sellFee - tax - buyValue - buyFee,
    tot_rlzt_pfls: sums.realised,
  };
  if (kind === 'day') {
    return encodeFields(accountInquiryFields.profitOfDayTotals, { ...shared, buy_qty_smtl: buyQuantity });
  }
  return encodeFields(accountInquiryFields.profitOfTradeTotals, {
    ...shared,
    buyqty_smtl: buyQuantity,
    tot_pftrt: percentText(sums.realised, sums.cost, 8),
  });
}
