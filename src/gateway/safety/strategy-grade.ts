import type { Environment } from '#domain/environment.ts';
import type { IsolationGrade } from '#link/isolation-grade.ts';

export interface StrategyGradeOptions {
  readonly environment: Environment;
  /** Nobody tells a grade here, and nothing follows from one: a gateway without a house around it. */
  readonly isWhole: boolean;
  /** The last day on which the person bears grade C in real trading; null when nothing is said. */
  readonly waiverUntil: Temporal.PlainDate | null;
  readonly today: () => Temporal.PlainDate;
  readonly halt: (by: string, reason: string) => void;
}

/** Best first. */
const order: readonly IsolationGrade[] = ['A', 'B', 'C'];

/**
 * How well the runner holds its strategies, as it says with each of its signs of life, and what follows (threat-model §3):
 * at grade C every limit is halved and real trading needs a waiver with a date; a grade that falls halts (N14). Before the
 * first word the grade counts as C (INV-11). Trial money risks nothing and keeps its limits; paper rehearses with the
 * numbers of real and is halved too, without a waiver.
 */
export class StrategyGrade {
  readonly #options: StrategyGradeOptions;
  #grade: IsolationGrade | null = null;

  constructor(options: StrategyGradeOptions) {
    this.#options = options;
  }

  /** Null until somebody said it. */
  get grade(): IsolationGrade | null {
    return this.#grade;
  }

  told(grade: IsolationGrade): void {
    const before = this.#grade;
    this.#grade = grade;
    if (before === null || order.indexOf(grade) <= order.indexOf(before)) return;
    this.#options.halt('rule N14', `the isolation of strategies fell from grade ${before} to ${grade}`);
  }

  get isHalved(): boolean {
    const { environment, isWhole } = this.#options;
    return !isWhole && environment !== 'trial' && !this.#isProven;
  }

  /** False: nothing that adds risk may go out in real trading. */
  get mayTrade(): boolean {
    const { environment, isWhole, waiverUntil, today } = this.#options;
    if (isWhole || environment !== 'real' || this.#isProven) return true;
    const isWaived = waiverUntil !== null && Temporal.PlainDate.compare(today(), waiverUntil) <= 0;
    return this.#grade === 'C' && isWaived;
  }

  get #isProven(): boolean {
    return this.#grade === 'A' || this.#grade === 'B';
  }
}
