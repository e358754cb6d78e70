import { tickerOf, usMarketOf, type UsInstrumentId } from '#domain/overseas-order.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { dateNumber } from '#domain/trading-date.ts';
import { usdTick, type UsdTick, type WonPerUsd } from '#domain/usd.ts';
import type { Won } from '#domain/won.ts';

import { accountFields } from '../calls/account-number.ts';
import type { KisCalls } from '../calls/calls.ts';
import { blockOf, rowsOf } from '../calls/envelope.ts';
import { readPages } from '../calls/pages.ts';
import { WireRow } from '../calls/wire-row.ts';
import { overseasEndpoints } from '../endpoints/overseas.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { overseasFields } from './overseas-fields.ts';
import { wireUsInstrument } from './us-instrument.ts';
import { usMarketCodes } from './us-market-codes.ts';
import { exchangesAsked } from './us-order-lists.ts';
import { rateField, sharesField, usdField, usdText } from './usd-text.ts';

export interface UsPosition {
  readonly instrument: UsInstrumentId;
  readonly quantity: Quantity;
  readonly sellable: Quantity;
  readonly cost: UsdTick;
  readonly price: UsdTick;
}

/** Cash and holdings with what they are worth in won, by KIS's own rate. */
export interface UsPresentBalance {
  readonly cash: UsdTick;
  readonly withdrawable: UsdTick;
  /** Null when KIS lists no dollars. */
  readonly rate: WonPerUsd | null;
  readonly totalAssets: Won;
  readonly positions: readonly UsPosition[];
}

export interface UsProfitRow {
  readonly date: Temporal.PlainDate;
  readonly instrument: UsInstrumentId;
  readonly quantity: Quantity;
  readonly bought: UsdTick;
  readonly sold: UsdTick;
  readonly costs: UsdTick;
  readonly realised: UsdTick;
}

const unitedStates = '840';
const dollars = 'USD';

/**
 * Holdings of the three US markets. Asked one after another, KIS may name a stock on each of them; a ticker counts
 * once, under the first market that listed it (spec §6.1).
 *
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 */
export async function readUsBalance(options: KisBrokerOptions, calls: KisCalls): Promise<readonly UsPosition[]> {
  const positions = new Map<string, UsPosition>();
  for (const exchange of exchangesAsked(options)) {
    const query = { ...accountFields(options.credentials), OVRS_EXCG_CD: exchange, TR_CRCY_CD: dollars };
    const pages = await readPages(calls, overseasEndpoints.balance, query, budgetOf(options).pagesMax, '200');
    for (const { trId, body } of pages)
      collect(positions, calls, { trId, rows: rowsOf(trId, body, 'output1') }, holdingOf);
  }
  return [...positions.values()];
}

function collect(
  positions: Map<string, UsPosition>,
  calls: KisCalls,
  { trId, rows }: { readonly trId: string; readonly rows: readonly unknown[] },
  read: (trId: string, block: unknown) => UsPosition | null,
): void {
  for (const block of rows) {
    const position = read(trId, block);
    if (position === null) calls.report({ kind: 'unsupported-instrument', trId, detail: 'holding left out' });
    else if (position.quantity > 0) addOnce(positions, position);
  }
}

function addOnce(positions: Map<string, UsPosition>, position: UsPosition): void {
  const ticker = tickerOf(position.instrument);
  if (!positions.has(ticker)) positions.set(ticker, position);
}

function holdingOf(trId: string, block: unknown): UsPosition | null {
  const row = new WireRow(trId, block, overseasFields.holding);
  const instrument = wireUsInstrument(row.text('ovrs_excg_cd'), row.text('ovrs_pdno'));
  if (instrument === null) return null;
  return {
    instrument,
    quantity: quantity(sharesField(row, 'ovrs_cblc_qty')),
    sellable: quantity(sharesField(row, 'ord_psbl_qty')),
    cost: usdField(row, 'frcr_pchs_amt1'),
    price: usdField(row, 'now_pric2'),
  };
}

