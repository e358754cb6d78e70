import { z } from 'zod';
import { unrepeatableUses } from './unrepeatable.ts';

/**
 * Backtests of a strategy file: the command line starts `src/runner/code-backtest-command.ts` and speaks with it in lines
 * of JSON. It writes a `CodeBacktestRequest` and hears `ready`. The file runs in a sandbox and nowhere else.
 *
 * For a `backtest` it then writes the job (the options of `runBacktest` that are data) and hears progress until `done`,
 * `explained` or `failed`. For a `sweep` it writes a `CodeSweepAccount` and any number of `CodeSweepUnit`s, and hears of
 * each `ran` for every run and `rested` at its end.
 */
export interface CodeBacktestRequest {
  /** Absolute path of the strategy's TypeScript file. */
  readonly file: string;
  readonly purpose: 'backtest' | 'sweep';
  readonly use: CodeUse;
}

/** What the strategy is made with in the place of its defaults. */
export interface CodeUse {
  /** By the names that it declares. */
  readonly values: Readonly<Record<string, number>>;
  /** Listing codes; its own when left out. */
  readonly symbols?: readonly string[];
}

/** Combinations to run one after the other. */
export interface CodeSweepUnit {
  readonly runs: readonly { readonly combination: number; readonly values: Readonly<Record<string, number>> }[];
  /** yyyymmdd, both included. */
  readonly from: number;
  readonly to: number;
  readonly keep: 'figures' | 'equity' | 'trades';
}

/** Longest line in either direction: bars of a thousand symbols, or an equity curve with every order. */
export const backtestLineBytesMax = 512 * 1_024 * 1_024;

/** Least, most and step of a number that may be tried; a bare number is a default without a range. */
const declaredParam = z.union([
  z.number(),
  z.strictObject({
    kind: z.literal('whole'),
    default: z.number(),
    min: z.number(),
    max: z.number(),
    multipleOf: z.number().positive().optional(),
  }),
  z.strictObject({
    kind: z.literal('number'),
    default: z.number(),
    min: z.number(),
    max: z.number(),
    step: z.number().positive(),
  }),
]);

export type DeclaredParam = z.infer<typeof declaredParam>;

const paramsMax = 100;
const paramName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/);

export const codeBacktestNews = z.discriminatedUnion('kind', [
  /** What the strategy says of itself; its job is wanted next. */
  z.strictObject({
    kind: z.literal('ready'),
    name: z.string().max(64),
    symbols: z
      .array(z.string().regex(/^[0-9][0-9A-Z]{5}$/))
      .min(1)
      .max(1_000),
    interval: z.enum(['1m', '1d']),
    /** Numbers that it lets a search change. */
    params: z
      .record(paramName, declaredParam)
      .refine((params) => Object.keys(params).length <= paramsMax, `at most ${paramsMax} parameters`),
    /** How well it is shut in: A, B or C. */
    grade: z.string().max(1),
  }),
  z.strictObject({ kind: z.literal('progress'), fraction: z.number().min(0).max(1) }),
  /** A `BacktestResult`; whoever asked checks it. `unrepeatable`: why another run may give another. */
  z.strictObject({ kind: z.literal('done'), result: z.unknown(), unrepeatable: unrepeatableUses }),
  /** A `BarExplanation`, the answer to a job with `why`; whoever asked checks it. */
  z.strictObject({ kind: z.literal('explained'), explanation: z.unknown(), unrepeatable: unrepeatableUses }),
  /** A packed run of a sweep, and what was to be kept of it; whoever asked checks them. */
  z.strictObject({
    kind: z.literal('ran'),
    row: z.array(z.unknown()).max(100),
    equity: z.array(z.number()).max(100_000).nullable(),
    trades: z.array(z.unknown()).max(1_000_000).nullable(),
  }),
  /** A unit of a sweep is over. `unrepeatable`: what the sandbox was asked since its start. */
  z.strictObject({ kind: z.literal('rested'), unrepeatable: unrepeatableUses }),
  /** With the code of a refusal; null when the strategy itself threw. */
  z.strictObject({ kind: z.literal('failed'), code: z.string().max(64).nullable(), message: z.string().max(2_000) }),
]);

export type CodeBacktestNews = z.infer<typeof codeBacktestNews>;

const days = z.array(z.looseObject({ date: z.int(), value: z.number() }));

/** Orders or trades of a result. */
export const codeBacktestRows = z.array(
  z.looseObject({ symbol: z.string(), side: z.enum(['buy', 'sell']), date: z.int(), reason: z.string() }),
);

/** The shape of what `done` brings: what a reader of the result leans on. */
export const codeBacktestResult = z.looseObject({
  strategy: z.string(),
  symbols: z.array(z.string()),
  from: z.int(),
  to: z.int(),
  initialCash: z.number(),
  metrics: z.looseObject({ finalValue: z.number(), totalReturn: z.number(), maximumDrawdown: z.number() }),
  equity: days,
  benchmark: days,
  trades: codeBacktestRows,
  orders: codeBacktestRows,
  decisionLogSha256: z.string().regex(/^[0-9a-f]{64}$/),
});
