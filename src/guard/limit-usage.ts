import type { InstrumentId } from '#domain/instrument.ts';
import { symbolOf } from '#domain/instrument.ts';
import { dayValue } from './day-value.ts';
import type { Denial, DenialCode } from './denial.ts';
import { exposureLimit, exposureOf, exposureOfAccount, instrumentsAtRisk } from './exposure-value.ts';
import { lossLimit, lossOfDay } from './loss-of-day.ts';
import { openValue } from './open-orders.ts';
import { cancelsOfMinute, cancelsPerFill, ordersOfMinute } from './order-counts.ts';
import { smallOrdersOf } from './small-orders.ts';
import type { GuardState } from './state.ts';

/** One row of 안전: how much of a limit is used up. */
export interface LimitUsage {
  readonly code: DenialCode;
  readonly scope: 'account' | 'strategy' | 'symbol';
  /** Strategy name or listing code; empty for the account. */
  readonly subject: string;
  /** 0 when it cannot be known. */
  readonly used: number;
  /** 0 when it cannot be known, because nothing passes until it is. */
  readonly limit: number;
  readonly unit: Denial['unit'];
}

/** The account's rows, then each strategy's that ordered today, then each symbol's that is held, bought or ordered today. */
export function limitUsage(state: GuardState): readonly LimitUsage[] {
  const strategies = new Set(state.ordersOfDay.map((order) => order.requester).filter((name) => name !== 'person'));
  const symbols = instrumentsAtRisk(state);
  for (const order of state.ordersOfDay) symbols.add(order.instrument);
  return [
    ...accountRows(state),
    ...[...strategies].sort().flatMap((name) => strategyRows(state, name)),
    ...[...symbols].sort().flatMap((instrument) => symbolRows(state, instrument)),
  ].map(known);
}

function accountRows(state: GuardState): readonly LimitUsage[] {
  const { limits } = state;
  const account = { scope: 'account', subject: '' } as const;
  const all = () => true;
  return [
    { ...account, code: 'daily-loss', used: lossOfDay(state), limit: lossLimit(state), unit: 'won' },
    {
      ...account,
      code: 'day-value-account',
      used: dayValue(state, all),
      limit: limits.dayValueAccountMax,
      unit: 'won',
    },
    { ...account, code: 'open-value', used: openValue(state, all), limit: limits.openValueMax, unit: 'won' },
    { ...account, code: 'exposure', used: exposureOfAccount(state), limit: exposureLimit(state), unit: 'won' },
    {
      ...account,
      code: 'position-count',
      used: instrumentsAtRisk(state).size,
      limit: limits.positionCountMax,
      unit: 'none',
    },
    {
      ...account,
      code: 'orders-per-minute-account',
      used: ordersOfMinute(state, all),
      limit: limits.ordersPerMinuteAccountMax,
      unit: 'orders',
    },
    {
      ...account,
      code: 'orders-per-day',
      used: state.ordersOfDay.length,
      limit: limits.ordersPerDayMax,
      unit: 'orders',
    },
    {
      ...account,
      code: 'cancels-per-minute',
      used: cancelsOfMinute(state),
      limit: limits.cancelsPerMinuteMax,
      unit: 'orders',
    },
    {
      ...account,
      code: 'cancel-fill-ratio',
      used: cancelsPerFill(state),
      limit: limits.cancelFillRatioMax,
      unit: 'ratio',
    },
  ];
}

function strategyRows(state: GuardState, name: string): readonly LimitUsage[] {
  const { limits } = state;
  const strategy = { scope: 'strategy', subject: name } as const;
  const own = (order: { readonly requester: string }) => order.requester === name;
  return [
    {
      ...strategy,
      code: 'day-value-strategy',
      used: dayValue(state, own),
      limit: limits.dayValueStrategyMax,
      unit: 'won',
    },
    {
      ...strategy,
      code: 'orders-per-minute-strategy',
      used: ordersOfMinute(state, own),
      limit: limits.ordersPerMinuteStrategyMax,
      unit: 'orders',
    },
  ];
}

function symbolRows(state: GuardState, instrument: InstrumentId): readonly LimitUsage[] {
  const { limits } = state;
  const symbol = { scope: 'symbol', subject: symbolOf(instrument) } as const;
  return [
    {
      ...symbol,
      code: 'position-value',
      used: exposureOf(state, instrument),
      limit: limits.positionValueMax,
      unit: 'won',
    },
    {
      ...symbol,
      code: 'small-order-repetition',
      used: smallOrdersOf(state, instrument),
      limit: limits.smallOrdersPerSymbolMax,
      unit: 'orders',
    },
  ];
}

/** Rows cross to the browser as JSON, which has no NaN. */
function known(row: LimitUsage): LimitUsage {
  const isKnown = Number.isFinite(row.used) && Number.isFinite(row.limit);
  return isKnown ? row : { ...row, used: Number.isFinite(row.used) ? row.used : 0, limit: 0 };
}
