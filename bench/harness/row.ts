import type { RoundAnswer } from './contestant.ts';

/** Half a minute for all, or as long as good medians take. */
export type BenchMode = 'quick' | 'full';

export interface Contestant {
  /** As the tables call it. */
  readonly name: string;
  /** Program below bench/, run by this Node in a process of its own. */
  readonly program: string;
  readonly args: readonly string[];
  /** Ours run first and twice: the two must agree in time, or no ratio is printed. */
  readonly isOurs: boolean;
  /** Its times are multiplied by it: it is given a part of the work, and the row says so. 1 when left out. */
  readonly extrapolated?: number;
  /** Sums that it is compared by; all of ours when left out. */
  readonly comparedBy?: readonly string[];
  /** Sums that differ from ours by definition, with the reason; those that are not here must be equal. */
  readonly explained?: Readonly<Record<string, string>>;
}

export interface Goal {
  /** Name of the one of us that is meant; the row's first when left out. */
  readonly of?: string;
  /** Name of the contestant that is compared with. */
  readonly against: string;
  /** Ours must be so many times as fast. */
  readonly ratio: number;
}

/** One workload: who runs it, what is to be reached. */
export interface BenchRow {
  readonly name: string;
  /** One sentence: the work of a round. */
  readonly work: string;
  readonly contestants: readonly Contestant[];
  readonly goals: readonly Goal[];
  /** `thread` for work of one thread, so that a busy machine spoils less; `wall` where threads or disks work besides. */
  readonly clock: 'thread' | 'wall';
  /** Longest time that a round of ours may take, in milliseconds; null where only ratios count. */
  readonly oursMsMax: number | null;
  /** Relative difference up to which sums are equal. */
  readonly tolerance: number;
  /** First rounds that do not count: V8 is still at work on them. One whose budget ends before counts its last. */
  readonly warmUps: number;
  /** Of each contestant; a slow one stops when its budget is used up, after one round at the least. */
  readonly rounds: number;
  readonly budgetMs: number;
}

export interface Finish {
  readonly contestant: Contestant;
  readonly rounds: readonly RoundAnswer[];
  /** By the clock of the row, extrapolated, in milliseconds; sorted. */
  readonly timesMs: readonly number[];
  readonly medianMs: number;
}

export interface RowOutcome {
  readonly row: BenchRow;
  readonly finishes: readonly Finish[];
  /** The slower of our two medians divided by the faster, less 1. */
  readonly noise: number;
  /** Sentences on sums that are not equal and not explained; none when all is well. */
  readonly disagreements: readonly string[];
}
