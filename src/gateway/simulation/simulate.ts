import { SnowballError } from '#domain/errors.ts';
import type { FaultName } from './fault-odds.ts';
import { playHistory, type History, type HistoryOptions } from './history.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly runs: number;
  /** Asked before each seed; true ends before `runs` are played. */
  readonly isEnough?: () => boolean;
  /** Dies before the step of this number, once, instead of where the seed says. */
  readonly crashAtStep?: number;
  /** Every how many histories the journal is read back through its decoder; 0 never. */
  readonly throughEvery: number;
  /** Plays each history again once for each of its steps, and kills the process before that step. */
  readonly crashesEverywhere?: boolean;
  readonly onHistory?: (done: number) => void;
}

export interface Broken {
  readonly seed: number;
  readonly crashAtStep: number | null;
  readonly sentences: readonly string[];
}

export interface Summary {
  /** Histories played, those with a crash at each step included. */
  readonly histories: number;
  readonly sent: number;
  readonly crashes: number;
  readonly steps: number;
  readonly struck: ReadonlyMap<FaultName, number>;
  /** Histories in which a kind of record was written. */
  readonly reached: ReadonlyMap<string, number>;
  readonly lost: number;
  readonly doubled: number;
  readonly stuck: number;
  readonly otherwise: number;
  /** The first 20 histories that broke a promise. */
  readonly broken: readonly Broken[];
}

const brokenKept = 20;

/** Plays `runs` histories, one for each seed from `seed` on, and counts what they did and which promise they broke. */
export function simulate(options: SimulationOptions): Summary {
  // The model's clients ask again until they are answered: each refusal would cost a stack trace that nobody reads.
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const tally = new Tally();
  const { crashAtStep, isEnough = () => false } = options;
  for (let index = 0; index < options.runs && !isEnough(); index += 1) {
    const seed = options.seed + index;
    const isThrough = options.throughEvery > 0 && index % options.throughEvery === 0;
    if (options.crashesEverywhere === true) crashEverywhere(tally, seed);
    else {
      const at = crashAtStep === undefined ? {} : { crashAtStep };
      tally.add(played({ seed, isThrough, ...at }), crashAtStep ?? null);
    }
    options.onHistory?.(index + 1);
  }
  Error.stackTraceLimit = limit;
  return tally.summary();
}

function crashEverywhere(tally: Tally, seed: number): void {
  const whole = played({ seed, crashAtStep: 0 });
  tally.add(whole, null);
  for (let step = 1; step <= whole.steps; step += 1) tally.add(played({ seed, crashAtStep: step }), step);
}

/** A broken invariant inside the desk is a finding like any other, and names its seed. */
function played(options: HistoryOptions): History {
  try {
    return playHistory(options);
  } catch (error) {
    const name = error instanceof SnowballError ? error.code : 'unexpected';
    const sentence = `the desk failed: ${name}: ${error instanceof Error ? error.message : String(error)}`;
    const { seed } = options;
    const nothing = { struck: new Map(), reached: new Set<string>(), sent: 0, crashes: 0, steps: 0, orders: [] };
    return { seed, broken: [sentence], ...nothing, trace: () => [] };
  }
}

class Tally {
  #histories = 0;
  #sent = 0;
  #crashes = 0;
  #steps = 0;
  readonly #struck = new Map<FaultName, number>();
  readonly #reached = new Map<string, number>();
  readonly #ends = { lost: 0, doubled: 0, stuck: 0, otherwise: 0 };
  readonly #broken: Broken[] = [];

  add(history: History, crashAtStep: number | null): void {
    this.#histories += 1;
    this.#sent += history.sent;
    this.#crashes += history.crashes;
    this.#steps += history.steps;
    for (const [name, times] of history.struck) this.#struck.set(name, (this.#struck.get(name) ?? 0) + times);
    for (const kind of history.reached) this.#reached.set(kind, (this.#reached.get(kind) ?? 0) + 1);
    if (history.broken.length === 0) return;
    for (const end of new Set(history.broken.map(endOf))) this.#ends[end] += 1;
    if (this.#broken.length >= brokenKept) return;
    this.#broken.push({ seed: history.seed, crashAtStep, sentences: history.broken });
  }

  summary(): Summary {
    return {
      histories: this.#histories,
      sent: this.#sent,
      crashes: this.#crashes,
      steps: this.#steps,
      struck: this.#struck,
      reached: this.#reached,
      ...this.#ends,
      broken: this.#broken,
    };
  }
}

function endOf(sentence: string): 'lost' | 'doubled' | 'stuck' | 'otherwise' {
  if (sentence.includes('stuck')) return 'stuck';
  if (sentence.startsWith('INV-02')) return 'doubled';
  return sentence.startsWith('INV-03') || sentence.startsWith('INV-07') ? 'lost' : 'otherwise';
}
