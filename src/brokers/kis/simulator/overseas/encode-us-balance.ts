import { percentText } from '../encode/text-fields.ts';
import { dollarText, encodeUsBlock } from './encode-us-block.ts';
import { rateText } from './encode-us-quotes.ts';
import { moneyOf, type UsAccount, type UsFill, type UsHolding } from './us-account.ts';
import { usCommission, wonAtRate } from './us-fees.ts';
import { usExchanges } from './us-listings.ts';
import type { UsVenue } from './us-venue.ts';

/** Account number as its holdings repeat it. */
export interface AccountFields {
  readonly CANO: string;
  readonly ACNT_PRDT_CD: string;
}

/** `output1` of `inquire-balance`. @see spec A.16 */
export function encodeUsHolding(
  holding: UsHolding,
  { account, venue, of }: { readonly account: UsAccount; readonly venue: UsVenue; readonly of: AccountFields },
): Record<string, string> {
  const { listing, quantity, cost } = holding;
  const { price, value } = worthOf(holding, venue);
  return encodeUsBlock('holding', {
    cano: of.CANO,
    acnt_prdt_cd: of.ACNT_PRDT_CD,
    prdt_type_cd: usExchanges[listing.exchange].productType,
    ovrs_pdno: listing.symbol,
    ovrs_item_name: listing.name,
    frcr_evlu_pfls_amt: dollarText(value - cost, 6),
    evlu_pfls_rt: percentText(value - cost, cost),
    // Rounded half up to 1/10,000 dollar.
    pchs_avg_pric: dollarText(Math.round(cost / quantity)),
    ovrs_cblc_qty: quantity,
    ord_psbl_qty: account.freeShares(listing.symbol),
    frcr_pchs_amt1: dollarText(cost, 5),
    ovrs_stck_evlu_amt: dollarText(value, 8),
    now_pric2: dollarText(price),
    tr_crcy_cd: 'USD',
    ovrs_excg_cd: listing.exchange,
    loan_type_cd: '00',
  });
}

/** `output2` of `inquire-balance`. */
export function encodeUsBalanceTotals(account: UsAccount, venue: UsVenue): Record<string, string> {
  const { cost, value } = totalWorth(account, venue);
  const realised = realisedOf(account.fills);
  const sold = account.fills.reduce((sum, fill) => sum + fill.cost, 0);
  return encodeUsBlock('balanceTotals', {
    frcr_pchs_amt1: dollarText(cost, 5),
    ovrs_rlzt_pfls_amt: dollarText(realised, 5),
    ovrs_tot_pfls: dollarText(realised + value - cost, 5),
    rlzt_erng_rt: percentText(realised, sold, 8),
    tot_evlu_pfls_amt: dollarText(value - cost, 8),
    tot_pftrt: percentText(value - cost, cost, 8),
    frcr_buy_amt_smtl1: dollarText(cost, 6),
    ovrs_rlzt_pfls_amt2: dollarText(realised, 5),
    frcr_buy_amt_smtl2: dollarText(cost, 6),
  });
}

/** `output1` of `inquire-present-balance`. @see spec A.16d */
export function encodeUsPresentHolding(holding: UsHolding, account: UsAccount, venue: UsVenue): Record<string, string> {
  const { listing, quantity, cost } = holding;
  const { price, value } = worthOf(holding, venue);
  const { name, productType } = usExchanges[listing.exchange];
  const day = venue.date.toString();
  const today = account.fills.filter((fill) => fill.date === day && fill.listing === listing);
  return encodeUsBlock('presentHolding', {
    prdt_name: listing.name,
    cblc_qty13: `${quantity}.00000000`,
    thdt_buy_ccld_qty1: `${sharesOf(today, 'buy')}.00000000`,
    thdt_sll_ccld_qty1: `${sharesOf(today, 'sell')}.00000000`,
    ccld_qty_smtl1: `${quantity}.00000000`,
    ord_psbl_qty1: `${account.freeShares(listing.symbol)}.00000000`,
    frcr_pchs_amt: dollarText(cost, 5),
    frcr_evlu_amt2: dollarText(value, 6),
    evlu_pfls_amt2: dollarText(value - cost, 5),
    evlu_pfls_rt1: percentText(value - cost, cost, 8),
    pdno: listing.symbol,
    bass_exrt: rateText(),
    buy_crcy_cd: 'USD',
    ovrs_now_pric1: dollarText(price, 5),
    avg_unpr3: dollarText(Math.round(cost / quantity)),
    tr_mket_name: name,
    natn_kor_name: '미국',
    pchs_rmnd_wcrc_amt: wonAtRate(cost),
    thdt_buy_ccld_frcr_amt: dollarText(valueOf(today, 'buy'), 5),
    thdt_sll_ccld_frcr_amt: dollarText(valueOf(today, 'sell'), 5),
    unit_amt: 1,
    std_pdno: listing.isin,
    prdt_type_cd: productType,
    scts_dvsn_name: '해외주식',
    ovrs_excg_cd: listing.exchange,
  });
}

