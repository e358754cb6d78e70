import type { Bar, BarInterval, BarSeries, RowRange } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen, type OrderState } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
import { wonText } from '../korean-number.ts';
import type { OrderUpdate, Strategy, StrategyContext, StrategyPosition } from '../strategy.ts';
import { entrySize } from './entry-size.ts';
import type { Signal, Signals } from './signal.ts';

/** Orders are limit orders priced to trade at once: up to 2 % through the close. */
export const limitDistanceBps = 200;

export interface SignalStrategyOptions {
  readonly name: string;
  readonly instruments: readonly InstrumentId[];
  readonly interval: BarInterval;
  readonly warmUpBars: number;
  /** Fresh signals of one instrument. */
  readonly startSignals: () => Signals;
  /** Signals of one instrument whose bars are all known, and the rows at which they may say to enter; see `foresee`. */
  readonly foreseeSignals: (bars: BarSeries, range: RowRange) => ForeseenSignals | null;
  /** Positions and entries on their way, at the most. */
  readonly positionsMax: number;
  /** Share of equity that an entry may cost, a fraction. */
  readonly positionSize: number;
  /** How far above its cost a holding must still be sellable in one order, a fraction; 0 where there is no target. */
  readonly takeProfit: number;
}

export interface ForeseenSignals {
  readonly signals: Signals;
  /** Ascending; at no other row is there an entry. */
  readonly entryRows: Int32Array;
}

/** Denials that will be the same for every entry of the same day: asking again would only fill the record. */
const denialsOfDay: ReadonlySet<string> = new Set([
  'day-value-account',
  'day-value-strategy',
  'orders-per-day',
  'daily-loss',
]);

/** What the strategy remembers for all instruments together. */
interface Memory {
  /** Of the last bar seen, yyyymmdd. */
  date: number;
  /** The day on which a limit of the day is used up; no entry is asked for until it is over. */
  closedOn: number | null;
  /** Orders that may still fill, one of an instrument at the most. */
  readonly open: Map<InstrumentId, OpenOrder>;
}

interface OpenOrder {
  readonly requestId: string;
  readonly side: OrderSide;
  /** Null for one found after a restart. */
  readonly price: Won | null;
  readonly state: OrderState;
}

/** What the strategy remembers of one instrument. */
interface Watch {
  /** Null until the first bar. */
  signals: Signals | null;
  /** The wish to leave; it stays until the shares are gone, whatever became of the sell order. */
  exit: Signal | null;
}

/**
 * A strategy that is in or out: it buys when its signals say so and holds nothing, sells all of it when they say so, and
 * looks after the orders in between. It decides on closed bars only. A bar without volume is passed over altogether:
 * nobody traded, so there is no price.
 */
export function signalStrategy(options: SignalStrategyOptions): Strategy {
  const { name, instruments, interval, warmUpBars } = options;
  const watches = new Map<InstrumentId, Watch>(
    instruments.map((instrument) => [instrument, { signals: null, exit: null }]),
  );
  const memory: Memory = { date: 0, closedOn: null, open: new Map() };
  return {
    name,
    instruments,
    interval,
    warmUpBars,
    onBar(context: StrategyContext, instrument: InstrumentId, bar: Bar, isWarmUp: boolean): void {
      const watch = watches.get(instrument);
      if (watch === undefined || bar.volume === 0) return;
      memory.date = bar.date;
      const held = isWarmUp ? null : context.position(instrument);
      const signals = (watch.signals ??= options.startSignals());
      signals.next(bar, held?.averagePrice ?? null);
      if (!isWarmUp) decide({ context, instrument, watch, signals, memory, held, close: bar.close, options });
    },
    onOrder(context: StrategyContext, update: OrderUpdate): void {
      const watch = watches.get(update.instrument);
      if (watch === undefined) return;
      follow(context, watch, memory, update);
      closeDay(context, memory, update);
    },
    foresee(bars: BarSeries, range: RowRange): Int32Array | null {
      const watch = watches.get(bars.instrument);
      const foreseen = watch === undefined ? null : options.foreseeSignals(bars, range);
      if (watch === undefined || foreseen === null) return null;
      watch.signals = foreseen.signals;
      return foreseen.entryRows;
    },
    glance(context: StrategyContext, instrument: InstrumentId, row: number, close: Won): boolean {
      const watch = watches.get(instrument);
      const held = context.position(instrument);
      if (watch === undefined || held === null || watch.exit !== null) return true;
      return watch.signals?.glance?.(row, close, held.averagePrice) !== false;
    },
    isFull: (context) => context.positionCount + pendingEntries(context, memory) >= options.positionsMax,
    readings: (instrument) => watches.get(instrument)?.signals?.readings?.() ?? [],
    checks: (instrument) => watches.get(instrument)?.signals?.checks?.() ?? [],
  };
}

interface Situation {
  readonly context: StrategyContext;
  readonly instrument: InstrumentId;
  readonly watch: Watch;
  readonly signals: Signals;
  readonly memory: Memory;
  readonly held: StrategyPosition | null;
  readonly close: Won;
  readonly options: SignalStrategyOptions;
}

