import { encodeBookRecord, encodeTwoBoardBookRecord } from '../encode/encode-book-record.ts';
import { encodeExpectedRecord, encodeTradeRecord, type RecordContext } from '../encode/encode-trade-record.ts';
import { previousBar } from '../encode/previous-bar.ts';
import { dayPart } from '../encode/session-code.ts';
import { unifiedDesk } from '../encode/unified-desk.ts';
import type { Broker } from '../host/route.ts';
import type { Print } from '../venue/floor/day-stats.ts';
import type { Board } from '../venue/floor/market-operation.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import type { FeedFrame } from './feed-frame.ts';

/** Tells whether anybody has registered a feed for a key: what nobody listens to is not encoded. */
export type IsWanted = (trId: string, key: string) => boolean;

/** TR ids of one board. */
const boardFeeds = {
  KRX: { trade: 'H0STCNT0', book: 'H0STASP0', expected: 'H0STANC0' },
  NXT: { trade: 'H0NXCNT0', book: 'H0NXASP0', expected: 'H0NXANC0' },
} as const satisfies Readonly<Record<Board, unknown>>;

const unifiedFeeds = { trade: 'H0UNCNT0', book: 'H0UNASP0', expected: 'H0UNANC0' } as const;

/** Desks of one instrument; without NXT there is nothing unified. */
interface Boards {
  readonly krx: Desk;
  readonly nxt: Desk;
}

/**
 * Frames for `prints`: on the feed of their board, and on the unified one where NXT trades the instrument, too. A record
 * of the unified feed counts both boards together.
 */
export function tradeFrames(broker: Broker, desk: Desk, prints: readonly Print[], isWanted: IsWanted): FeedFrame[] {
  const { symbol: key } = desk.instrument;
  const frames: FeedFrame[] = [];
  const own = boardFeeds[desk.board].trade;
  const base = { key, layout: 'trade' as const, canSkip: false };
  if (isWanted(own, key)) {
    const records = prints.map((print) => encodeTradeRecord(desk, print, contextOf(broker, desk, print.at)));
    frames.push({ ...base, trId: own, records });
  }
  const both = isWanted(unifiedFeeds.trade, key) ? boardsOf(broker, desk) : null;
  if (both === null) return frames;
  const unified = unifiedDesk(both.krx, both.nxt);
  const { stats: other } = desk.board === 'KRX' ? both.nxt : both.krx;
  const records = prints.map((print) => {
    const counted = { ...print, volume: print.volume + other.volume, value: print.value + other.value };
    return encodeTradeRecord(unified, counted, contextOf(broker, desk, print.at));
  });
  return [...frames, { ...base, trId: unifiedFeeds.trade, records }];
}

/** Frames for a book that may look different: of its board, of both boards, and what an auction would print. */
export function bookFrames(broker: Broker, desk: Desk, at: Temporal.Instant, isWanted: IsWanted): FeedFrame[] {
  const { symbol: key } = desk.instrument;
  const feeds = boardFeeds[desk.board];
  const context = contextOf(broker, desk, at.epochMilliseconds);
  const base = { key, canSkip: true };
  const frames: FeedFrame[] = [];
  if (isWanted(feeds.book, key) && desk.board === 'KRX') {
    frames.push({ ...base, trId: feeds.book, layout: 'book', records: [encodeBookRecord(desk, at, context)] });
  }
  frames.push(...expectedFrames(desk, at, { context, isWanted }));
  const both = boardsOf(broker, desk);
  if (both === null) return frames;
  if (isWanted(feeds.book, key) && desk.board === 'NXT') {
    const record = encodeTwoBoardBookRecord(desk, at, { context, middles: both, isUnified: false });
    frames.push({ ...base, trId: feeds.book, layout: 'nxtBook', records: [record] });
  }
  if (isWanted(unifiedFeeds.book, key)) {
    const unified = unifiedDesk(both.krx, both.nxt);
    const record = encodeTwoBoardBookRecord(unified, at, { context, middles: both, isUnified: true });
    frames.push({ ...base, trId: unifiedFeeds.book, layout: 'unifiedBook', records: [record] });
  }
  return frames;
}

function expectedFrames(
  desk: Desk,
  at: Temporal.Instant,
  { context, isWanted }: { readonly context: RecordContext; readonly isWanted: IsWanted },
): FeedFrame[] {
  const { symbol: key } = desk.instrument;
  const ids = [boardFeeds[desk.board].expected, unifiedFeeds.expected].filter((trId) => isWanted(trId, key));
  if (ids.length === 0) return [];
  const record = encodeExpectedRecord(desk, at, context);
  if (record === null) return [];
  return ids.map((trId) => {
    const layout = trId === boardFeeds.KRX.expected ? ('expected' as const) : ('nxtExpected' as const);
    return { trId, key, layout, canSkip: true, records: [record] };
  });
}

function boardsOf(broker: Broker, { instrument }: Desk): Boards | null {
  const krx = broker.venue.floor.desk(instrument.symbol, 'KRX');
  const nxt = broker.venue.floor.desk(instrument.symbol, 'NXT');
  return krx === null || nxt === null ? null : { krx, nxt };
}

function contextOf(broker: Broker, desk: Desk, at: number): RecordContext {
  const instant = Temporal.Instant.fromEpochMilliseconds(at);
  return {
    date: broker.venue.state.date,
    part: dayPart(desk.session, instant),
    previousVolume: previousBar(broker, desk)?.volume ?? 0,
  };
}
