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
 * strategies and the engine, `server` is the web (view; with `step-up`, the web after a step-up), `cli` is ops and `admin`
 * is admin. The command line holds both capabilities in files of their own and shows the one that a command needs. A
 * secret's value can be read by nobody: no method gives one.
 */

const everyone = {
  supervisor: 'yes',
  runner: 'yes',
  server: 'yes',
  cli: 'yes',
  admin: 'yes',
  watchdog: 'yes',
} as const;
const readers = { runner: 'yes', server: 'yes', cli: 'yes', admin: 'yes' } as const;
const people = { server: 'yes', cli: 'yes', admin: 'yes' } as const;
/** Lets more through, or something in: never by ops. */
const loosening = { server: 'step-up', admin: 'yes' } as const;
/** A person's hand on orders: never by admin. */
const hands = { server: 'step-up', cli: 'yes' } as const;

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
  permits: people,
  blastRadius: people,
  // The guard: whatever tightens is open, whatever loosens needs the person and waits (INV-12).
  tightenLimit: people,
  withdrawLimit: people,
  unlistSymbol: people,
  haltStrategy: { runner: 'yes', server: 'yes', cli: 'yes', admin: 'yes' },
  strategiesAlive: { runner: 'yes' },
  loosenLimit: loosening,
  chooseProfile: loosening,
  grantPermits: loosening,
  listSymbol: loosening,
  resumeStrategy: loosening,
  confirmOrder: loosening,
  // Orders. A strategy's are bound to its name and its instruments, the web's to what the person approved.
  preview: { server: 'yes', cli: 'yes' },
  submit: { runner: 'yes', server: 'step-up', cli: 'yes' },
  amend: hands,
  find: { server: 'yes', cli: 'yes' },
  // Each says of an order that no alarm, or no closed lane, is needed for it any more.
  declareManual: hands,
  settleOrder: hands,
  // What only lessens risk is open to whoever may see it.
  cancel: { runner: 'yes', server: 'yes', cli: 'yes' },
  cancelAll: { server: 'yes', cli: 'yes', admin: 'yes', watchdog: 'yes' },
  halt: { supervisor: 'yes', server: 'yes', cli: 'yes', admin: 'yes', watchdog: 'yes' },
  // Back to trading: whoever took the first step must bring something else for the second (INV-13).
  prepareResume: people,
  resume: { server: 'step-up', cli: 'yes', admin: 'yes' },
  // Alerts. Whoever takes over the web must not be able to silence one.
  alerts: people,
  acknowledgeAlert: { server: 'step-up', cli: 'yes', admin: 'yes' },
  testAlerts: { cli: 'yes' },
  nextAlerts: { watchdog: 'yes' },
  alertDelivered: { watchdog: 'yes' },
  // The person's word on what the web asked for; the web cannot give it, and no role gives one that it could not act on.
  approvals: { cli: 'yes', admin: 'yes' },
  approve: { cli: 'yes', admin: 'yes' },
  // Signs of life, and acts of a person at the door.
  heartbeat: { supervisor: 'yes', watchdog: 'yes' },
  recordLogin: { server: 'yes' },
} as const satisfies Rights<keyof GatewayApi['methods']>;

/** What `role` may do with `method` of the gateway; null for nothing. */
export function gatewayRight(method: keyof GatewayApi['methods'], role: Role): Right | null {
  const row: Readonly<Partial<Record<Role, Right>>> = gatewayRights[method];
  return row[role] ?? null;
}

const ofRunner = { server: 'yes', cli: 'yes' } as const;

/** Who may ask the runner for what. */
export const runnerRights = {
  strategies: ofRunner,
  datasets: ofRunner,
  backtestChoices: ofRunner,
  startBacktest: ofRunner,
  backtest: ofRunner,
  backtestResult: ofRunner,
  cancelBacktest: ofRunner,
  pulse: { watchdog: 'yes' },
} as const satisfies Rights<keyof RunnerApi['methods']>;

/** Who may ask the web server for what. */
export const serverRights = {
  loginUrl: { supervisor: 'yes', cli: 'yes' },
  // Whoever could do this and ask for an address had a console with a passphrase of their own.
  forgetLogin: { admin: 'yes' },
  pulse: { watchdog: 'yes' },
} as const satisfies Rights<keyof ServerApi['methods']>;
