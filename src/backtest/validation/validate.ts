import { FixConfiguration } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';
import { heatMapOf, type GridAxis, type HeatMap } from './heat-map.ts';
import { bootstrapReturns, shuffleTrades } from './monte-carlo.ts';
import { monteCarloTable, type MonteCarloTable } from './monte-carlo-table.ts';
import { neighbourhoodOf, type Neighbourhood } from './neighbourhood.ts';
import { annualRate, compounded, placeOfBest, scoreOf, type Objective } from './objective.ts';
import { overfitTest, type OverfitTest } from './overfit-test.ts';
import { judgePromotion, type PromotionLine } from './promotion-gate.ts';
import { purgedValidation, type PurgedPlan } from './purged-folds.ts';
import { sharpeEvidence, type SharpeEvidence } from './sharpe-evidence.ts';
import { superiorAbility, type SuperiorAbility } from './superior-ability.ts';
import { returnsOf, type ClosedProfits, type DaySpan, type RunTrials, type Trial, type TrialRecord } from './trial.ts';
import { walkForward, type WalkForward } from './walk-forward.ts';
import type { WalkForwardPlan } from './walk-forward-windows.ts';

export type ValidationPlan = WalkForwardPlan | ({ readonly kind: 'purged' } & PurgedPlan);

export interface ValidationOptions {
  /** The whole grid, at most 5,000; those that make no strategy are left out and counted. */
  readonly trials: readonly Trial[];
  readonly axes: readonly GridAxis[];
  readonly runTrials: RunTrials;
  readonly closedProfits: ClosedProfits;
  readonly span: DaySpan;
  readonly objective: Objective;
  readonly plan: ValidationPlan;
  /** Tried in all, those of earlier evenings included, when that is more than the grid. */
  readonly trialsTried?: number;
  readonly monteCarlo: { readonly runs: number; readonly meanBlock: number; readonly seed: number };
}

/** Is the optimum real? All that was asked of it; ratios and returns are fractions, null could not be measured. */
export interface Validation {
  readonly objective: Objective;
  readonly trials: number;
  /** Combinations that make no strategy, such as a short average longer than the long one. */
  readonly refusedTrials: number;
  readonly days: number;
  readonly axes: readonly GridAxis[];
  readonly optimum: ValidatedOptimum;
  readonly sharpe: SharpeEvidence | null;
  readonly overfit: OverfitTest | null;
  readonly superiorAbility: SuperiorAbility | null;
  readonly neighbourhood: Neighbourhood;
  readonly heatMap: HeatMap | null;
  readonly walkForward: WalkForward;
  readonly monteCarlo: { readonly trades: MonteCarloTable | null; readonly days: MonteCarloTable | null };
  readonly gate: { readonly passed: boolean; readonly lines: readonly PromotionLine[] };
}

export interface ValidatedOptimum {
  readonly parameters: Readonly<Record<string, number>>;
  /** By the objective, over the whole record. */
  readonly score: number;
  readonly totalReturn: number;
  readonly annualReturn: number | null;
  /** 0 or negative. */
  readonly maximumDrawdown: number;
  readonly roundTrips: number;
}

/** Trials × days kept at once: 160 MB of daily returns. */
const cellsMax = 20_000_000;
const trialsMax = 5_000;
/** Enough for a p-value to a hundredth either way. */
const abilityDraws = 500;

/**
 * Runs every trial over the whole record and over the parts that the walk asks for, and puts the optimum to each test.
 *
 * Deterministic: the same trials, bars and seed give the same numbers. Neighbours are compared by the objective, and by
 * the Sharpe ratio where that is the drawdown, which has no share of itself to keep.
 *
 * @throws {FixConfiguration} `validate.trials` fewer than two trials that run, or more than fit; `validate.days` a record
 *   too short for the plan
 */
