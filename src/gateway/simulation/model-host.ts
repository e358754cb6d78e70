import type { FaultPlan } from './fault-plan.ts';
import { marketClosesMs, type ModelBroker } from './model-broker.ts';
import type { DiskCondition } from './model-disk.ts';
import type { ModelProcess } from './model-process.ts';
import type { ModelStream } from './model-stream.ts';
import type { Random } from '#domain/random.ts';
import type { Timeline } from './timeline.ts';

export interface ModelHostOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly later: Random;
  readonly plan: FaultPlan;
  readonly process: ModelProcess;
  readonly broker: ModelBroker;
  readonly stream: ModelStream;
  /** Milliseconds in which things go wrong. */
  readonly troubleMs: number;
}

const stoppedMaxMs = 20_000;
const asleepMaxMs = 8 * 3_600_000;
const diskTroubleMaxMs = 30_000;
const smallStepMs = 1_900;
const largeStepMs = 5_000;

/** The machine: its clock, its sleep, its disk, and a second gateway that somebody starts. */
export class ModelHost {
  /** How long the machine slept, all in all. */
  asleepMs = 0;
  readonly #options: ModelHostOptions;

  constructor(options: ModelHostOptions) {
    this.#options = options;
  }

  /** What goes wrong with the process and its clock. */
  begin(): void {
    const { plan, stream } = this.#options;
    if (plan.strikes('suspend')) this.#someTime(() => this.#stop());
    if (plan.strikes('clock-step-small')) this.#someTime(() => this.#stepClock(smallStepMs));
    if (plan.strikes('clock-step-large')) this.#someTime(() => this.#stepClock(largeStepMs));
    if (plan.strikes('stream-gap')) this.#someTime(() => stream.loseForAWhile());
    this.#beginLater();
  }

  heal(): void {
    this.#options.process.clockErrorMs = 0;
    this.#options.process.disk.condition = 'well';
  }

  #beginLater(): void {
    const { plan, process, stream } = this.#options;
    if (plan.strikes('slow-consumer')) this.#laterTime(() => stream.slowDown());
    if (plan.strikes('suspend-hours')) this.#laterTime(() => this.sleep());
    if (plan.strikes('disk-full')) this.#laterTime(() => this.#spoil('full'));
    if (plan.strikes('disk-read-only')) this.#laterTime(() => this.#spoil('read-only'));
    if (plan.strikes('fsync-error')) this.#laterTime(() => this.#spoil('sync-fails'));
    for (let count = plan.strikes('second-gateway') ? 4 : 0; count > 0; count -= 1) {
      this.#laterTime(() => process.startSecond());
    }
  }

  #someTime(happen: () => void): void {
    const { timeline, random, troubleMs } = this.#options;
    timeline.in(random.below(troubleMs), happen, null);
  }

  #laterTime(happen: () => void): void {
    const { timeline, later, troubleMs } = this.#options;
    timeline.in(later.below(troubleMs), happen, null);
  }

  /** The process alone stands still; its monotonic clock goes on. */
  #stop(): void {
    const { process, timeline, random } = this.#options;
    process.suspendedUntil = Math.max(process.suspendedUntil, timeline.now + random.below(stoppedMaxMs));
  }

  /** The whole machine stands still, its monotonic clock too, and what was pushed meanwhile is lost. */
  sleep(): void {
    const { process, timeline, later, stream, broker } = this.#options;
    const lengthMs = 60_000 + later.below(asleepMaxMs);
    this.asleepMs += lengthMs;
    process.sleep(lengthMs);
    stream.lose(lengthMs);
    if (timeline.now < marketClosesMs) timeline.in(marketClosesMs - timeline.now, () => broker.close(), null, true);
  }

  #stepClock(maxMs: number): void {
    const { process, random } = this.#options;
    process.clockErrorMs = random.below(2 * maxMs) - maxMs;
  }

  #spoil(condition: DiskCondition): void {
    const { process, timeline, later } = this.#options;
    const { disk } = process;
    disk.condition = condition;
    timeline.in(
      later.below(diskTroubleMaxMs),
      () => {
        if (disk.condition === condition) disk.condition = 'well';
      },
      null,
    );
  }
}
