import { z } from 'zod';
import type { BrokerOrderId } from '#domain/order.ts';
import { alertMethods, owedAlert } from './alert-api.ts';
import type { Api } from './api.ts';
import { limitMethods } from './limit-api.ts';
import {
  barView,
  checkView,
  instant,
  instrumentView,
  limitView,
  orderBookView,
  orderSession,
  orderType,
  orderVenue,
  orderView,
  portfolioView,
  quoteView,
  side,
  statusView,
  symbol,
  timeInForce,
  wonAmount,
} from './views.ts';

const everyone = ['supervisor', 'runner', 'server', 'cli', 'admin', 'watchdog'] as const;
const people = ['server', 'cli', 'admin'] as const;
const readers = ['runner', 'server', 'cli', 'admin'] as const;
/** Those who have a hand on orders; admin has none. */
const hands = ['server', 'cli'] as const;
const nothing = z.strictObject({});
/** A number as the broker writes it, leading zeros included. */
export const brokerOrderId = z.custom<BrokerOrderId>((value) => typeof value === 'string' && /^\w{1,32}$/.test(value));
const byOrder = z.strictObject({ orderId: z.string() });

/** What is asked for; the gateway adds the requester from the connection's role (and `strategy` for the runner). */
const orderRequest = z.strictObject({
  requestId: z.string().min(1).max(64),
  /** Name of the strategy; only the runner may set it, others must leave it null. */
  strategy: z.string().max(64).nullable(),
  symbol,
  side,
  type: orderType,
  /** Absent means for the day. */
  timeInForce: z.exactOptional(timeInForce),
  quantity: z.int().positive(),
  /** 0 for the types without a limit price. */
  price: wonAmount.nonnegative(),
  /** Absent means KRX. */
  venue: z.exactOptional(orderVenue),
  /** Absent means the regular session. */
  session: z.exactOptional(orderSession),
  /** Of a stop-limit order only. */
  stopPrice: z.exactOptional(wonAmount.positive()),
  reason: z.string().max(200),
});

const verdict = z.strictObject({ approved: z.boolean(), checks: z.array(checkView) });

