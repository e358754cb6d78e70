import { dateNumber } from '#domain/trading-date.ts';
import type { TimeInForce } from '#domain/order.ts';

import type { OrderLife } from '../hours/order-life.ts';
import type { VenueSession } from '../hours/venue-session.ts';

/** `EXCG_ID_DVSN_CD`. */
export type Exchange = 'KRX' | 'NXT' | 'SOR';

/**
 * What an `ORD_DVSN` asks for, in the venue's words. `best` and `priority` take their price from the book as they
 * arrive, `close` trades at the one price of its session, `mid` at the middle of the book.
 */
export interface OrderDivision {
  readonly name: string;
  readonly type: 'limit' | 'market' | 'best' | 'priority' | 'mid' | 'close';
  readonly timeInForce: TimeInForce;
  readonly exchanges: readonly Exchange[];
  /** The sessions that take it. */
  readonly sessions: readonly VenueSession[];
  /** How long it waits; null as long as the session it came in asks for. */
  readonly life: OrderLife | null;
  /** Older than NXT: the kinds that paper trading takes. */
  readonly isBasic: boolean;
  /** Limit until the closing auction, market order in it. */
  readonly isConditional: boolean;
  /** Sleeps until the market trades at `CNDT_PRIC`. */
  readonly isStop: boolean;
  /** First and last day it exists, yyyymmdd, both inclusive. */
  readonly from: number;
  readonly to: number;
}

type Row = Partial<OrderDivision> & Pick<OrderDivision, 'name' | 'type'>;

const everywhere: readonly Exchange[] = ['KRX', 'NXT', 'SOR'];
const regular: readonly VenueSession[] = ['opening-auction', 'continuous', 'closing-auction'];
/** NXT takes its ordinary kinds in all three of its sessions. */
const anyOfNxt: readonly VenueSession[] = [...regular, 'pre-market', 'after-market'];
const nxtFrom = 2025_03_04;
const afterMarketFrom = 2026_09_14;

const afterMarket = {
  exchanges: ['KRX'],
  sessions: ['after-market'],
  life: 'after-market',
  from: afterMarketFrom,
} as const;
const preMarket = { exchanges: ['NXT'], sessions: ['pre-market'], life: 'pre-market', from: afterMarketFrom } as const;
const continuousOnly = { sessions: ['continuous', 'pre-market', 'after-market'] } as const;
const mid = { type: 'mid', exchanges: ['KRX', 'NXT'], sessions: ['continuous'], from: nxtFrom } as const;

/**
 * Every order kind of the broker's table for one person's shares. What it lacks (51 to 80: block, basket and treasury
 * types) is refused with APBK0963.
 *
 * @see spec §5.2
 */
export const orderDivisionTable: Readonly<Record<string, OrderDivision>> = {
  '00': row({ name: '지정가', type: 'limit', exchanges: everywhere, sessions: anyOfNxt, isBasic: true }),
  '01': row({ name: '시장가', type: 'market', exchanges: ['KRX', 'SOR'], sessions: regular, isBasic: true }),
  '02': row({
    name: '조건부지정가',
    type: 'limit',
    sessions: ['opening-auction', 'continuous'],
    isBasic: true,
    isConditional: true,
  }),
  '03': row({ name: '최유리지정가', type: 'best', exchanges: everywhere, sessions: anyOfNxt, isBasic: true }),
  '04': row({ name: '최우선지정가', type: 'priority', exchanges: everywhere, sessions: anyOfNxt, isBasic: true }),
  '05': row({
    name: '장전시간외',
    type: 'close',
    sessions: ['pre-hours-close'],
    life: 'pre-hours-close',
    isBasic: true,
  }),
  '06': row({
    name: '장후시간외',
    type: 'close',
    sessions: ['after-hours-close'],
    life: 'after-hours-close',
    isBasic: true,
  }),
  '07': row({
    name: '시간외단일가',
    type: 'limit',
    sessions: ['after-hours-single'],
    life: 'after-hours-single',
    isBasic: true,
    to: 2026_09_13,
  }),
  '11': row({
    name: 'IOC지정가',
    type: 'limit',
    timeInForce: 'ioc',
    exchanges: everywhere,
    ...continuousOnly,
    isBasic: true,
  }),
  '12': row({
    name: 'FOK지정가',
    type: 'limit',
    timeInForce: 'fok',
    exchanges: everywhere,
    ...continuousOnly,
    isBasic: true,
  }),
  '13': row({
    name: 'IOC시장가',
    type: 'market',
    timeInForce: 'ioc',
    exchanges: everywhere,
    sessions: ['continuous'],
    isBasic: true,
  }),
  '14': row({
    name: 'FOK시장가',
    type: 'market',
    timeInForce: 'fok',
    exchanges: everywhere,
    sessions: ['continuous'],
    isBasic: true,
  }),
  '15': row({
    name: 'IOC최유리',
    type: 'best',
    timeInForce: 'ioc',
    exchanges: everywhere,
    ...continuousOnly,
    isBasic: true,
  }),
  '16': row({
    name: 'FOK최유리',
    type: 'best',
    timeInForce: 'fok',
    exchanges: everywhere,
    ...continuousOnly,
    isBasic: true,
  }),
  '21': row({ name: '중간가', ...mid }),
  '22': row({
    name: '스톱지정가',
    type: 'limit',
    exchanges: ['KRX', 'NXT'],
    sessions: anyOfNxt,
    isStop: true,
    from: nxtFrom,
  }),
  '23': row({ name: '중간가IOC', ...mid, timeInForce: 'ioc' }),
  '24': row({ name: '중간가FOK', ...mid, timeInForce: 'fok' }),
  '27': row({ name: 'GTP지정가', type: 'limit', ...preMarket }),
  '28': row({ name: 'GTP최유리지정가', type: 'best', ...preMarket }),
  '29': row({ name: 'GTP최우선지정가', type: 'priority', ...preMarket }),
  '41': row({ name: '애프터마켓지정가', type: 'limit', ...afterMarket }),
  '42': row({ name: '애프터마켓IOC지정가', type: 'limit', timeInForce: 'ioc', ...afterMarket }),
  '43': row({ name: '애프터마켓FOK지정가', type: 'limit', timeInForce: 'fok', ...afterMarket }),
  '44': row({ name: '애프터마켓최유리지정가', type: 'best', ...afterMarket }),
  '45': row({ name: '애프터마켓IOC최유리', type: 'best', timeInForce: 'ioc', ...afterMarket }),
  '46': row({ name: '애프터마켓FOK최유리', type: 'best', timeInForce: 'fok', ...afterMarket }),
  '47': row({ name: '애프터마켓최우선지정가', type: 'priority', ...afterMarket }),
};

/** The kind of `code` on a day; null for one the venue does not know, or not on that day. */
export function divisionOn(code: string, date: Temporal.PlainDate): OrderDivision | null {
  const division = orderDivisionTable[code];
  const day = dateNumber(date);
  return division !== undefined && day >= division.from && day <= division.to ? division : null;
}

/** True for the kinds that trade beside the book of the day. */
export function isOffHours({ sessions }: OrderDivision): boolean {
  const [first] = sessions;
  return first === 'pre-hours-close' || first === 'after-hours-close' || first === 'after-hours-single';
}

function row(fields: Row): OrderDivision {
  return {
    timeInForce: 'day',
    exchanges: ['KRX'],
    sessions: regular,
    life: null,
    isBasic: false,
    isConditional: false,
    isStop: false,
    from: 0,
    to: 9999_12_31,
    ...fields,
  };
}
