import type { Position } from '#domain/position.ts';
import { won } from '#domain/won.ts';
import { nextTradingDay } from '#markets/calendar.ts';

import type { AccountState, SimulatedFill } from '../venue/account-state.ts';
import { encodeBlock } from './encode-block.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import { percentText } from './text-fields.ts';
import type { Venue } from '../venue/venue.ts';

/** `output1` of `inquire-balance`, sorted by code; symbols sold out stay with 0 shares until the sale settles. @see spec A.6 */
export function encodeHoldings(account: AccountState, venue: Venue): Record<string, string>[] {
  const { date } = venue.state;
  const recent = account.fills.filter((fill) => Temporal.PlainDate.compare(fill.settlementDate, date) > 0);
  const held = [...account.ledger.positions.values()];
  const ids = new Set([...held.map(({ instrument }) => instrument), ...recent.map(({ instrument }) => instrument)]);
  const rows: Record<string, string>[] = [];
  for (const desk of venue.floor.desks()) {
    if (!ids.has(desk.instrument.id)) continue;
    const fills = recent.filter((fill) => fill.instrument === desk.instrument.id);
    rows.push(holdingRow(desk, account.ledger.positions.get(desk.instrument.id), { account, fills, date }));
  }
  return rows.sort((a, b) => ((a['pdno'] ?? '') < (b['pdno'] ?? '') ? -1 : 1));
}

interface HoldingContext {
  readonly account: AccountState;
  /** Fills of the instrument that have not settled. */
  readonly fills: readonly SimulatedFill[];
  readonly date: Temporal.PlainDate;
}

function holdingRow(desk: Desk, position: Position | undefined, context: HoldingContext): Record<string, string> {
  const { instrument, stats, basePrice } = desk;
  const shares = position?.quantity ?? 0;
  const cost = position?.cost ?? 0;
  const value = stats.last * shares;
  const gain = value - cost;
  const { fills, date, account } = context;
  const isToday = (fill: SimulatedFill): boolean => fill.tradeDate.equals(date);
  const isYesterday = (fill: SimulatedFill): boolean => !isToday(fill) && nextTradingDay(fill.tradeDate).equals(date);
  return encodeBlock('holding', {
    pdno: instrument.symbol,
    prdt_name: instrument.name,
    trad_dvsn_name: '현금',
    bfdy_buy_qty: sumOf(fills, 'buy', isYesterday),
    bfdy_sll_qty: sumOf(fills, 'sell', isYesterday),
    thdt_buyqty: sumOf(fills, 'buy', isToday),
    thdt_sll_qty: sumOf(fills, 'sell', isToday),
    hldg_qty: shares,
    ord_psbl_qty: account.freeShares(instrument),
    pchs_avg_pric: (shares === 0 ? 0 : cost / shares).toFixed(4),
    pchs_amt: cost,
    prpr: stats.last,
    evlu_amt: value,
    evlu_pfls_amt: gain,
    evlu_pfls_rt: percentText(gain, cost),
    evlu_erng_rt: percentText(gain, cost, 8),
    fltt_rt: percentText(stats.last - basePrice, basePrice, 8),
    bfdy_cprs_icdc: stats.last - basePrice,
    item_mgna_rt_name: '20%',
    grta_rt_name: '',
    sbst_pric: Math.floor(basePrice * 0.7),
    stck_loan_unpr: '0.0000',
  });
}

/** `output2` of `inquire-balance`: one object, sent as an array of one. */
export function encodeBalance(account: AccountState, venue: Venue): Record<string, string> {
  const { ledger } = account;
  const { date } = venue.state;
  const tomorrow = nextTradingDay(date);
  const dueBy = (day: Temporal.PlainDate): number =>
    ledger.pending
      .filter((settlement) => Temporal.PlainDate.compare(settlement.date, day) <= 0)
      .reduce((sum, settlement) => sum + settlement.amount, 0);
  const settled = ledger.cash + dueBy(nextTradingDay(tomorrow));
  const { value, cost } = worthOf(account, venue);
  const traded = tradedAmounts(account, date);
  return encodeBlock('balance', {
    dnca_tot_amt: ledger.cash,
    nxdy_excc_amt: ledger.cash + dueBy(tomorrow),
    prvs_rcdl_excc_amt: settled,
    ...traded,
    scts_evlu_amt: value,
    tot_evlu_amt: value + settled,
    nass_amt: value + settled,
    fncg_gld_auto_rdpt_yn: '',
    pchs_amt_smtl_amt: cost,
    evlu_amt_smtl_amt: value,
    evlu_pfls_smtl_amt: value - cost,
    bfdy_tot_asst_evlu_amt: value + settled,
    asst_icdc_erng_rt: '0.00000000',
  });
}

/** What the held shares are worth now, and what was paid for them. */
export function worthOf(account: AccountState, venue: Venue): { readonly value: number; readonly cost: number } {
  let value = 0;
  let cost = 0;
  for (const desk of venue.floor.desks()) {
    const position = account.ledger.positions.get(desk.instrument.id);
    value += (position?.quantity ?? 0) * desk.stats.last;
    cost += position?.cost ?? 0;
  }
  return { value: won(value), cost: won(cost) };
}

function tradedAmounts(account: AccountState, date: Temporal.PlainDate): Record<string, number> {
  const amounts = {
    thdt_buy_amt: 0,
    thdt_sll_amt: 0,
    thdt_tlex_amt: 0,
    bfdy_buy_amt: 0,
    bfdy_sll_amt: 0,
    bfdy_tlex_amt: 0,
  };
  for (const fill of account.fills) {
    if (Temporal.PlainDate.compare(fill.settlementDate, date) <= 0) continue;
    const value = fill.price * fill.quantity;
    const costs = fill.fee + fill.tax;
    if (fill.tradeDate.equals(date)) {
      amounts[fill.side === 'buy' ? 'thdt_buy_amt' : 'thdt_sll_amt'] += value;
      amounts.thdt_tlex_amt += costs;
    } else if (nextTradingDay(fill.tradeDate).equals(date)) {
      amounts[fill.side === 'buy' ? 'bfdy_buy_amt' : 'bfdy_sll_amt'] += value;
      amounts.bfdy_tlex_amt += costs;
    }
  }
  return amounts;
}

function sumOf(
  fills: readonly SimulatedFill[],
  side: 'buy' | 'sell',
  isMeant: (fill: SimulatedFill) => boolean,
): number {
  let sum = 0;
  for (const fill of fills) if (fill.side === side && isMeant(fill)) sum += fill.quantity;
  return sum;
}
