import { percentText } from '../encode/text-fields.ts';
import { dollarText, encodeUsBlock } from './encode-us-block.ts';
import { rateText } from './encode-us-quotes.ts';
import type { UsFill } from './us-account.ts';

interface Sale {
  readonly first: UsFill;
  quantity: number;
  value: number;
  fees: number;
  cost: number;
}

/** Sales by day and symbol, oldest first, in dollars: `output1` and `output2` of the period's profit. */
export function usProfitBlocks(
  sales: readonly UsFill[],
  baseDate: string,
): { readonly rows: readonly Record<string, string>[]; readonly totals: Record<string, string> } {
  const groups = new Map<string, Sale>();
  for (const fill of sales) {
    const key = `${fill.date} ${fill.listing.symbol}`;
    const group = groups.get(key) ?? { first: fill, quantity: 0, value: 0, fees: 0, cost: 0 };
    group.quantity += fill.quantity;
    group.value += fill.price * fill.quantity;
    group.fees += fill.fee;
    group.cost += fill.cost;
    groups.set(key, group);
  }
  const all = [...groups.values()];
  const sum = (of: (sale: Sale) => number): number => all.reduce((total, sale) => total + of(sale), 0);
  const realised = sum(realisedOf);
  const totals = encodeUsBlock('profitTotals', {
    stck_sll_amt_smtl: dollarText(sum(({ value }) => value)),
    stck_buy_amt_smtl: dollarText(sum(({ cost }) => cost)),
    smtl_fee1: dollarText(sum(({ fees }) => fees)),
    excc_dfrm_amt: dollarText(sum(({ value, fees }) => value - fees)),
    ovrs_rlzt_pfls_tot_amt: dollarText(realised),
    tot_pftrt: percentText(
      realised,
      sum(({ cost }) => cost),
    ),
    bass_dt: baseDate,
    exrt: rateText(),
  });
  return { rows: all.map((sale) => rowOf(sale)), totals };
}

/** Averages are rounded half up to 1/10,000 dollar. */
function rowOf(sale: Sale): Record<string, string> {
  const { first, quantity, value, fees, cost } = sale;
  return encodeUsBlock('profitRow', {
    trad_day: first.date.replaceAll('-', ''),
    ovrs_pdno: first.listing.symbol,
    ovrs_item_name: first.listing.name,
    slcl_qty: quantity,
    pchs_avg_pric: dollarText(Math.round(cost / quantity)),
    frcr_pchs_amt1: dollarText(cost),
    avg_sll_unpr: dollarText(Math.round(value / quantity)),
    frcr_sll_amt_smtl1: dollarText(value),
    stck_sll_tlex: dollarText(fees),
    ovrs_rlzt_pfls_amt: dollarText(realisedOf(sale)),
    pftrt: percentText(realisedOf(sale), cost, 8),
    exrt: rateText(),
    ovrs_excg_cd: first.listing.exchange,
    frst_bltn_exrt: rateText(),
  });
}

function realisedOf({ value, fees, cost }: Sale): number {
  return value - fees - cost;
}
