import type { Bar } from '#domain/bar.ts';
import type { Clock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';

import type { ChartSource } from './chart-source.ts';
import { readEtfQuote, type EtfQuote } from './etf-quote.ts';
import {
  readIndexBars,
  readIndexMinuteBars,
  type IndexBar,
  type IndexBarSeconds,
  type IndexBarsRequest,
} from './index-bars.ts';
import type { IndexCode } from './index-code.ts';
import { readIndex, readSectorIndices, type IndexQuote, type SectorIndex } from './index-quotes.ts';
import { readInstrumentQuote, type InstrumentQuote } from './instrument-quote.ts';
import { readInvestors, type InvestorDay } from './investors.ts';
import { MarketCalendar, type MarketDays } from './market-days.ts';
import { readMembers, type Members } from './members.ts';
import { readPastMinuteBars, readTodayMinuteBars, type PastMinuteBarsRequest } from './minute-bars.ts';
import { readPrices, type ListedPrice } from './multi-prices.ts';
import { readNews, type NewsRequest, type NewsTitle } from './news.ts';
import { readBookQuote, type BookQuote } from './order-book.ts';
import { readPeriodBars, type PeriodBarsRequest } from './period-bars.ts';
import type { Board, sectorMarketCodes } from './quote-codes.ts';
import {
  readChangeRanking,
  readMarketCapRanking,
  readVolumeRanking,
  type ChangeRankingRequest,
  type MarketCapRanked,
  type RankedInstrument,
  type RankingRequest,
  type VolumeRanked,
  type VolumeRankingRequest,
} from './rankings.ts';
import { readRecentPeriods, type RecentPeriod, type RecentPeriodsRequest } from './recent-days.ts';
import { readRestrictions, type Restrictions } from './restrictions.ts';
import { readProduct, readStockInfo, type ProductInfo, type StockInfo } from './stock-info.ts';
import { readTradeHistory, type TradeHistory, type TradeHistoryRequest } from './trade-history.ts';
import { readTrades, type RecentTrade } from './trades.ts';
import {
  readInterruptions,
  type InterruptionsRequest,
  type VolatilityInterruption,
} from './volatility-interruptions.ts';

type OneBoard = Exclude<Board, 'unified'>;

/**
 * Market data of Korea beyond the port that all brokers share. The board is KRX unless another is named. Every read
 * throws what a read throws (`kis.busy`, `kis.unavailable`, `kis.token-refused`, `kis.read-refused`,
 * `kis.unreadable-answer`), and `kis.not-on-paper` where it says *real only*. A number that KIS leaves empty, or 0
 * where none can be, is null and never a price. Lists in time are oldest first.
 */
export interface KisQuotes {
  price(instrument: InstrumentId, board?: Board): Promise<InstrumentQuote>;
  /** Halts, warnings and other marks in detail. Real only. */
  restrictions(instrument: InstrumentId, board?: Board): Promise<Restrictions>;
  orderBook(instrument: InstrumentId, board?: Board): Promise<BookQuote>;
  /** The last thirty trades or so of today. */
  trades(instrument: InstrumentId, board?: Board): Promise<readonly RecentTrade[]>;
  /** As many trades of today as wanted, every page followed. */
  tradeHistory(instrument: InstrumentId, request: TradeHistoryRequest): Promise<TradeHistory>;
  /** The last thirty days, weeks or months, in one call. */
  recentPeriods(instrument: InstrumentId, request?: RecentPeriodsRequest): Promise<readonly RecentPeriod[]>;
  /** Days, weeks, months or years between two days, every page followed. */
  periodBars(instrument: InstrumentId, request: PeriodBarsRequest): Promise<readonly Bar[]>;
  /** The last `count` one-minute bars of today. */
  minuteBars(
    instrument: InstrumentId,
    request: { readonly count: number; readonly board?: Board },
  ): Promise<readonly Bar[]>;
  /** One-minute bars up to any day and time of the last year, across days. Real only. */
  pastMinuteBars(instrument: InstrumentId, request: PastMinuteBarsRequest): Promise<readonly Bar[]>;
  investors(instrument: InstrumentId, board?: OneBoard): Promise<readonly InvestorDay[]>;
  members(instrument: InstrumentId, board?: Board): Promise<Members>;
  /** The broker's calendar from today on; asked for once a day, then answered from memory. Real only. */
  marketDays(): Promise<MarketDays>;
  /** Real only. */
  product(instrument: InstrumentId): Promise<ProductInfo>;
  /** Real only. */
  stock(instrument: InstrumentId): Promise<StockInfo>;
  /** Real only. */
  prices(instruments: readonly InstrumentId[], board?: OneBoard): Promise<ReadonlyMap<InstrumentId, ListedPrice>>;
  /** Real only. */
  volumeRanking(request?: VolumeRankingRequest): Promise<readonly VolumeRanked[]>;
  /** Real only. */
  changeRanking(request?: ChangeRankingRequest): Promise<readonly RankedInstrument[]>;
  /** Real only. */
  marketCapRanking(request?: RankingRequest): Promise<readonly MarketCapRanked[]>;
  /** Real only. */
  index(index: IndexCode): Promise<IndexQuote>;
  indexBars(index: IndexCode, request: IndexBarsRequest): Promise<readonly IndexBar[]>;
  /** Real only. */
  indexMinuteBars(
    index: IndexCode,
    request: { readonly barSeconds: IndexBarSeconds; readonly isWithYesterday?: boolean },
  ): Promise<readonly IndexBar[]>;
  /** Real only. */
  sectorIndices(market: keyof typeof sectorMarketCodes): Promise<readonly SectorIndex[]>;
  /** Real only. */
  volatilityInterruptions(request: InterruptionsRequest): Promise<readonly VolatilityInterruption[]>;
  /** Titles of news and disclosures. Real only. */
  news(request?: NewsRequest): Promise<readonly NewsTitle[]>;
  /** Real only. */
  etf(instrument: InstrumentId): Promise<EtfQuote>;
}

/** Asks nothing until a member is called. Names that charts carry are kept in `source.names`. */
export function createKisQuotes(source: ChartSource & { readonly clock: Clock }): KisQuotes {
  const { calls, clock } = source;
  const calendar = new MarketCalendar(calls, clock);
  return {
    price: (instrument, board = 'krx') => readInstrumentQuote(calls, instrument, board),
    restrictions: (instrument, board = 'krx') => readRestrictions(calls, instrument, board),
    orderBook: (instrument, board = 'krx') => readBookQuote(source, instrument, board),
    trades: (instrument, board = 'krx') => readTrades(calls, instrument, board),
    tradeHistory: (instrument, request) => readTradeHistory(calls, instrument, request),
    recentPeriods: (instrument, request = {}) => readRecentPeriods(calls, instrument, request),
    periodBars: (instrument, request) => readPeriodBars(source, instrument, request),
    minuteBars: (instrument, request) => readTodayMinuteBars(source, instrument, request),
    pastMinuteBars: (instrument, request) => readPastMinuteBars(source, instrument, request),
    investors: (instrument, board = 'krx') => readInvestors(calls, instrument, board),
    members: (instrument, board = 'krx') => readMembers(calls, instrument, board),
    marketDays: () => calendar.days(),
    product: (instrument) => readProduct(calls, instrument),
    stock: (instrument) => readStockInfo(calls, instrument),
    prices: (instruments, board = 'krx') => readPrices(calls, instruments, board),
    volumeRanking: (request = {}) => readVolumeRanking(calls, request),
    changeRanking: (request = {}) => readChangeRanking(calls, request),
    marketCapRanking: (request = {}) => readMarketCapRanking(calls, request),
    index: (index) => readIndex(calls, index),
    indexBars: (index, request) => readIndexBars(calls, index, request),
    indexMinuteBars: (index, request) => readIndexMinuteBars(calls, index, request),
    sectorIndices: (market) => readSectorIndices(calls, market),
    volatilityInterruptions: (request) => readInterruptions(calls, request),
    news: (request = {}) => readNews(calls, request),
    etf: (instrument) => readEtfQuote(calls, instrument),
  };
}
