import { ReplayContext, type ReplayedLine } from '#backtest/replay/replay-context.ts';
import { ReplayDesk, type SentOrder } from '#backtest/replay/replay-desk.ts';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import type { Brain } from '../brain.ts';
import type { StrategyPlan } from '../plans/strategy-plan.ts';
import type { DayEvent } from './day-event.ts';
import type { RecordedRun } from './recorded-runs.ts';
import type { ReplayedMarket } from './replayed-market.ts';

/** What a strategy decided when it was shown the same again. */
export interface ReplayedRun {
  readonly lines: readonly ReplayedLine[];
  readonly sent: readonly SentOrder[];
  /** Why the strategy ended; null when it did not, or ended on the day too. */
  readonly failure: string | null;
}

/**
 * Lives a recorded run again: the strategy is shown what it was shown, and hears what it heard, in the same order; its
 * decisions, its holdings, what waits and what that wakes are worked out anew by `ReplayDesk`. A code strategy thinks in
 * its sandbox as on the day: what it asks for is done at the moment at which its answer came then.
 *
 * @param market what the plan was made with, which a code strategy's price rules are read from
 */
export async function replayRun(run: RecordedRun, plan: StrategyPlan, market: ReplayedMarket): Promise<ReplayedRun> {
  const replay = new Replay(run, plan, market);
  try {
    await replay.play(run.events);
  } finally {
    await replay.end();
  }
  return replay.outcome;
}

class Replay {
  readonly #desk: ReplayDesk;
  readonly #context: ReplayContext;
  readonly #brain: Brain;
  readonly #market: ReplayedMarket;
  readonly #instruments: readonly InstrumentId[];
  #answered = Promise.withResolvers<void>();
  #failure: string | null = null;
  #isOver = false;

  constructor(run: RecordedRun, plan: StrategyPlan, market: ReplayedMarket) {
    this.#market = market;
    this.#instruments = plan.symbols.map(instrumentId);
    const { requestPrefix, barStartsAtMs, instruments } = run.open;
    market.list(instruments);
    this.#desk = new ReplayDesk(instruments.map((view) => ({ ...view, id: instrumentId(view.symbol) })));
    this.#context = new ReplayContext(this.#desk, requestPrefix);
    this.#context.barStartsAtMs = barStartsAtMs;
    this.#brain = plan.brain(this.#context, {
      onFailed: (reason) => {
        this.#failure ??= reason;
        this.#answered.resolve();
      },
      onShown: () => undefined,
      onDeciding: (barStartsAtMs, isWarmUp) => {
        this.#context.barStartsAtMs = barStartsAtMs;
        this.#context.isWarmUp = isWarmUp;
        // What was asked for is done before anything else runs.
        queueMicrotask(this.#answered.resolve);
      },
    });
  }

  get outcome(): ReplayedRun {
    const { lines } = this.#context;
    return { lines, sent: this.#desk.sent, failure: this.#isOver ? null : this.#failure };
  }

  async play(events: readonly DayEvent[]): Promise<void> {
    await this.#brain.start();
    for (const event of events) {
      this.#desk.nowMs = event.at;
      this.#market.setTime(event.at);
      if (event.kind === 'answered') await this.#answered.promise;
      else this.#take(event);
    }
  }

  end(): Promise<void> {
    return this.#brain.stop();
  }

  #take(event: DayEvent): void {
    switch (event.kind) {
      case 'resumed':
        this.#resume(event);
        break;
      case 'facts':
        this.#market.know(event.facts);
        this.#desk.know(event.facts);
        break;
      case 'news':
        this.#desk.news(event.order);
        break;
      case 'shown':
        this.#show(event.shown);
        break;
      case 'price':
        this.#desk.price(event.instrument, event.price, event.atMs);
        break;
      case 'closing-auction':
        this.#desk.closeAuction(this.#instruments);
        break;
      case 'note':
        this.#context.note(event.instrument, event.message);
        break;
      case 'over':
        this.#isOver = true;
        break;
      case 'open':
      case 'answered':
      case 'cut':
    }
  }

  #resume(event: Extract<DayEvent, { kind: 'resumed' }>): void {
    const { waiting, unsent, unrecorded } = event;
    const { date, closedOn, triggers } = waiting;
    this.#desk.resume({ triggers, unsent, unrecorded, closedOn, date });
  }

  #show(shown: Extract<DayEvent, { kind: 'shown' }>['shown']): void {
    if (this.#failure !== null) return;
    this.#desk.startEvent();
    this.#answered = Promise.withResolvers<void>();
    try {
      if (shown.kind === 'bar') this.#brain.bar(shown.instrument, shown.bar, shown.isWarmUp);
      else if (shown.kind === 'close') this.#brain.close(shown.date);
      else this.#brain.order({ ...shown.update, filled: quantity(shown.update.filled) });
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }
}