function decide(now: Situation): void {
  const { context, instrument, watch, memory, held } = now;
  if (held === null) watch.exit = null;
  else if (watch.exit === null) {
    watch.exit = now.signals.exit;
    if (watch.exit !== null) context.log(instrument, `exit:${watch.exit.code} ${watch.exit.sentence}`);
  }
  if (context.hasOpenOrder(instrument)) {
    reviewOpenOrder(now);
    return;
  }
  memory.open.delete(instrument);
  if (held === null) enter(now);
  else if (watch.exit !== null) leave(now, watch.exit, held.quantity);
}

/** Withdraws an order that the price ran away from, and an entry that we no longer want. */
function reviewOpenOrder({ context, instrument, watch, memory, close }: Situation): void {
  const open = memory.open.get(instrument);
  // Without an answer from the broker there is nothing to cancel yet: reconciling comes first.
  if (open === undefined || open.state === 'unknown' || open.state === 'escalated') return;
  const isOutOfReach = open.price === null || (open.side === 'buy' ? open.price < close : open.price > close);
  const isUnwanted = open.side === 'buy' && watch.exit !== null;
  if (!isOutOfReach && !isUnwanted) return;
  const cause = isUnwanted ? '팔기로 해서 남은 매수를 거둬들여요.' : '가격이 멀어져서 주문을 거둬들여요.';
  context.log(instrument, `${isUnwanted ? 'cancel:exit' : 'cancel:out-of-reach'} ${cause}`);
  context.cancel(open.requestId);
}

/** A holding that has outgrown the largest order is sold in parts, one a bar; the wish to leave stays until it is gone. */
function leave(now: Situation, exit: Signal, held: number): void {
  const { context, instrument, close, memory } = now;
  const price = context.limitPrice(instrument, 'sell', close, limitDistanceBps);
  // A single share that costs more than the largest order is offered all the same: the guard's answer is then on record.
  const shares = Math.min(held, Math.max(1, Math.floor(context.orderValueMax / price)));
  const part = shares < held ? ` 한 번 주문 한도에 맞춰 ${held}주 가운데 ${shares}주만 먼저 팔아요.` : '';
  const draft = {
    instrument,
    side: 'sell',
    quantity: quantity(shares),
    price,
    reason: `${exit.sentence}${part}`,
  } as const;
  memory.open.set(instrument, { requestId: context.submit(draft), side: 'sell', price, state: 'intent' });
}

function enter(now: Situation): void {
  const { context, instrument, memory, options, close } = now;
  const signal = now.signals.entry;
  if (signal === null || memory.closedOn === memory.date) return;
  if (context.positionCount + pendingEntries(context, memory) >= options.positionsMax) {
    context.log(instrument, `skip:max-position ${signal.sentence} 이미 ${options.positionsMax}종목이라 사지 않았어요.`);
    return;
  }
  const price = context.limitPrice(instrument, 'buy', close, limitDistanceBps);
  const size = entrySize({
    ...amounts(context),
    positionSize: options.positionSize,
    takeProfit: options.takeProfit,
    price,
  });
  if (size.shares === 0) {
    const amount = `쓸 수 있는 금액 ${wonText(size.budget)}`;
    context.log(instrument, `skip:no-budget ${signal.sentence} ${amount}으로는 1주도 살 수 없어요.`);
    return;
  }
  const limited = size.boundBy === 'order-value' ? ' 한 번 주문 한도에 맞춰 줄였어요.' : '';
  const reason = `${signal.sentence}${limited}`;
  context.log(instrument, `enter:${signal.code} ${reason}`);
  const draft = { instrument, side: 'buy', quantity: quantity(size.shares), price, reason } as const;
  memory.open.set(instrument, { requestId: context.submit(draft), side: 'buy', price, state: 'intent' });
}

function amounts(context: StrategyContext): { equity: Won; cash: Won; orderValueMax: Won } {
  return { equity: context.equity, cash: context.cash, orderValueMax: context.orderValueMax };
}

/** Entries on their way: they will be positions, so they count against the maximum. */
function pendingEntries(context: StrategyContext, { open }: Memory): number {
  let count = 0;
  for (const [instrument, { side }] of open) {
    const isEntry = side === 'buy' && context.position(instrument) === null;
    if (isEntry && context.hasOpenOrder(instrument)) count += 1;
  }
  return count;
}

function follow(context: StrategyContext, watch: Watch, { open }: Memory, update: OrderUpdate): void {
  const { instrument, requestId, side, state } = update;
  const known = open.get(instrument);
  const isOurs = known?.requestId === requestId;
  if (!isOpen(state)) {
    if (isOurs) open.delete(instrument);
    return;
  }
  open.set(instrument, { requestId, side, price: isOurs ? known.price : null, state });
  // A sell order from before a restart was a wish to leave, and the cross that caused it will not come again.
  if (isOurs || side !== 'sell' || watch.exit !== null) return;
  watch.exit = resumed;
  context.log(instrument, `exit:${resumed.code} ${resumed.sentence}`);
}

function closeDay(context: StrategyContext, memory: Memory, { instrument, side, state, code }: OrderUpdate): void {
  const isForTheDay = state === 'denied' && side === 'buy' && code !== null && denialsOfDay.has(code);
  if (!isForTheDay || memory.closedOn === memory.date) return;
  memory.closedOn = memory.date;
  context.log(instrument, `skip:day-limit 오늘 한도를 다 써서 내일까지 더 사지 않아요. (${code})`);
}

const resumed: Signal = { code: 'resumed', sentence: '다시 시작하기 전에 내던 매도를 이어 가요.' };
