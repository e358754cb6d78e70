import type { Clock } from '#domain/clock.ts';
import { tickerOf, usMarketOf, type UsInstrumentId } from '#domain/overseas-order.ts';
import type { Quantity } from '#domain/quantity.ts';
import { dateNumber } from '#domain/trading-date.ts';
import type { UsdTick, WonPerUsd } from '#domain/usd.ts';

import type { KisCalls } from '../calls/calls.ts';
import { blockOf, rowsOf } from '../calls/envelope.ts';
import { unreadable, WireRow } from '../calls/wire-row.ts';
import { overseasEndpoints } from '../endpoints/overseas.ts';
import { overseasFields } from './overseas-fields.ts';
import { usMarketCodes } from './us-market-codes.ts';
import { rateField, usdField, usdPriceField } from './usd-text.ts';

/** Last trade of a US stock as KIS shows it now. */
export interface UsPrice {
  readonly instrument: UsInstrumentId;
  readonly at: Temporal.Instant;
  readonly price: UsdTick;
  /** Close of the regular session before. */
  readonly previousClose: UsdTick;
  readonly volumeOfDay: number;
  /** KIS's word on whether it can be bought (`ordy`), as it is. */
  readonly tradable: string;
}

export interface UsPriceDetail extends Omit<UsPrice, 'tradable'> {
  readonly open: UsdTick;
  readonly high: UsdTick;
  readonly low: UsdTick;
  readonly high52Weeks: UsdTick;
  readonly low52Weeks: UsdTick;
  readonly sharesListed: number;
  readonly tickSize: UsdTick;
  readonly lot: number;
  readonly currency: string;
  readonly rate: WonPerUsd;
}

export interface UsBookLevel {
  readonly price: UsdTick;
  readonly quantity: Quantity;
}

/** Best first, at most ten levels a side; one level where the account has no more. */
export interface UsOrderBook {
  readonly instrument: UsInstrumentId;
  /** New York's wall clock when the book was made, as KIS tells it. */
  readonly localAt: Temporal.PlainDateTime;
  readonly asks: readonly UsBookLevel[];
  readonly bids: readonly UsBookLevel[];
}

export interface UsProduct {
  readonly instrument: UsInstrumentId;
  readonly isin: string;
  readonly nameEnglish: string;
  readonly name: string;
  readonly currency: string;
}

/** Whether US markets trade on a day: KIS lists markets that do, with the days on which their trades settle. */
export interface UsSettlement {
  readonly isTradingDay: boolean;
  /** Null when nothing trades. */
  readonly settlesOn: Temporal.PlainDate | null;
  readonly settlesInKoreaOn: Temporal.PlainDate | null;
}

/** What every quote of a US stock is asked with. */
export function usQuery(instrument: UsInstrumentId): { AUTH: string; EXCD: string; SYMB: string } {
  return { AUTH: '', EXCD: usMarketCodes[usMarketOf(instrument)].quote, SYMB: tickerOf(instrument) };
}

/** @throws {RetryLater} `kis.unreadable-answer`, a price of 0 included, and those of a read */
export async function readUsPrice(calls: KisCalls, clock: Clock, instrument: UsInstrumentId): Promise<UsPrice> {
  const { trId, body } = await calls.read(overseasEndpoints.price, usQuery(instrument));
  const row = new WireRow(trId, blockOf(trId, body, 'output'), overseasFields.price);
  return {
    instrument,
    at: clock.now(),
    price: usdPriceField(row, 'last'),
    previousClose: usdPriceField(row, 'base'),
    volumeOfDay: row.whole('tvol'),
    tradable: row.text('ordy'),
  };
}

