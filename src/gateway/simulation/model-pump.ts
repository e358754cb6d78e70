import { isDayOver } from '../day-end.ts';
import { inDoubt } from '../desk/order-questions.ts';
import type { VisibilityMeter } from '../safety/visibility-meter.ts';
import { dayOfHistory } from './model-broker.ts';
import type { ModelProcess } from './model-process.ts';
import type { ModelWire } from './model-wire.ts';
import type { Timeline } from './timeline.ts';

export interface ModelPumpOptions {
  readonly timeline: Timeline;
  readonly wire: ModelWire;
  readonly process: ModelProcess;
  /** That of the running life. */
  readonly meter: () => VisibilityMeter;
}

/** As in the gateway's pump: at the least, while an order is in doubt, and as a matter of course. */
const shortestMs = 1_000;
const doubtMs = 2_000;
const routineMs = 30_000;

/** Asks for the broker's list of orders as the gateway's pump does. */
export class ModelPump {
  readonly #options: ModelPumpOptions;
  /** True while the last round read a whole list and nothing has come of it. */
  #isCalm = false;
  #isAsked = true;
  #isInquiring = false;
  #isWhole = false;
  #lastRoundAt = -Infinity;
  #alarm = 0;
  #roundFrom = -Infinity;

  constructor(options: ModelPumpOptions) {
    this.#options = options;
  }

  /** True when a whole list that was asked for after `sinceMs` changed nothing, and nothing asks for another one. */
  isAtRest(sinceMs: number): boolean {
    const isQuiet = this.#isCalm && this.#roundFrom > sinceMs && !this.#isAsked && !this.#isInquiring;
    return isQuiet && inDoubt(this.#options.process.state).length === 0;
  }

  /** A new life of the process. */
  restart(): void {
    this.#isInquiring = false;
    this.#isAsked = true;
    this.#isWhole = false;
    this.#lastRoundAt = -Infinity;
  }

  /** Something has come of a list, or of anything else. */
  disturb(): void {
    this.#isCalm = false;
  }

  ask(): void {
    this.#isAsked = true;
    this.schedule();
  }

  /** Sets the time of the next round by what is asked for now. */
  schedule(): void {
    if (this.#isInquiring) return;
    const { timeline, process } = this.#options;
    const due = Math.max(timeline.now, this.#lastRoundAt + this.#distanceMs());
    // A timer that was set for later is replaced; the old one finds that it is no longer meant.
    this.#alarm += 1;
    const alarm = this.#alarm;
    timeline.in(due - timeline.now, () => (alarm === this.#alarm ? this.#inquire() : undefined), process.life, true);
  }

  #distanceMs(): number {
    if (this.#isAsked) return shortestMs;
    const isWaiting = inDoubt(this.#options.process.state).length > 0 || this.#options.meter().isWaiting;
    return isWaiting ? doubtMs : routineMs;
  }

  #inquire(): void {
    const { timeline, wire, process, meter } = this.#options;
    this.#isInquiring = true;
    this.#isAsked = false;
    this.#isCalm = true;
    this.#roundFrom = timeline.now;
    const sentElapsedMs = process.elapsedMs;
    const isOver = isOverAt(process);
    const { life } = process;
    wire.list((inquiry, afterMs) =>
      timeline.in(
        afterMs,
        () => {
          this.#isInquiring = false;
          this.#lastRoundAt = timeline.now;
          if (inquiry.kind === 'complete') {
            this.#isWhole = true;
            meter().listed(inquiry.rows, sentElapsedMs, process.elapsedMs);
          } else this.#isCalm = false;
          const isWhole = this.#isWhole;
          process.record({
            kind: 'inquired',
            date: dayOfHistory,
            inquiry,
            sentElapsedMs,
            isDayOver: isOver,
            isWhole,
          });
          this.schedule();
        },
        life,
        true,
      ),
    );
  }
}

const closesNotBeforeMs = Temporal.Instant.from('2026-03-03T06:30:00Z').epochMilliseconds;

/** Most histories end long before the day does: a question of numbers first. */
function isOverAt({ wallMs, state }: ModelProcess): boolean {
  if (wallMs < closesNotBeforeMs) return false;
  return isDayOver(dayOfHistory, Temporal.Instant.fromEpochMilliseconds(wallMs), state.orders.values());
}
