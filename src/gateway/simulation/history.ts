import { canonicalJson } from '#journal/canonical-json.ts';
import { brokenPromises } from './check-history.ts';
import type { FaultName } from './fault-odds.ts';
import { FaultPlan } from './fault-plan.ts';
import { ModelBroker, type ModelOrder } from './model-broker.ts';
import { ModelPeople } from './model-people.ts';
import { ModelProcess } from './model-process.ts';
import { ModelWire } from './model-wire.ts';
import { Random } from './random.ts';
import { Timeline } from './timeline.ts';
import { Witness } from './witness.ts';

export interface HistoryOptions {
  readonly seed: number;
  /** Exactly these faults, instead of those that the seed chooses. */
  readonly faults?: readonly FaultName[];
  /** How long every order stays out of the broker's list; up to 5 s, drawn for each, when nothing is said. */
  readonly visibilityMs?: number;
  readonly quietWindowMs?: number;
  /** Dies before the step of this number, once. The seed chooses when nothing is said. */
  readonly crashAtStep?: number;
  /** Reads the journal back through its decoder at the end; slow. */
  readonly isThrough?: boolean;
}

export interface History {
  readonly seed: number;
  /** Sentences that begin with the invariant's number; empty when every promise was kept. */
  readonly broken: readonly string[];
  readonly struck: ReadonlyMap<FaultName, number>;
  /** Kinds of records written, which are the steps of an order's life and of the house. */
  readonly reached: ReadonlySet<string>;
  /** Intents that left for the broker. */
  readonly sent: number;
  readonly crashes: number;
  /** Steps of the process: the places at which it can be killed. */
  readonly steps: number;
  /** What the broker holds in truth. */
  readonly orders: readonly ModelOrder[];
  /** The journal, one canonical line a record: equal for equal seeds, byte for byte. */
  readonly trace: () => readonly string[];
}

const quietWindowDefaultMs = 30_000;
const visibilityMaxMs = 5_000;
const troubleMs = 60_000;
/** No history needs so long; one that comes here is stuck. */
const endMs = 900_000;
const crashWithinSteps = 160;
const suspendMaxMs = 20_000;

/** One history of gateway, disk, broker and people, made by a seed alone; at its end everything is healed and judged. */
export function playHistory(options: HistoryOptions): History {
  const world = new World(options);
  return world.play();
}

