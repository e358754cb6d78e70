import { z } from 'zod';
import type { Api } from './api.ts';
import { instant, symbol } from './views.ts';

const people = ['server', 'cli'] as const;

export const strategyView = z.strictObject({
  name: z.string(),
  kind: z.enum(['rules', 'code']),
  /** `warming-up` collects bars; `stopped` by a person or a rule, with the reason; `failed` broke its contract. */
  state: z.enum(['warming-up', 'running', 'stopped', 'failed']),
  reason: z.string(),
  symbols: z.array(symbol),
  interval: z.enum(['1m', '1d']),
  positions: z.int(),
  ordersOfDay: z.int(),
  /** Realised and open result of today. */
  profitOfDay: z.int(),
  /** Last sign of life. */
  lastSeenAt: instant,
  /** A few lines: what was decided and why, newest first. */
  decisions: z.array(z.strictObject({ at: instant, symbol: z.string(), message: z.string() })),
});

export const backtestJob = z.strictObject({
  jobId: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** 0 to 1. */
  progress: z.number(),
  /** One sentence when failed; empty otherwise. */
  error: z.string(),
  /** True when some of its bars are the synthetic ones of trial mode: whoever shows the result says so. */
  isSynthetic: z.boolean(),
});

/** Something that can be backtested. */
export const backtestChoice = z.strictObject({
  /** As `startBacktest` takes it: a name of `snowball.yaml`, `recipe:ladder`, `preset:sma_crossover`. */
  name: z.string(),
  kind: z.enum(['rules', 'code', 'recipe', 'preset']),
  /** For people; empty where the name says it. */
  title: z.string(),
  /** What it trades unless others are chosen; empty for any. */
  symbols: z.array(symbol),
});

/** What the runner answers: the strategies it runs, and backtests. */
export const runnerApi = {
  methods: {
    strategies: { params: z.strictObject({}), result: z.array(strategyView), roles: people },
    /** Instruments and day ranges in the bar store. */
    datasets: {
      params: z.strictObject({}),
      result: z.array(z.strictObject({ symbol, name: z.string(), from: z.int(), to: z.int(), bars: z.int() })),
      roles: people,
    },
    backtestChoices: { params: z.strictObject({}), result: z.array(backtestChoice), roles: people },
    startBacktest: {
      params: z.strictObject({
        /** A name of `backtestChoices`. */
        strategy: z.string(),
        symbols: z.array(symbol).min(1).max(100),
        from: z.int(),
        to: z.int(),
        cash: z.int().positive(),
        /** Values that replace those of the file, such as `ma_short: 3`. */
        overrides: z.record(z.string(), z.number()),
      }),
      result: backtestJob,
      roles: people,
      repeats: 'memory',
    },
    backtest: { params: z.strictObject({ jobId: z.string() }), result: backtestJob, roles: people },
    /** The `BacktestResult` of a finished job, and the HTML report. */
    backtestResult: {
      params: z.strictObject({ jobId: z.string() }),
      result: z.strictObject({ result: z.unknown(), html: z.string() }),
      roles: people,
    },
    /** A sign of life. */
    pulse: { params: z.strictObject({}), result: z.strictObject({ build: z.string() }), roles: ['watchdog'] },
    cancelBacktest: {
      params: z.strictObject({ jobId: z.string() }),
      result: backtestJob,
      roles: people,
      repeats: 'memory',
    },
  },
  events: {
    strategies: z.array(strategyView),
    backtest: backtestJob,
  },
} as const satisfies Api;

export type RunnerApi = typeof runnerApi;
export type StrategyView = z.infer<typeof strategyView>;
export type BacktestChoice = z.infer<typeof backtestChoice>;
export type BacktestJob = z.infer<typeof backtestJob>;
