import type { InstrumentId } from '#domain/instrument.ts';
import type { Quantity } from '#domain/quantity.ts';
import { dateNumber } from '#domain/trading-date.ts';
import type { Won } from '#domain/won.ts';

import { accountFields } from '../calls/account-number.ts';
import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { blockOf, rowsOf } from '../calls/envelope.ts';
import { readPages } from '../calls/pages.ts';
import { unreadable, WireRow } from '../calls/wire-row.ts';
import type { KisEndpoint } from '../endpoints/endpoint.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { profitOfDayFields, profitOfTradeFields, profitTotalFields } from './account-fields.ts';
import type { OrderPeriod } from './order-list.ts';
import { wireSymbol } from './wire-symbol.ts';

/** What both lists say of a day: results in won after costs, negative for a loss. */
interface Profit {
  readonly date: Temporal.PlainDate;
  readonly bought: Quantity;
  readonly buyValue: Won;
  readonly sold: Quantity;
  readonly sellValue: Won;
  readonly realised: Won;
  readonly fee: Won;
  readonly tax: Won;
  readonly loanInterest: Won;
}

export type ProfitOfDay = Profit;

export interface ProfitOfTrade extends Profit {
  readonly instrument: InstrumentId;
  readonly name: string;
  readonly held: Quantity;
  /** What a share cost and what it was sold for on average, rounded half up to whole won. */
  readonly costAverage: Won;
  readonly sellPriceAverage: Won;
}

/** Oldest first, with the sums as KIS gives them. */
export interface ProfitList<Row> {
  readonly rows: readonly Row[];
  readonly realised: Won;
  readonly fee: Won;
  readonly tax: Won;
}

export type ProfitByDay = ProfitList<ProfitOfDay>;
export type ProfitByTrade = ProfitList<ProfitOfTrade>;

/**
 * Realised result of each day of a period, both ends inclusive.
 *
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 * @throws {FixConfiguration} `kis.not-on-paper`
 * @see appendix A.9
 */
export async function readProfitByDay(
  options: KisBrokerOptions,
  calls: KisCalls,
  period: OrderPeriod,
): Promise<ProfitByDay> {
  const query = { ...periodQuery(options, period), SORT_DVSN: '01', INQR_DVSN: '00', CBLC_DVSN: '00', PDNO: '' };
  return readProfits(options, calls, { endpoint: tradingEndpoints.profitByDay, query }, (trId, block) => {
    const row = new WireRow(trId, block, profitOfDayFields);
    return { ...profitOf(row), bought: row.quantity('buy_qty1'), sold: row.quantity('sll_qty1') };
  });
}

/**
 * Realised result of each instrument and day of a period, both ends inclusive.
 *
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 * @throws {FixConfiguration} `kis.not-on-paper`
 * @see appendix A.9b
 */
export async function readProfitByTrade(
  options: KisBrokerOptions,
  calls: KisCalls,
  period: OrderPeriod,
  instrument?: InstrumentId,
): Promise<ProfitByTrade> {
  const PDNO = instrument === undefined ? '' : wireSymbol(options, instrument);
  const query = { ...periodQuery(options, period), SORT_DVSN: '01', CBLC_DVSN: '00', PDNO };
  return readProfits(options, calls, { endpoint: tradingEndpoints.profitByTrade, query }, (trId, block) => {
    const row = new WireRow(trId, block, profitOfTradeFields);
    const traded = row.instrument('pdno');
    if (traded === null) {
      calls.report({ kind: 'unsupported-instrument', trId, detail: 'profit row left out' });
      return null;
    }
    return { ...profitOf(row), ...tradeOf(row), instrument: traded };
  });
}

function periodQuery(options: KisBrokerOptions, { from, to }: OrderPeriod): Readonly<Record<string, string>> {
  const dates = { INQR_STRT_DT: String(dateNumber(from)), INQR_END_DT: String(dateNumber(to)) };
  return { ...accountFields(options.credentials), ...dates };
}

async function readProfits<Row>(
  options: KisBrokerOptions,
  calls: KisCalls,
  of: { readonly endpoint: KisEndpoint; readonly query: Readonly<Record<string, string>> },
  rowOf: (trId: string, block: unknown) => Row | null,
): Promise<ProfitList<Row>> {
  const pages = await readPages(calls, of.endpoint, of.query, budgetOf(options).pagesMax);
  const blocks = pages.flatMap(({ trId, body }) => rowsOf(trId, body, 'output1').map((block) => rowOf(trId, block)));
  return { rows: blocks.filter((row) => row !== null), ...totalsOf(pages) };
}

/** The sums stand on every page; those of the last one are the freshest. */
function totalsOf(pages: readonly KisAnswer[]): Pick<ProfitByDay, 'realised' | 'fee' | 'tax'> {
  const last = pages.at(-1);
  if (last === undefined) throw unreadable('profits', 'output2', 'missing');
  const totals = new WireRow(last.trId, blockOf(last.trId, last.body, 'output2'), profitTotalFields);
  return {
    realised: totals.amount('tot_rlzt_pfls'),
    fee: totals.amount('tot_fee'),
    tax: totals.amount('tot_tltx'),
  };
}

type Shared = 'trad_dt' | 'buy_amt' | 'sll_amt' | 'rlzt_pfls' | 'fee' | 'tl_tax' | 'loan_int';

function profitOf(row: WireRow<Shared>): Omit<Profit, 'bought' | 'sold'> {
  return {
    date: row.date('trad_dt'),
    buyValue: row.amount('buy_amt'),
    sellValue: row.amount('sll_amt'),
    realised: row.amount('rlzt_pfls'),
    fee: row.amount('fee'),
    tax: row.amount('tl_tax'),
    loanInterest: row.amount('loan_int'),
  };
}

function tradeOf(
  row: WireRow<(typeof profitOfTradeFields)[number]>,
): Omit<ProfitOfTrade, 'instrument' | keyof ReturnType<typeof profitOf>> {
  return {
    name: row.text('prdt_name'),
    held: row.quantity('hldg_qty'),
    bought: row.quantity('buy_qty'),
    sold: row.quantity('sll_qty'),
    costAverage: row.average('pchs_unpr'),
    sellPriceAverage: row.average('sll_pric'),
  };
}