class World {
  readonly #options: HistoryOptions;
  readonly #random: Random;
  readonly #timeline = new Timeline();
  readonly #plan: FaultPlan;
  readonly #broker: ModelBroker;
  readonly #process: ModelProcess;
  readonly #people: ModelPeople;
  readonly #witness = new Witness();
  readonly #isBlind: boolean;
  readonly #crashSteps = new Set<number>();
  #streamGapUntil = 0;
  #steps = 0;
  /** When something last happened that a list must show. */
  #movedAt = 0;
  #crashes = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#plan = new FaultPlan(this.#random, options.faults ?? null);
    const shared = { timeline: this.#timeline, random: this.#random, plan: this.#plan };
    this.#isBlind = this.#random.chance(0.25) && this.#plan.strikes('rows-without-origin');
    this.#broker = new ModelBroker({
      ...shared,
      visibilityMaxMs,
      visibilityMs: options.visibilityMs ?? null,
      saysOrigin: !this.#isBlind,
      tell: (notice) => this.#tell(() => this.#process.record({ kind: 'notice', notice })),
    });
    const isHardlyReadable = this.#random.chance(0.25);
    const wire = new ModelWire({ ...shared, broker: this.#broker, isHardlyReadable });
    this.#process = new ModelProcess({
      ...shared,
      wire,
      quietWindowMs: options.quietWindowMs ?? quietWindowDefaultMs,
      onDurable: (record) => this.#witness.durable(record),
      onSending: (effect) => this.#witness.sending(effect),
    });
    this.#people = new ModelPeople({ ...shared, broker: this.#broker, process: this.#process, troubleMs });
  }

  play(): History {
    this.#planHost();
    this.#process.start();
    this.#people.begin();
    this.#timeline.in(troubleMs, () => this.#heal(), null);
    for (let next = this.#timeline.next(); next !== null && next.at <= endMs; next = this.#timeline.next()) {
      if (!next.isRoutine) this.#movedAt = next.at;
      if (next.life === null) next.happen();
      else if (next.life !== this.#process.life) continue;
      else if (next.at < this.#process.suspendedUntil) this.#timeline.postpone(next, this.#process.suspendedUntil);
      else this.#step(next.happen);
      if (this.#timeline.busy === 0 && this.#isAtRest()) break;
    }
    return this.#ended();
  }

  /** Nothing is under way, and a list that shows everything has been read since. */
  #isAtRest(): boolean {
    return this.#process.isAtRest(this.#movedAt + (this.#options.visibilityMs ?? visibilityMaxMs));
  }

  /** What one process does between two awaits; it may die before it. */
  #step(happen: () => void): void {
    this.#steps += 1;
    if (!this.#crashSteps.has(this.#steps)) {
      happen();
      return;
    }
    this.#crashes += 1;
    this.#process.crash();
  }

  #planHost(): void {
    const { crashAtStep } = this.#options;
    if (crashAtStep !== undefined) this.#crashSteps.add(crashAtStep);
    for (let count = crashAtStep === undefined ? 3 : 0; count > 0; count -= 1) {
      if (this.#plan.strikes('crash')) this.#crashSteps.add(1 + this.#random.below(crashWithinSteps));
    }
    if (this.#plan.strikes('suspend')) this.#someTime(() => this.#suspend());
    if (this.#plan.strikes('clock-step-small')) this.#someTime(() => this.#stepClock(1_900));
    if (this.#plan.strikes('clock-step-large')) this.#someTime(() => this.#stepClock(5_000));
    if (this.#plan.strikes('stream-gap')) this.#someTime(() => this.#loseStream());
  }

  #someTime(happen: () => void): void {
    this.#timeline.in(this.#random.below(troubleMs), happen, null);
  }

  #suspend(): void {
    this.#process.suspendedUntil = this.#timeline.now + this.#random.below(suspendMaxMs);
  }

  #stepClock(maxMs: number): void {
    this.#process.clockErrorMs = this.#random.below(2 * maxMs) - maxMs;
  }

  /** The socket comes back with a gap, and then orders are asked for. */
  #loseStream(): void {
    const lengthMs = this.#random.below(20_000);
    this.#streamGapUntil = this.#timeline.now + lengthMs;
    this.#timeline.in(lengthMs, () => this.#process.ask(), null);
  }

  #heal(): void {
    this.#plan.heal();
    this.#process.clockErrorMs = 0;
  }

  #tell(push: () => void): void {
    if (this.#timeline.now < this.#streamGapUntil || this.#plan.strikes('push-missing')) return;
    const { life } = this.#process;
    const copies = this.#plan.strikes('push-twice') ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      this.#timeline.in(this.#random.below(this.#plan.strikes('push-late') ? 4_000 : 50), push, life);
    }
  }

  #ended(): History {
    const { state, durable } = this.#process;
    const { struck } = this.#plan;
    const ended = {
      state,
      durable,
      orders: this.#broker.orders,
      isDoubledByBroker: struck.has('accept-twice'),
      isBlind: this.#isBlind,
      isAtRest: this.#isAtRest(),
      isThrough: this.#options.isThrough ?? false,
    };
    return {
      seed: this.#options.seed,
      broken: [...this.#witness.broken, ...brokenPromises(ended)],
      struck,
      reached: new Set(durable.map((record) => record.kind)),
      sent: this.#witness.sentTimes.size,
      crashes: this.#crashes,
      steps: this.#steps,
      orders: this.#broker.orders,
      trace: () => durable.map(canonicalJson),
    };
  }
}