/** Dollars and holdings in one answer; what is worth won is told by KIS and not computed here. */
export async function readUsPresentBalance(options: KisBrokerOptions, calls: KisCalls): Promise<UsPresentBalance> {
  const { trId, body } = await calls.read(overseasEndpoints.presentBalance, {
    ...accountFields(options.credentials),
    WCRC_FRCR_DVSN_CD: '02',
    NATN_CD: unitedStates,
    TR_MKET_CD: '00',
    INQR_DVSN_CD: '00',
  });
  const positions = new Map<string, UsPosition>();
  collect(positions, calls, { trId, rows: rowsOf(trId, body, 'output1') }, presentHoldingOf);
  const currencies = rowsOf(trId, body, 'output2').map(
    (block) => new WireRow(trId, block, overseasFields.presentCurrency),
  );
  const usd = currencies.find((row) => row.text('crcy_cd') === dollars);
  const totals = new WireRow(trId, blockOf(trId, body, 'output3'), overseasFields.presentTotals);
  return {
    cash: usd === undefined ? usdTick(0) : usdField(usd, 'frcr_dncl_amt_2'),
    withdrawable: usd === undefined ? usdTick(0) : usdField(usd, 'frcr_drwg_psbl_amt_1'),
    rate: usd === undefined ? null : rateField(usd, 'frst_bltn_exrt'),
    totalAssets: totals.amount('tot_asst_amt'),
    positions: [...positions.values()],
  };
}

function presentHoldingOf(trId: string, block: unknown): UsPosition | null {
  const row = new WireRow(trId, block, overseasFields.presentHolding);
  const instrument = wireUsInstrument(row.text('ovrs_excg_cd'), row.text('pdno'));
  if (instrument === null) return null;
  return {
    instrument,
    quantity: quantity(sharesField(row, 'cblc_qty13')),
    sellable: quantity(sharesField(row, 'ord_psbl_qty1')),
    cost: usdField(row, 'frcr_pchs_amt'),
    price: usdField(row, 'ovrs_now_pric1'),
  };
}

/** What a buy at `price` may use: dollars, and shares without fee, as KIS counts them. */
export async function readUsBuyable(
  options: KisBrokerOptions,
  calls: KisCalls,
  instrument: UsInstrumentId,
  price: UsdTick,
): Promise<{ readonly cash: UsdTick; readonly quantity: Quantity; readonly rate: WonPerUsd }> {
  const { trId, body } = await calls.read(overseasEndpoints.buyable, {
    ...accountFields(options.credentials),
    OVRS_EXCG_CD: usMarketCodes[usMarketOf(instrument)].exchange,
    OVRS_ORD_UNPR: usdText(price),
    ITEM_CD: tickerOf(instrument),
  });
  const row = new WireRow(trId, blockOf(trId, body, 'output'), overseasFields.buyable);
  if (row.text('tr_crcy_cd') !== dollars) throw row.unreadable('tr_crcy_cd', 'not USD');
  return {
    cash: usdField(row, 'ord_psbl_frcr_amt'),
    quantity: quantity(sharesField(row, 'max_ord_psbl_qty')),
    rate: rateField(row, 'exrt'),
  };
}

/** What was sold from `from` to `to`, both included, in dollars. */
export async function readUsProfit(
  options: KisBrokerOptions,
  calls: KisCalls,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<readonly UsProfitRow[]> {
  const query = {
    ...accountFields(options.credentials),
    OVRS_EXCG_CD: '',
    NATN_CD: unitedStates,
    CRCY_CD: dollars,
    PDNO: '',
    INQR_STRT_DT: String(dateNumber(from)),
    INQR_END_DT: String(dateNumber(to)),
    WCRC_FRCR_DVSN_CD: '01',
  };
  const pages = await readPages(calls, overseasEndpoints.profitByPeriod, query, budgetOf(options).pagesMax, '200');
  return pages.flatMap(({ trId, body }) =>
    rowsOf(trId, body, 'output1').flatMap((block) => {
      const row = profitOf(trId, block);
      if (row === null) calls.report({ kind: 'unsupported-instrument', trId, detail: 'profit row left out' });
      return row === null ? [] : [row];
    }),
  );
}

function profitOf(trId: string, block: unknown): UsProfitRow | null {
  const row = new WireRow(trId, block, overseasFields.periodProfitRow);
  const instrument = wireUsInstrument(row.text('ovrs_excg_cd'), row.text('ovrs_pdno'));
  if (instrument === null) return null;
  return {
    date: row.date('trad_day'),
    instrument,
    quantity: quantity(sharesField(row, 'slcl_qty')),
    bought: usdField(row, 'frcr_pchs_amt1'),
    sold: usdField(row, 'frcr_sll_amt_smtl1'),
    costs: usdField(row, 'stck_sll_tlex'),
    realised: usdField(row, 'ovrs_rlzt_pfls_amt'),
  };
}