/** `output2` of the same: one row, dollars. */
export function encodeUsCurrency(account: UsAccount, venue: UsVenue): Record<string, string> {
  const day = venue.date.toString();
  const today = account.fills.filter((fill) => fill.date === day);
  const settled = account.settledCash(venue.date);
  const drawable = Math.max(0, Math.min(settled, account.freeCash()));
  return encodeUsBlock('presentCurrency', {
    crcy_cd: 'USD',
    crcy_cd_name: '미국 달러',
    frcr_buy_amt_smtl: dollarText(valueOf(today, 'buy'), 5),
    frcr_sll_amt_smtl: dollarText(valueOf(today, 'sell'), 5),
    frcr_dncl_amt_2: dollarText(settled, 6),
    frst_bltn_exrt: rateText(),
    frcr_buy_mgn_amt: dollarText(account.cash - account.freeCash()),
    frcr_drwg_psbl_amt_1: dollarText(drawable, 6),
    frcr_evlu_amt2: wonAtRate(drawable),
    acpl_cstd_crcy_yn: 'Y',
    nxdy_frcr_drwg_psbl_amt: dollarText(Math.max(0, account.freeCash())),
  });
}

/** `output3` of the same, in won at the simulated rate; the account's own won are in the balance at home. */
export function encodeUsPresentTotals(account: UsAccount, venue: UsVenue): Record<string, string> {
  const { cost, value } = totalWorth(account, venue);
  const settled = account.settledCash(venue.date);
  const unsettled = account.fills.filter((fill) => fill.settles > venue.date.toString());
  const gain = wonAtRate(value) - wonAtRate(cost);
  return encodeUsBlock('presentTotals', {
    pchs_amt_smtl: wonAtRate(cost),
    evlu_amt_smtl: wonAtRate(value),
    evlu_pfls_amt_smtl: gain,
    dncl_amt: 0,
    tot_dncl_amt: wonAtRate(settled),
    frcr_evlu_tota: wonAtRate(settled),
    evlu_erng_rt1: percentText(value - cost, cost, 8),
    pchs_amt_smtl_amt: wonAtRate(cost),
    evlu_amt_smtl_amt: wonAtRate(value),
    tot_evlu_pfls_amt: gain,
    tot_asst_amt: wonAtRate(value + account.cash),
    buy_mgn_amt: wonAtRate(account.cash - account.freeCash()),
    frcr_use_psbl_amt: wonAtRate(Math.max(0, account.freeCash())),
    ustl_sll_amt_smtl: wonAtRate(valueOf(unsettled, 'sell')),
    ustl_buy_amt_smtl: wonAtRate(valueOf(unsettled, 'buy')),
    tot_frcr_cblc_smtl: dollarText(settled, 6),
  });
}

/** `output` of `inquire-psamount`; shares without fee, as the broker counts them at home, but so that they can be paid. */
export function encodeUsBuyable(account: UsAccount, price: number): Record<string, string> {
  const free = Math.max(0, account.freeCash());
  const dollars = dollarText(Math.floor(free / 100) * 100).slice(0, -2);
  const shares = sharesFor(free, price);
  return encodeUsBlock('buyable', {
    tr_crcy_cd: 'USD',
    ord_psbl_frcr_amt: dollars,
    ovrs_ord_psbl_amt: dollars,
    max_ord_psbl_qty: shares,
    echm_af_ord_psbl_amt: dollars,
    echm_af_ord_psbl_qty: shares,
    ord_psbl_qty: shares,
    exrt: rateText(),
    frcr_ord_psbl_amt1: dollars,
    ovrs_max_ord_psbl_qty: shares,
  });
}

/** What all sales brought beyond what the shares and both fees had cost. */
function realisedOf(fills: readonly UsFill[]): number {
  let realised = 0;
  for (const fill of fills) if (fill.side === 'sell') realised += moneyOf(fill) - fill.cost;
  return realised;
}

function sharesFor(free: number, price: number): number {
  if (price <= 0) return 0;
  let shares = Math.floor(free / price);
  while (shares > 0 && price * shares + usCommission(price * shares) > free) shares -= 1;
  return shares;
}

function worthOf({ listing, quantity }: UsHolding, venue: UsVenue): { readonly price: number; readonly value: number } {
  const price = venue.prices.now(listing, venue.now).last;
  return { price, value: price * quantity };
}

function totalWorth(account: UsAccount, venue: UsVenue): { readonly cost: number; readonly value: number } {
  let [cost, value] = [0, 0];
  for (const holding of account.holdings.values()) {
    cost += holding.cost;
    value += worthOf(holding, venue).value;
  }
  return { cost, value };
}

function sharesOf(fills: readonly UsFill[], side: 'buy' | 'sell'): number {
  return fills.reduce((sum, fill) => sum + (fill.side === side ? fill.quantity : 0), 0);
}

function valueOf(fills: readonly UsFill[], side: 'buy' | 'sell'): number {
  return fills.reduce((sum, fill) => sum + (fill.side === side ? fill.price * fill.quantity : 0), 0);
}
