import { z } from 'zod';

/**
 * Backtest of a strategy file: the command line starts `src/runner/code-backtest-command.ts` and speaks with it in lines
 * of JSON. It writes a `CodeBacktestRequest`, hears `ready`, writes the job (the options of `runBacktest` that are data),
 * and hears progress until `done`, `explained` or `failed`. The file runs in a sandbox and nowhere else.
 */
export interface CodeBacktestRequest {
  /** Absolute path of the strategy's TypeScript file. */
  readonly file: string;
}

/** Longest line in either direction: bars of a thousand symbols, or an equity curve with every order. */
export const backtestLineBytesMax = 512 * 1_024 * 1_024;

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
    /** How well it is shut in: A, B or C. */
    grade: z.string().max(1),
  }),
  z.strictObject({ kind: z.literal('progress'), fraction: z.number().min(0).max(1) }),
  /** A `BacktestResult`; whoever asked checks it. */
  z.strictObject({ kind: z.literal('done'), result: z.unknown() }),
  /** A `BarExplanation`, the answer to a job with `why`; whoever asked checks it. */
  z.strictObject({ kind: z.literal('explained'), explanation: z.unknown() }),
  /** With the code of a refusal; null when the strategy itself threw. */
  z.strictObject({ kind: z.literal('failed'), code: z.string().max(64).nullable(), message: z.string().max(2_000) }),
]);

export type CodeBacktestNews = z.infer<typeof codeBacktestNews>;
