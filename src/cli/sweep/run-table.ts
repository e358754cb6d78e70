import { portfolioName, portfoliosOf } from '#backtest/sweep/portfolios.ts';
import type { SweepRun } from '#backtest/sweep/sweep.ts';
import type { SweepAccount, SweepJob } from './sweep-crew.ts';

/** The runs of one sweep by portfolio and combination. */
export class RunTable {
  /** 1 for each run that need not be done: at the portfolio's place in the job × number of combinations + the combination's. */
  readonly done: Uint8Array;
  readonly #runs: (SweepRun | undefined)[];
  readonly #symbols: readonly string[];
  readonly #combinations: number;

  constructor({ subject, series }: SweepAccount, { combinations, portfolios, done = [] }: SweepJob) {
    const all = portfoliosOf(subject, series).map(portfolioName);
    this.#symbols = portfolios === undefined ? all : portfolios.flatMap((place) => all[place] ?? []);
    this.#combinations = combinations.length;
    this.#runs = Array.from({ length: this.#symbols.length * combinations.length });
    this.done = new Uint8Array(this.#runs.length);
    for (const run of done) this.set(run);
  }

  /** One of another sweep is left out. */
  set(run: SweepRun): void {
    const portfolio = this.#symbols.indexOf(run.symbol);
    if (portfolio < 0 || run.combination >= this.#combinations) return;
    const place = portfolio * this.#combinations + run.combination;
    this.#runs[place] = run;
    this.done[place] = 1;
  }

  inOrder(): readonly SweepRun[] {
    return this.#runs.filter((run) => run !== undefined);
  }
}