export async function validateOptimum(options: ValidationOptions): Promise<Validation> {
  const { objective, monteCarlo } = options;
  const whole = await wholeRecord(options);
  const { kept, returns, optimum, record } = whole;
  const own = returns[optimum];
  const trial = kept[optimum];
  invariant(own !== undefined && trial !== undefined, `optimum ${optimum} of ${kept.length} trials`);
  const profits = await options.closedProfits(trial, options.span);
  const walk = await walkOver(options, whole);
  const scores = returns.map((column) => scoreOf(column, objective));
  const neighbourhood = neighboursOf(options, whole, scores);
  const overfit = overfitTest(returns);
  const sharpe = sharpeEvidence(own, returns, Math.max(options.trialsTried ?? 0, kept.length));
  return {
    objective,
    trials: kept.length,
    refusedTrials: options.trials.length - kept.length,
    days: own.length,
    axes: options.axes,
    optimum: {
      parameters: trial.parameters,
      score: scores[optimum] ?? NaN,
      totalReturn: compounded(own).total,
      annualReturn: annualRate(own),
      maximumDrawdown: compounded(own).deepest,
      roundTrips: profits.length,
    },
    sharpe,
    overfit,
    superiorAbility:
      own.length < 3
        ? null
        : superiorAbility({ returns, meanBlock: monteCarlo.meanBlock, draws: abilityDraws, seed: monteCarlo.seed }),
    neighbourhood,
    heatMap: heatMapOf(
      options.axes,
      kept.map((one, place) => ({ trial: one, score: scores[place] ?? NaN })),
      trial,
    ),
    walkForward: walk,
    monteCarlo: {
      trades: monteCarloTable(shuffleTrades({ ...monteCarlo, profits, initialCash: record.initialCash })),
      days: monteCarloTable(bootstrapReturns({ ...monteCarlo, returns: own })),
    },
    gate: judgePromotion({
      'overfit-probability': overfit?.costlyProbability ?? null,
      'deflated-sharpe': sharpe?.deflated ?? null,
      'round-trips': profits.length,
      'neighbour-stability': neighbourhood.stability,
      'worst-neighbour': neighbourhood.worstScore,
      'walk-forward-folds': walk.folds.length,
      'walk-forward-efficiency': walk.efficiency,
      'winning-folds': walk.winningFolds,
    }),
  };
}

interface WholeRecord {
  /** The trials that run, and one column of daily returns each. */
  readonly kept: readonly Trial[];
  readonly returns: readonly Float64Array[];
  readonly dates: Int32Array;
  /** Place of the best in `kept`. */
  readonly optimum: number;
  readonly record: TrialRecord;
}

async function wholeRecord({ trials, runTrials, span, objective }: ValidationOptions): Promise<WholeRecord> {
  if (trials.length > trialsMax) {
    throw refusal('trials', `the grid has ${trials.length} combinations, wanted at most ${trialsMax}`);
  }
  const records = await runTrials(trials, span);
  const places = [...records.keys()].filter((place) => records[place] !== null);
  const kept = places.flatMap((place) => trials[place] ?? []);
  const runs = records.filter((record) => record !== null);
  const days = runs[0]?.dates.length ?? 0;
  if (kept.length < 2 || kept.length * days > cellsMax) {
    const found = `${kept.length} combinations run over ${days} days`;
    throw refusal('trials', `${found}, wanted two or more, and at most ${cellsMax} days in all`);
  }
  const returns = runs.map(returnsOf);
  const optimum = placeOfBest(returns.map((column) => scoreOf(column, objective)));
  const record = runs[optimum];
  invariant(record !== undefined, `the best of ${runs.length} runs is one of them, not ${optimum}`);
  return { kept, returns, dates: record.dates, optimum, record };
}

async function walkOver(options: ValidationOptions, { kept, returns, dates }: WholeRecord): Promise<WalkForward> {
  const { plan, objective, runTrials } = options;
  try {
    if (plan.kind === 'purged') return purgedValidation({ trials: kept, returns, dates, plan, objective });
    return await walkForward({ trials: kept, runTrials, dates, plan, objective });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const found = cause.message.replace(/^Cannot [^:]+: /, '');
    throw refusal('days', `${found}; shorten the parts of --walk-forward, or begin earlier`, cause);
  }
}

function neighboursOf(options: ValidationOptions, { kept, returns, optimum }: WholeRecord, scores: readonly number[]) {
  const judged = options.objective === 'drawdown' ? returns.map((column) => scoreOf(column, 'sharpe')) : scores;
  const grid = kept.map(({ places }, place) => ({ places, score: judged[place] ?? NaN }));
  const best = grid[optimum];
  invariant(best !== undefined, `the best of ${grid.length} trials is one of them, not ${optimum}`);
  return neighbourhoodOf(grid, best);
}

function refusal(what: 'trials' | 'days', found: string, cause?: unknown): FixConfiguration {
  const code = what === 'trials' ? 'validate.trials' : 'validate.days';
  return new FixConfiguration(code, `Cannot validate: ${found}.`, { cause });
}
