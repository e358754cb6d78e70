import { canonicalJson } from '#journal/canonical-json.ts';
import { brokenPromises } from './check-history.ts';
import type { FaultName } from './fault-odds.ts';
import { FaultPlan } from './fault-plan.ts';
import { starter } from '#guard/limits.ts';
import { ModelBroker, type ModelOrder } from './model-broker.ts';
import { ModelGuard, wideLimits } from './model-guard.ts';
import { ModelHost } from './model-host.ts';
import { ModelMarket } from './model-market.ts';
import { ModelPeople, symbols } from './model-people.ts';
import { ModelProcess } from './model-process.ts';
import { ModelStream } from './model-stream.ts';
import { ModelWire } from './model-wire.ts';
import { Random } from '#domain/random.ts';
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
  /** False leaves out the faults that came later, so that an old seed plays the history it was found with. */
  readonly hasLaterFaults?: boolean;
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
/** Added to the seed, for the random numbers of the faults that came later. */
const laterSalt = 0x5bd1e995;

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
  readonly #host: ModelHost;
  readonly #witness = new Witness();
  readonly #isBlind: boolean;
  readonly #crashSteps = new Set<number>();
  #steps = 0;
  /** When something last happened that a list must show. */
  #movedAt = 0;
  #crashes = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    const later = new Random(options.seed + laterSalt);
    const hasLater = options.hasLaterFaults ?? true;
    this.#plan = new FaultPlan({ random: this.#random, later, only: options.faults ?? null, hasLater });
    const shared = { timeline: this.#timeline, random: this.#random, later, plan: this.#plan, troubleMs };
    this.#isBlind = this.#random.chance(0.25) && this.#plan.strikes('rows-without-origin');
    const isGuarded = later.chance(0.25) && hasLater;
    const market = new ModelMarket({ ...shared, symbols, isWatched: isGuarded });
    this.#broker = new ModelBroker({
      ...shared,
      market,
      visibilityMaxMs,
      visibilityMs: options.visibilityMs ?? null,
      saysOrigin: !this.#isBlind,
      tell: (notice) => stream.push(notice),
    });
    const isHardlyReadable = this.#random.chance(0.25);
    const wire = new ModelWire({ ...shared, broker: this.#broker, isHardlyReadable });
    this.#process = new ModelProcess({
      ...shared,
      wire,
      quietWindowMs: options.quietWindowMs ?? quietWindowDefaultMs,
      conduct: isGuarded ? wideLimits : starter,
      onDurable: (record) => this.#witness.durable(record),
      onSending: (effect) => this.#witness.sending(effect),
      fallAsleep: () => this.#host.sleep(),
    });
    const stream = new ModelStream({ ...shared, process: this.#process });
    const guard = new ModelGuard({
      market,
      process: this.#process,
      isReal: isGuarded,
      onWrong: (sentence) => this.#witness.broken.push(sentence),
    });
    const around = { ...shared, broker: this.#broker, process: this.#process, market, stream, guard };
    this.#people = new ModelPeople(around);
    this.#host = new ModelHost(around);
  }

  play(): History {
    this.#planCrashes();
    this.#host.begin();
    this.#process.start();
    this.#people.begin();
    this.#timeline.in(troubleMs, () => this.#heal(), null);
    for (
      let next = this.#timeline.next();
      next !== null && next.at <= endMs + this.#host.asleepMs;
      next = this.#timeline.next()
    ) {
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

  #planCrashes(): void {
    const { crashAtStep } = this.#options;
    if (crashAtStep !== undefined) this.#crashSteps.add(crashAtStep);
    for (let count = crashAtStep === undefined ? 3 : 0; count > 0; count -= 1) {
      if (this.#plan.strikes('crash')) this.#crashSteps.add(1 + this.#random.below(crashWithinSteps));
    }
  }

  #heal(): void {
    this.#plan.heal();
    this.#host.heal();
  }

  #ended(): History {
    const { state, disk } = this.#process;
    const { durable } = disk;
    const { struck } = this.#plan;
    const ended = {
      state,
      durable,
      replayed: disk.state,
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