/** What the gateway answers. */
export const gatewayApi = {
  methods: {
    status: { params: nothing, result: statusView, roles: everyone },
    instruments: { params: nothing, result: z.array(instrumentView), roles: readers },
    quote: { params: z.strictObject({ symbol }), result: quoteView, roles: readers },
    /** The last price of every watched instrument; those that never printed are absent. */
    quotes: { params: nothing, result: z.array(quoteView), roles: readers },
    orderBook: { params: z.strictObject({ symbol }), result: orderBookView, roles: readers },
    /** Oldest first; `1m` covers today only. */
    bars: {
      params: z.strictObject({ symbol, interval: z.enum(['1m', '1d']), count: z.int().min(1).max(500) }),
      result: z.array(barView),
      roles: readers,
    },
    /** These instruments are wanted by none of the caller's strategies any more. */
    unwatch: {
      params: z.strictObject({ symbols: z.array(symbol).min(1).max(200) }),
      result: nothing,
      roles: ['runner'],
    },
    portfolio: { params: nothing, result: portfolioView, roles: readers },
    /** Equity of today for the chart, one point a market minute at most. */
    equityOfDay: {
      params: nothing,
      result: z.array(z.strictObject({ at: instant, equity: wonAmount })),
      roles: readers,
    },
    /** Newest first. `strategy` null means all. */
    orders: {
      params: z.strictObject({
        limit: z.int().min(1).max(200),
        strategy: z.string().nullable(),
        /** The last order of the page before: what is older follows. Absent: from the newest. */
        before: z.exactOptional(z.string()),
      }),
      result: z.array(orderView),
      roles: readers,
    },
    order: { params: byOrder, result: orderView, roles: readers },
    /** What the guard would say now; nothing is recorded. */
    preview: { params: orderRequest, result: verdict, roles: hands },
    /** Answers as soon as the fate of the sending is known: acked, denied, rejected, not-sent or unknown. A repeated requestId answers with the first order. */
    submit: { params: orderRequest, result: orderView, roles: ['runner', ...hands], repeats: 'durable' },
    cancel: { params: byOrder, result: orderView, roles: ['runner', ...hands], repeats: 'memory' },
    amend: {
      params: z.strictObject({ orderId: z.string(), price: wonAmount.positive(), quantity: z.int().positive() }),
      result: orderView,
      roles: hands,
      repeats: 'memory',
    },
    cancelAll: {
      params: nothing,
      result: z.strictObject({ asked: z.int(), cancelled: z.int() }),
      roles: ['server', 'cli', 'admin', 'watchdog'],
      repeats: 'memory',
    },
    /** Look for an unknown order in the broker's records now. */
    find: { params: byOrder, result: orderView, roles: hands, repeats: 'memory' },
    /**
     * A person says that an order is their own, made elsewhere, or is about to be: it is adopted without an alarm and its
     * fills count in the books. Without a number the next such order of today is meant.
     */
    declareManual: {
      params: z.strictObject({
        symbol,
        side,
        quantity: z.int().positive(),
        brokerOrderId: brokerOrderId.nullable(),
      }),
      result: nothing,
      roles: hands,
      repeats: 'memory',
    },
    /**
     * A person says what the broker's own screen shows of an escalated order: the number it has there, or (null) that there
     * is none. Held against a complete list of the broker read for it: the number must stand in it with the order's terms,
     * and none is not believed while a row could be the order.
     */
    settleOrder: {
      params: z.strictObject({ orderId: z.string(), brokerOrderId: brokerOrderId.nullable() }),
      result: orderView,
      roles: hands,
      repeats: 'memory',
    },
    /** Blocks new risk at once, then cancels open orders and verifies it by inquiry. */
    halt: {
      params: z.strictObject({ reason: z.string().min(1).max(200) }),
      result: statusView,
      roles: ['supervisor', 'server', 'cli', 'admin', 'watchdog'],
      repeats: 'memory',
    },
    /**
     * First of the two steps back: a code that is good once and for 60 seconds, and what it answers for. A halt or an
     * incident that comes after it makes it worthless.
     */
    prepareResume: {
      params: nothing,
      result: z.strictObject({
        code: z.string(),
        validMs: z.int(),
        since: instant,
        by: z.string(),
        reason: z.string(),
        /** What was told since the halt began, newest last: whoever repeats the code has taken note of it. */
        incidents: z.array(z.strictObject({ code: z.string(), detail: z.string(), at: instant })),
        /**
         * What the second step asks for besides the code: the passphrase of the vault, typed where the gateway takes it;
         * the word by the other capability of the terminal, where a key file opened the vault; or, on a page in the
         * convenience mode, the page's own passphrase.
         */
        second: z.enum(['passphrase', 'admin', 'page']),
      }),
      roles: people,
    },
    /** Second step: the code of `prepareResume`, repeated, when what `second` asks for was given. */
    resume: {
      params: z.strictObject({ code: z.string().max(16) }),
      result: statusView,
      roles: people,
      repeats: 'memory',
    },
    /** Actions of the web that wait for the person at the terminal, in the gateway's own words, and whose word it is; newest last. */
    approvals: {
      params: nothing,
      result: z.array(
        z.strictObject({ code: z.string(), action: z.string(), validMs: z.int(), by: z.enum(['cli', 'admin']) }),
      ),
      roles: ['cli', 'admin'],
    },
    /** The person's word on one of them: once, for this very action, for five minutes. */
    approve: {
      params: z.strictObject({ code: z.string().max(16) }),
      result: z.strictObject({ action: z.string() }),
      roles: ['cli', 'admin'],
      repeats: 'memory',
    },
    /**
     * A sign of life from those whose silence stops new risk, and one back. `builds` is what the supervisor started: a
     * build other than the gateway's halts.
     */
    heartbeat: {
      params: z.strictObject({
        builds: z.record(z.string(), z.string()),
        /** A halt that the watchdog owes: it takes effect before the sign of life counts. */
        halt: z.exactOptional(z.string().min(1).max(200)),
        /** Alerts of the watchdog's own that the record does not have yet; they stand in it with the halt. */
        alerts: z.exactOptional(z.array(owedAlert).max(10)),
      }),
      result: z.strictObject({
        build: z.string(),
        isHalted: z.boolean(),
        /** Orders that may still fill. */
        openOrders: z.int(),
        /** Real milliseconds since the market's data spoke last; null before that, and outside continuous trading. */
        dataAgeMs: z.number().nullable(),
      }),
      roles: ['supervisor', 'watchdog'],
    },
    limits: { params: nothing, result: z.array(limitView), roles: readers },
    ...limitMethods,
    ...alertMethods,
    /** Kept by the server and written to the journal by the gateway: logins and other acts of a person. */
    recordLogin: {
      params: z.strictObject({
        outcome: z.enum(['accepted', 'refused', 'locked']),
        method: z.enum(['one-time-url', 'passphrase']),
      }),
      result: nothing,
      roles: ['server'],
      repeats: 'memory',
    },
    /** Starts the pushing of events on this connection. */
    subscribe: {
      params: z.strictObject({
        topics: z.array(z.enum(['tick', 'quotes', 'book', 'order', 'portfolio', 'status'])).min(1),
      }),
      result: nothing,
      roles: readers,
    },
  },
  events: {
    /** Every trade of the market, for the runner. */
    tick: z.strictObject({ symbol, at: instant, price: wonAmount, quantity: z.int(), volumeOfDay: z.number() }),
    /**
     * With the ticks. `open`: trades since `from` may be missing, so bars made of ticks are not whole. `filled`: the
     * minute bars up to `to`, exclusive, stand in `bars` as the broker has them. Each `open` is followed by a `filled`.
     */
    gap: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('open'), symbols: z.array(symbol), from: instant }),
      z.strictObject({ kind: z.literal('filled'), symbols: z.array(symbol), to: instant }),
    ]),
    /** Changed quotes, coalesced, at most 10 a second. */
    quotes: z.array(quoteView),
    /** Order books that changed, coalesced, at most 10 a second. */
    book: orderBookView,
    /** An order changed. */
    order: orderView,
    portfolio: portfolioView,
    status: statusView,
  },
} as const satisfies Api;

export type GatewayApi = typeof gatewayApi;
