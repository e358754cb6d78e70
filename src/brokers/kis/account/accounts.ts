import { FixConfiguration } from '#domain/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { namesPrice, sessionOf, venueOf, type OrderRequest } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { addWon, type Won } from '#domain/won.ts';

import type { Balance } from '../../broker.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import { blockOf, rowsOf } from '../calls/envelope.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { readPages } from '../calls/pages.ts';
import { WireRow, unreadable } from '../calls/wire-row.ts';
import { balanceTotalFields, buyableFields, holdingFields } from '../wire-types.ts';
import { orderDivision } from './order-divisions.ts';
import { wireSymbol } from './wire-symbol.ts';

/**
 * What the account holds. `INQR_DVSN` 01 lists one row per symbol and loan date, so rows of one symbol are added up;
 * symbols sold today stay listed with 0 shares and are left out.
 *
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 */
export async function readBalance(options: KisBrokerOptions, calls: KisCalls): Promise<Balance> {
  const pages = await readPages(calls, tradingEndpoints.balance, balanceQuery(options), budgetOf(options).pagesMax);
  // The totals stand on every page; those of the last one are the freshest.
  const last = pages.at(-1);
  if (last === undefined) throw unreadable('inquire-balance', 'output2', 'missing');
  const totals = new WireRow(last.trId, blockOf(last.trId, last.body, 'output2'), balanceTotalFields);
  return {
    cash: totals.amount('dnca_tot_amt'),
    settledCash: totals.amount('prvs_rcdl_excc_amt'),
    equity: totals.amount('nass_amt'),
    positions: holdingsOf(calls, pages),
  };
}

/** What both balances are asked with. `AFHR_FLPR_YN` N: holdings at the price of KRX's regular session. */
export function balanceQuery(options: KisBrokerOptions): Readonly<Record<string, string>> {
  return {
    ...accountFields(options.credentials),
    AFHR_FLPR_YN: 'N',
    OFL_YN: '',
    INQR_DVSN: '01',
    UNPR_DVSN: '01',
    FUND_STTL_ICLD_YN: 'N',
    FNCG_AMT_AUTO_RDPT_YN: 'N',
    PRCS_DVSN: '00',
  };
}

/** The holdings of all pages, rows of one symbol added up. @throws {RetryLater} `kis.unreadable-answer` */
export function holdingsOf(calls: KisCalls, pages: readonly KisAnswer[]): readonly Position[] {
  const positions = new Map<InstrumentId, Position>();
  for (const page of pages) addHoldings(positions, calls, page);
  return [...positions.values()];
}

/** Cash and shares that can be bought without receivables (미수), by the order type we send. */
export async function readBuyable(
  options: KisBrokerOptions,
  calls: KisCalls,
  instrument: InstrumentId,
  price: Won,
): Promise<{ readonly cash: Won; readonly quantity: Quantity }> {
  return readBuyableFor(options, calls, { instrument, price, type: 'limit', timeInForce: 'day' });
}

/**
 * The same for any kind of order: KIS counts a market order at the upper limit, so it must be asked with the kind that
 * will be sent.
 *
 * @throws {FixConfiguration} `kis.order-kind` when KIS has no such order, and those of a read
 */
export async function readBuyableFor(
  options: KisBrokerOptions,
  calls: KisCalls,
  order: Pick<OrderRequest, 'instrument' | 'type' | 'timeInForce' | 'venue' | 'session' | 'price'>,
): Promise<{ readonly cash: Won; readonly quantity: Quantity }> {
  const division = orderDivision(order, seoulDate(options.clock.now()));
  if (division === null) {
    throw new FixConfiguration(
      'kis.order-kind',
      `Cannot ask what can be bought: KIS has no ${order.type} order (${order.timeInForce}) on ${venueOf(order)} for the session "${sessionOf(order)}"`,
    );
  }
  const { trId, body } = await calls.read(tradingEndpoints.buyable, {
    ...accountFields(options.credentials),
    PDNO: wireSymbol(options, order.instrument),
    ORD_UNPR: namesPrice(order.type) ? String(order.price) : '0',
    ORD_DVSN: division,
    CMA_EVLU_AMT_ICLD_YN: 'N',
    OVRS_ICLD_YN: 'N',
  });
  const row = new WireRow(trId, blockOf(trId, body, 'output'), buyableFields);
  return { cash: row.amount('nrcvb_buy_amt'), quantity: row.quantity('nrcvb_buy_qty') };
}

function addHoldings(positions: Map<InstrumentId, Position>, calls: KisCalls, page: KisAnswer): void {
  for (const block of rowsOf(page.trId, page.body, 'output1')) {
    const row = new WireRow(page.trId, block, holdingFields);
    const shares = row.quantity('hldg_qty');
    if (shares === 0) continue;
    const instrument = row.instrument('pdno');
    if (instrument === null) {
      calls.report({ kind: 'unsupported-instrument', trId: page.trId, detail: 'holding left out of the positions' });
      continue;
    }
    const before = positions.get(instrument);
    positions.set(instrument, {
      instrument,
      quantity: quantity((before?.quantity ?? 0) + shares),
      cost: before === undefined ? row.won('pchs_amt') : addWon(before.cost, row.won('pchs_amt')),
    });
  }
}
