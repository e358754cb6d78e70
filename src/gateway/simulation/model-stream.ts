import type { OrderNotice } from '#brokers/broker.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { ModelProcess } from './model-process.ts';
import type { Random } from '#domain/random.ts';
import type { Timeline } from './timeline.ts';

export interface ModelStreamOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  /** Of the faults that came later, so that the histories before them stay as they were. */
  readonly later: Random;
  readonly plan: FaultPlan;
  readonly process: ModelProcess;
}

const gapMaxMs = 20_000;
const slowMaxMs = 15_000;
/** Pushes that wait for a process which does not read; with one more the broker gives the connection up. */
const unreadMax = 4;

/** The way of pushes from the broker to the process: late, twice, never, unreadable, or all at once. */
export class ModelStream {
  readonly #options: ModelStreamOptions;
  #goneUntil = 0;
  #slowUntil = 0;
  #unread = 0;

  constructor(options: ModelStreamOptions) {
    this.#options = options;
  }

  /** The socket comes back after `lengthMs` with a gap, and then orders are asked for. */
  lose(lengthMs: number): void {
    const { timeline, process } = this.#options;
    this.#goneUntil = timeline.now + lengthMs;
    timeline.in(lengthMs, () => process.ask(), null);
  }

  /** Some time without a connection. */
  loseForAWhile(): void {
    this.lose(this.#options.random.below(gapMaxMs));
  }

  /** The process reads nothing for a while: what comes waits, and is then read at once. */
  slowDown(): void {
    const { timeline, later } = this.#options;
    this.#slowUntil = timeline.now + later.below(slowMaxMs);
    this.#unread = 0;
  }

  push(notice: OrderNotice): void {
    const { timeline, random, plan, process } = this.#options;
    if (timeline.now < this.#goneUntil || plan.strikes('push-missing')) return;
    if (timeline.now < this.#slowUntil) {
      this.#pile(notice);
      return;
    }
    const hear = this.#heard(notice);
    const copies = plan.strikes('push-twice') ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      timeline.in(random.below(plan.strikes('push-late') ? 4_000 : 50), hear, process.life);
    }
  }

  #pile(notice: OrderNotice): void {
    const { timeline, process } = this.#options;
    this.#unread += 1;
    const leftMs = this.#slowUntil - timeline.now;
    if (this.#unread > unreadMax) this.lose(leftMs);
    else timeline.in(leftMs, this.#heard(notice), process.life);
  }

  /** What cannot be decrypted is no notice, and a reason to read the list. */
  #heard(notice: OrderNotice): () => void {
    const { plan, process } = this.#options;
    if (plan.strikes('undecryptable-notice')) return () => process.ask();
    return () => process.record({ kind: 'notice', notice });
  }
}
