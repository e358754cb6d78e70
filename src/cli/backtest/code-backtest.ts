import { resolve } from 'node:path';
import { z } from 'zod';
import type { BacktestOptions } from '#backtest/backtest-options.ts';
import type { BarExplanation, ExplainedBar } from '#backtest/explain.ts';
import type { BacktestResult } from '#backtest/result.ts';
import {
  codeBacktestResult,
  codeBacktestRows,
  type CodeBacktestNews,
  type CodeUse,
  type DeclaredParam,
} from '#link/code-backtest.ts';
import { openCodeRoom, plainColumns, roomFailure } from '#link/code-room.ts';
import type { UnrepeatableUse } from '#link/unrepeatable.ts';

/** What a strategy file declares. */
export interface DeclaredStrategy {
  readonly name: string;
  readonly symbols: readonly string[];
  readonly interval: '1m' | '1d';
  /** Numbers that other values may be tried of. */
  readonly params: Readonly<Record<string, DeclaredParam>>;
  /** How well it was shut in while it ran. */
  readonly grade: string;
}

/** The options of a backtest that are data: what a strategy file is run with. */
export type CodeBacktestJob = Omit<BacktestOptions, 'strategy' | 'sha256' | 'onProgress' | 'basePrice'>;

/** What a strategy file is run with: `prepare` is told what the file declares and returns bars and options for it. */
export interface CodeBacktestPlan<Job extends CodeBacktestJob = CodeBacktestJob> {
  readonly prepare: (declared: DeclaredStrategy) => Job | Promise<Job>;
  readonly onProgress: (fraction: number) => void;
  /** Told before the answer, and only when it asked chance or the clock: another run may give another answer. */
  readonly onUnrepeatable?: (uses: readonly UnrepeatableUse[]) => void;
  /** In the place of its defaults; none when left out. */
  readonly use?: CodeUse;
}

/**
 * Backtests a strategy file in a sandboxed process; this one never loads it. Its result is checked for its shape: a
 * strategy shares a process with the engine and could lie about itself, and about nothing else.
 *
 * @throws {FixConfiguration} `backtest.strategy-failed` with what the strategy threw; the codes of `runBacktest`
 */
export async function backtestOfFile(file: string, plan: CodeBacktestPlan): Promise<BacktestResult> {
  const news = await answerOf(file, plan);
  if (news?.kind === 'done') return resultOf(file, news.result);
  throw roomFailure(file, news);
}

/** What a strategy file says of itself. @throws {FixConfiguration} as `backtestOfFile` does */
export async function declarationOf(file: string, use: CodeUse): Promise<DeclaredStrategy> {
  const room = openCodeRoom({ file: resolve(file), purpose: 'backtest', use });
  try {
    const news = await room.next();
    if (news?.kind === 'ready') return news;
    throw roomFailure(file, news);
  } finally {
    await room.close();
  }
}

/** What a strategy file saw and did at one bar, found out as `backtestOfFile` does. @throws {FixConfiguration} as it does */
export async function explainFile(
  file: string,
  plan: CodeBacktestPlan<CodeBacktestJob & { readonly why: ExplainedBar }>,
): Promise<BarExplanation> {
  const news = await answerOf(file, plan);
  if (news?.kind === 'explained') return explanationOf(file, news.explanation);
  throw roomFailure(file, news);
}

/** The last news of a run; null when there is none. */
async function answerOf(
  file: string,
  { prepare, onProgress, onUnrepeatable, use = { values: {} } }: CodeBacktestPlan,
): Promise<CodeBacktestNews | null> {
  const room = openCodeRoom({ file: resolve(file), purpose: 'backtest', use });
  try {
    for (;;) {
      const news = await room.next();
      if (news?.kind === 'ready') room.send(asJson(await prepare(news)));
      else if (news?.kind === 'progress') onProgress(news.fraction);
      else return told(news, onUnrepeatable);
    }
  } finally {
    await room.close();
  }
}

/** The news, after what it brought besides has been told. */
function told(
  news: CodeBacktestNews | null,
  onUnrepeatable: CodeBacktestPlan['onUnrepeatable'],
): CodeBacktestNews | null {
  const uses = news !== null && 'unrepeatable' in news ? news.unrepeatable : [];
  if (uses.length > 0) onUnrepeatable?.(uses);
  return news;
}

function asJson(job: CodeBacktestJob): object {
  return { ...job, series: job.series.map(plainColumns) };
}

/** The engine of the same build made it; a strategy that forged it deceives its own author alone. */
function resultOf(file: string, found: unknown): BacktestResult {
  const read = codeBacktestResult.safeParse(found);
  if (read.success) return read.data as unknown as BacktestResult;
  throw malformed(file, read.error);
}

/** An order without a reason, say: the file was run as it stands, and nothing checks its types. */
function malformed(file: string, { issues }: z.ZodError): Error {
  const [first] = issues;
  const message = `in its result ${first?.path.join('.') ?? ''} is wrong (${first?.message ?? ''})`;
  return roomFailure(file, { kind: 'failed', code: null, message });
}

/** JSON has no NaN: a number that was not known yet arrives as null. */
const reading = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);
const text = z.looseObject({ ko: z.string(), en: z.string() });
const checkSide = z.looseObject({ name: text.nullable(), value: reading });
const explanation = z.looseObject({
  symbol: z.string(),
  bar: z
    .looseObject({
      startsAtMs: z.number(),
      date: z.int(),
      open: z.int(),
      high: z.int(),
      low: z.int(),
      close: z.int(),
      volume: z.number(),
    })
    .nullable(),
  isWarmUp: z.boolean(),
  values: z.array(z.looseObject({ name: z.string(), value: reading })),
  checks: z.array(
    z.looseObject({
      side: z.enum(['buy', 'sell']),
      rule: text,
      text,
      left: checkSide,
      right: checkSide,
      holds: z.boolean(),
    }),
  ),
  readings: z.array(z.looseObject({ question: z.string(), answer: z.string() })),
  lines: z.array(z.string()),
  orders: codeBacktestRows,
  trades: codeBacktestRows,
});

/** As `resultOf`. */
function explanationOf(file: string, found: unknown): BarExplanation {
  const read = explanation.safeParse(found);
  if (read.success) return read.data as unknown as BarExplanation;
  throw malformed(file, read.error);
}
