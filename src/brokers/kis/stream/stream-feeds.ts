import type { FeedVenue } from '#domain/market-data.ts';
import { symbolOf } from '#domain/instrument.ts';
import { tickerOf, usMarketOf, type UsInstrumentId } from '#domain/overseas-order.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';

import { kisFeeds } from '../endpoints/feeds.ts';
import { usMarketCodes } from '../overseas/us-market-codes.ts';
import {
  bookRecord,
  expectedRecord,
  indexRecord,
  marketOperationRecord,
  noticeRecord,
  overseasBookRecord,
  overseasNoticeRecord,
  overseasTradeRecord,
} from '../wire-types.ts';
import type { KisStreamListener } from './kis-stream-listener.ts';
import { expectedOf, indexOf, marketOperationOf } from './market-records.ts';
import { overseasBookOf, overseasNoticeOf, overseasTickOf } from './overseas-records.ts';
import { noticeOf, orderBookOf } from './stream-records.ts';
import type { Fields } from './wire-field.ts';

/** What a reader of records needs beside the fields. */
export interface FeedContext {
  readonly trId: string;
  readonly account: string;
  readonly today: Temporal.PlainDate;
  readonly listener: KisStreamListener;
  readonly isWanted: (trId: string, trKey: string) => boolean;
  /** A code that the tables do not have. */
  readonly onUnknownCode: (code: string) => void;
}

/** How the records of one feed are read and who is told. */
export interface RecordFeed {
  readonly fieldsMin: number;
  /** In our words, for the person. */
  readonly name: string;
  readonly isNotice: boolean;
  /** @returns false when the record cannot be what it must be */
  tell(fields: Fields, context: FeedContext): boolean;
}

/** The feeds whose records are split into texts, by TR id. Trades are not among them: `TradeScanner` reads those. */
export function recordFeeds(environment: BrokerEnvironment): ReadonlyMap<string, RecordFeed> {
  return new Map<string, RecordFeed>([
    [kisFeeds.orderBook.real, book('KRX')],
    [kisFeeds.orderBookNxt.real, book('NXT')],
    [kisFeeds.orderBookUnified.real, book('unified')],
    [kisFeeds.orderNotice[environment], orderNotice],
    [kisFeeds.overseasNotice[environment], overseasNotice],
    ['H0STANC0', expected('KRX')],
    ['H0NXANC0', expected('NXT')],
    ['H0UNANC0', expected('unified')],
    ['H0STMKO0', operation('KRX')],
    ['H0NXMKO0', operation('NXT')],
    ['H0UNMKO0', operation('unified')],
    [kisFeeds.index.real, index],
    [kisFeeds.overseasTrade.real, overseasTrade],
    [kisFeeds.overseasBook.real, overseasBook],
  ]);
}

/** Trade feeds by TR id. */
export const tradeFeeds: ReadonlyMap<string, FeedVenue> = new Map([
  [kisFeeds.trade.real, 'KRX'],
  [kisFeeds.tradeNxt.real, 'NXT'],
  [kisFeeds.tradeUnified.real, 'unified'],
]);

function book(venue: FeedVenue): RecordFeed {
  return {
    // NXT and unified books have six fields more, of which we read none.
    fieldsMin: venue === 'KRX' ? bookRecord.fieldsMin : kisFeeds.orderBookNxt.fieldsMin,
    name: 'an order book',
    isNotice: false,
    tell: (fields, { trId, today, listener, isWanted }) => {
      const read = orderBookOf(fields, today, venue);
      if (read !== null && isWanted(trId, symbolOf(read.instrument))) listener.onOrderBook(read);
      return read !== null;
    },
  };
}

function expected(venue: FeedVenue): RecordFeed {
  return {
    fieldsMin: expectedRecord.fieldsMin,
    name: 'an expected trade',
    isNotice: false,
    tell: (fields, { trId, listener, isWanted }) => {
      const read = expectedOf(fields, venue);
      if (read !== null && isWanted(trId, symbolOf(read.instrument))) listener.onExpected?.(read);
      return read !== null;
    },
  };
}

function operation(venue: FeedVenue): RecordFeed {
  return {
    fieldsMin: marketOperationRecord.fieldsMin,
    name: 'a market operation',
    isNotice: false,
    tell: (fields, context) => {
      const read = marketOperationOf(fields, venue);
      if (read === null || !context.isWanted(context.trId, symbolOf(read.instrument))) return read !== null;
      if (read.phase === 'unknown') context.onUnknownCode(read.code);
      if (read.expectedPhase === 'unknown') context.onUnknownCode(read.expectedCode);
      context.listener.onMarketOperation?.(read);
      return true;
    },
  };
}

const index: RecordFeed = {
  fieldsMin: indexRecord.fieldsMin,
  name: 'an index',
  isNotice: false,
  tell: (fields, { trId, today, listener, isWanted }) => {
    const read = indexOf(fields, today);
    if (read !== null && isWanted(trId, read.code)) listener.onIndex?.(read);
    return read !== null;
  },
};

const overseasTrade: RecordFeed = {
  fieldsMin: overseasTradeRecord.fieldsMin,
  name: 'a US trade',
  isNotice: false,
  tell: (fields, { trId, listener, isWanted }) => {
    const read = overseasTickOf(fields);
    if (read !== null && isWanted(trId, overseasKey(read.instrument))) listener.onOverseasTick?.(read);
    return read !== null;
  },
};

const overseasBook: RecordFeed = {
  fieldsMin: overseasBookRecord.fieldsMin,
  name: 'a US order book',
  isNotice: false,
  tell: (fields, { trId, listener, isWanted }) => {
    const read = overseasBookOf(fields);
    if (read !== null && isWanted(trId, overseasKey(read.instrument))) listener.onOverseasBook?.(read);
    return read !== null;
  },
};

const orderNotice: RecordFeed = {
  fieldsMin: noticeRecord.fieldsMin,
  name: 'an order notice',
  isNotice: true,
  tell: (fields, { account, today, listener }) => {
    const read = noticeOf(fields, account, today);
    if (typeof read === 'object' && read !== null) listener.onOrderNotice(read);
    return read !== null;
  },
};

const overseasNotice: RecordFeed = {
  fieldsMin: overseasNoticeRecord.fieldsMin,
  name: 'a US order notice',
  isNotice: true,
  tell: (fields, { account, today, listener }) => {
    const read = overseasNoticeOf(fields, account, today);
    if (typeof read === 'object' && read !== null) listener.onOverseasNotice?.(read);
    return read !== null;
  },
};

function overseasKey(instrument: UsInstrumentId): string {
  return usMarketCodes[usMarketOf(instrument)].socketPrefix + tickerOf(instrument);
}
