import { dateNumber, seoulDate } from '#domain/trading-date.ts';

import type { BrokerOrder, Inquiry } from '../../broker.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisCalls } from '../calls/calls.ts';
import { inquired } from '../calls/inquired.ts';
import { readPages } from '../calls/pages.ts';
import { allExchangesCode, exchangeCode, fillCodes } from '../codes.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { ordersOf } from './order-row.ts';

/** Days of the daily list, both inclusive. */
export interface OrderPeriod {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/**
 * All orders of one day, oldest first: a new order lands behind the last page, so that no row slips between two pages
 * while they are read. An error on any page makes the whole list incomplete.
 */
export async function listOrders(
  options: KisBrokerOptions,
  calls: KisCalls,
  date: Temporal.PlainDate,
): Promise<Inquiry<BrokerOrder>> {
  return inquired(() => readOrders(options, calls, { from: date, to: date }, fillCodes.all));
}

/**
 * Every order of a period that filled at least in part, oldest first. KIS keeps the last three months in one TR and what
 * is older in another: a period that begins before the boundary and ends after it is asked for in two parts, and an
 * error in either makes the whole incomplete.
 */
export async function listFilledOrders(
  options: KisBrokerOptions,
  calls: KisCalls,
  period: OrderPeriod,
): Promise<Inquiry<BrokerOrder>> {
  return inquired(async () => {
    const rows: BrokerOrder[] = [];
    for (const part of partsOf(period, oldestServed(options))) {
      rows.push(...(await readOrders(options, calls, part, fillCodes.filled)));
    }
    return rows.filter((row) => row.filled > 0);
  });
}

/** Orders of today of which something is left; on paper, where the inquiry of working orders does not exist. */
export async function listUnfilledOrders(options: KisBrokerOptions, calls: KisCalls): Promise<Inquiry<BrokerOrder>> {
  const today = seoulDate(options.clock.now());
  return inquired(async () => {
    const rows = await readOrders(options, calls, { from: today, to: today }, fillCodes.unfilled);
    return rows.filter((row) => row.remaining > 0 && !row.isCancel && !row.isRejected);
  });
}

async function readOrders(
  options: KisBrokerOptions,
  calls: KisCalls,
  { from, to }: OrderPeriod,
  fills: string,
): Promise<readonly BrokerOrder[]> {
  const query = {
    ...accountFields(options.credentials),
    INQR_STRT_DT: String(dateNumber(from)),
    INQR_END_DT: String(dateNumber(to)),
    SLL_BUY_DVSN_CD: '00',
    PDNO: '',
    CCLD_DVSN: fills,
    INQR_DVSN: '01',
    INQR_DVSN_3: '00',
    ORD_GNO_BRNO: '',
    ODNO: '',
    INQR_DVSN_1: '',
    // On the real host people also trade elsewhere by hand, and an order that is not ours must be seen (INV-08).
    EXCG_ID_DVSN_CD: options.environment === 'real' ? allExchangesCode : exchangeCode,
  };
  const isOld = isBefore(to, oldestServed(options));
  const endpoint = isOld ? tradingEndpoints.oldOrders : tradingEndpoints.orders;
  const pages = await readPages(calls, endpoint, query, budgetOf(options).pagesMax);
  // A server that pages by position can show a row twice while orders come in; what was read last is newest. Numbers
  // begin anew every day.
  const rows = new Map<string, BrokerOrder>();
  for (const row of pages.flatMap((page) => ordersOf(calls, page))) {
    rows.set(`${dateNumber(seoulDate(row.orderedAt))}/${row.brokerOrderId}`, row);
  }
  return [...rows.values()];
}

/** The first day of the TR for the last three months. */
function oldestServed({ clock }: KisBrokerOptions): Temporal.PlainDate {
  return seoulDate(clock.now()).subtract({ months: 3 });
}

function partsOf({ from, to }: OrderPeriod, boundary: Temporal.PlainDate): readonly OrderPeriod[] {
  if (!isBefore(from, boundary) || isBefore(to, boundary)) return [{ from, to }];
  return [
    { from, to: boundary.subtract({ days: 1 }) },
    { from: boundary, to },
  ];
}

function isBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}