export async function readUsPriceDetail(
  calls: KisCalls,
  clock: Clock,
  instrument: UsInstrumentId,
): Promise<UsPriceDetail> {
  const { trId, body } = await calls.read(overseasEndpoints.priceDetail, usQuery(instrument));
  const row = new WireRow(trId, blockOf(trId, body, 'output'), overseasFields.priceDetail);
  return {
    instrument,
    at: clock.now(),
    price: usdPriceField(row, 'last'),
    previousClose: usdPriceField(row, 'base'),
    open: usdField(row, 'open'),
    high: usdField(row, 'high'),
    low: usdField(row, 'low'),
    high52Weeks: usdField(row, 'h52p'),
    low52Weeks: usdField(row, 'l52p'),
    sharesListed: row.whole('shar'),
    tickSize: usdField(row, 'e_hogau'),
    lot: row.whole('vnit'),
    currency: row.text('curr'),
    rate: rateField(row, 't_rate'),
    volumeOfDay: row.whole('tvol'),
  };
}

const levelCount = 10;

/** Ten levels where KIS sends them, one where the account has one; a level without price or shares is none. */
export async function readUsOrderBook(calls: KisCalls, instrument: UsInstrumentId): Promise<UsOrderBook> {
  const { trId, body } = await calls.read(overseasEndpoints.orderBook, usQuery(instrument));
  const times = new WireRow(trId, blockOf(trId, body, 'output1'), overseasFields.bookTimes);
  const block = blockOf(trId, body, 'output2');
  return {
    instrument,
    localAt: times.date('dymd').toPlainDateTime(times.time('dhms')),
    asks: levelsOf(trId, block, 'ask'),
    bids: levelsOf(trId, block, 'bid'),
  };
}

function levelsOf(trId: string, block: unknown, side: 'ask' | 'bid'): readonly UsBookLevel[] {
  const levels: UsBookLevel[] = [];
  for (let level = 1; level <= levelCount; level += 1) {
    const [price, shares] = [`p${side}${level}`, `v${side}${level}`];
    if (typeof block !== 'object' || block === null || !(price in block)) break;
    const row = new WireRow(trId, block, [price, shares]);
    const found = { price: usdField(row, price), quantity: row.quantity(shares) };
    if (found.price > 0 && found.quantity > 0) levels.push(found);
  }
  return levels;
}

export async function readUsProduct(calls: KisCalls, instrument: UsInstrumentId): Promise<UsProduct> {
  const { trId, body } = await calls.read(overseasEndpoints.product, {
    PRDT_TYPE_CD: usMarketCodes[usMarketOf(instrument)].productType,
    PDNO: tickerOf(instrument),
  });
  const row = new WireRow(trId, blockOf(trId, body, 'output'), overseasFields.usProduct);
  return {
    instrument,
    isin: row.text('std_pdno'),
    nameEnglish: row.text('prdt_eng_name'),
    name: row.text('prdt_name'),
    currency: row.text('tr_crcy_cd'),
  };
}

const settlementPagesMax = 5;
const unitedStates = '840';

/** KIS sends a row for each market that trades on `date`, and none for a country on holiday. */
export async function readUsSettlement(calls: KisCalls, date: Temporal.PlainDate): Promise<UsSettlement> {
  let keys = { CTX_AREA_NK: '', CTX_AREA_FK: '' };
  for (let pages = 0; pages < settlementPagesMax; pages += 1) {
    const query = { TRAD_DT: String(dateNumber(date)), ...keys };
    const { trId, body } = await calls.read(overseasEndpoints.holidays, query, pages > 0);
    for (const block of rowsOf(trId, body, 'output')) {
      const row = new WireRow(trId, block, overseasFields.settlementDay);
      if (row.text('tr_natn_cd') !== unitedStates) continue;
      const [settlesOn, settlesInKoreaOn] = [row.date('acpl_sttl_dt'), row.date('dmst_sttl_dt')];
      return { isTradingDay: true, settlesOn, settlesInKoreaOn };
    }
    const next = new WireRow(trId, body, ['ctx_area_nk', 'ctx_area_fk']);
    if (next.text('ctx_area_nk') === '') return { isTradingDay: false, settlesOn: null, settlesInKoreaOn: null };
    keys = { CTX_AREA_NK: String(body['ctx_area_nk']), CTX_AREA_FK: String(body['ctx_area_fk']) };
  }
  throw unreadable(overseasEndpoints.holidays.real, 'ctx_area_nk', `still "more" after ${settlementPagesMax} pages`);
}
