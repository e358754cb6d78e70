import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import type { StrategyView } from '#link/runner-api.ts';
import { openResult } from './backtest/open-result.ts';
import type { DecisionJournal } from './decision-journal.ts';
import type { HostOptions } from './host-options.ts';
import type { StrategyBook } from './strategy-book.ts';

/** How far a strategy has come in this run. */
export interface StrategyStanding {
  readonly state: StrategyView['state'];
  /** Why it is over; empty unless there is something to say. */
  readonly reason: string;
  /** When it was last shown a bar; 0 before the first. */
  readonly lastSeenMs: number;
  readonly book: StrategyBook;
  readonly journal: DecisionJournal;
}

/** A running strategy as a person sees it. */
export function strategyView(
  { plan, clock, market }: HostOptions,
  { state, reason, lastSeenMs, book, journal }: StrategyStanding,
): StrategyView {
  const today = dateNumber(seoulDate(clock.now()));
  return {
    name: plan.name,
    kind: plan.kind,
    state,
    reason: reason === '' ? plan.remark : reason,
    symbols: [...plan.symbols],
    interval: plan.interval,
    positions: book.holdings().size,
    ordersOfDay: book.ordersOn(today),
    profitOfDay: book.realisedOn(today) + openResult(book, market),
    lastSeenAt: Temporal.Instant.fromEpochMilliseconds(lastSeenMs).toString(),
    decisions: [...journal.shown],
  };
}
