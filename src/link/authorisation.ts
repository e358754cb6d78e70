import type { Role } from './api.ts';
import type { GatewayApi } from './gateway-api.ts';
import type { RunnerApi } from './runner-api.ts';
import type { ServerApi } from './server-api.ts';

/**
 * `yes`: the capability is enough. `step-up`: the person's approval of this very action besides it, unless the environment
 * runs in the convenience mode. A role that a row does not name is refused.
 */
export type Right = 'yes' | 'step-up';

export type Rights<Method extends string> = Readonly<Record<Method, Readonly<Partial<Record<Role, Right>>>>>;

/*
 * The authorisation matrix of threat-model §6 for what exists. Its columns are our roles: `runner` speaks for the
 * strategies and the engine, `server` is the web (view; with `step-up`, the web after a step-up), `cli` is ops and admin
 * in one, because both are the one person at the terminal. A secret's value can be read by nobody: no method gives one.
 */

const everyone = { supervisor: 'yes', runner: 'yes', server: 'yes', cli: 'yes', watchdog: 'yes' } as const;
const readers = { runner: 'yes', server: 'yes', cli: 'yes' } as const;
const people = { server: 'yes', cli: 'yes' } as const;

/** Who may ask the gateway for what. */
export const gatewayRights = {
  // Market data, and the account.
  status: everyone,
  instruments: readers,
  quote: readers,
  quotes: readers,
  orderBook: readers,
  bars: readers,
  unwatch: { runner: 'yes' },
  portfolio: readers,
  equityOfDay: readers,
  orders: readers,
  order: readers,
  limits: readers,
  subscribe: readers,
  limitPolicy: people,
  blastRadius: people,
  // The guard: whatever tightens is open, whatever loosens needs the person and waits (INV-12).
  tightenLimit: people,
  withdrawLimit: people,
  unlistSymbol: people,
  haltStrategy: { runner: 'yes', server: 'yes', cli: 'yes' },
  strategiesAlive: { runner: 'yes' },
  loosenLimit: { server: 'step-up', cli: 'yes' },
  chooseProfile: { server: 'step-up', cli: 'yes' },
  listSymbol: { server: 'step-up', cli: 'yes' },
  resumeStrategy: { server: 'step-up', cli: 'yes' },
  confirmOrder: { server: 'step-up', cli: 'yes' },
  // Orders. A strategy's are bound to its name and its instruments, the web's to what the person approved.
  preview: people,
  submit: { runner: 'yes', server: 'step-up', cli: 'yes' },
  amend: { server: 'step-up', cli: 'yes' },
  find: people,
  declareManual: people,
  // What only lessens risk is open to whoever may see it.
  cancel: readers,
  cancelAll: { server: 'yes', cli: 'yes', watchdog: 'yes' },
  halt: { supervisor: 'yes', server: 'yes', cli: 'yes', watchdog: 'yes' },
  // Back to trading.
  prepareResume: people,
  resume: { server: 'step-up', cli: 'yes' },
  // The person's word on what the web asked for; the web cannot give it.
  approvals: { cli: 'yes' },
  approve: { cli: 'yes' },
  // Signs of life, and acts of a person at the door.
  heartbeat: { supervisor: 'yes', watchdog: 'yes' },
  recordLogin: { server: 'yes' },
} as const satisfies Rights<keyof GatewayApi['methods']>;

/** Who may ask the runner for what. */
export const runnerRights = {
  strategies: people,
  datasets: people,
  startBacktest: people,
  backtest: people,
  backtestResult: people,
  cancelBacktest: people,
  pulse: { watchdog: 'yes' },
} as const satisfies Rights<keyof RunnerApi['methods']>;

/** Who may ask the web server for what. */
export const serverRights = {
  loginUrl: { supervisor: 'yes', cli: 'yes' },
  pulse: { watchdog: 'yes' },
} as const satisfies Rights<keyof ServerApi['methods']>;
