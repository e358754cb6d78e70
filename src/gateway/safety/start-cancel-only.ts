import type { CancelBroker } from '#brokers/cancel-broker.ts';
import type { Credentials } from '#brokers/broker.ts';
import { createKisCancelOnly } from '#brokers/kis/cancel-only.ts';
import type { Clock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import type { Journal } from '#journal/journal.ts';
import type { Role } from '#link/api.ts';
import { cancelApi, type CancelApi, type CancelLease, type SweepView } from '#link/cancel-api.ts';
import { listen } from '#link/listener.ts';
import { sweep } from '../sweep.ts';

export interface CancelOnlyOptions {
  readonly socketPath: string;
  readonly tokenHashes: Readonly<Partial<Record<Role, string>>>;
  readonly build: string;
  readonly clock: Clock;
  /** Where sweeps are written; null when it could not be opened, which keeps nobody from sweeping. */
  readonly journal: Journal | null;
  readonly onFault: (error: unknown) => void;
  /** KIS of the lease when not said. */
  readonly openBroker?: (lease: CancelLease, clock: Clock) => CancelBroker;
}

export interface CancelOnly {
  close(): Promise<void>;
}

/** Shorter than an order's: this process is asked when seconds count, and asks again by itself. */
const timeouts = { connectMs: 800, totalMs: 1_500, retryBaseMs: 50, cancelWaitMs: 5_000, queryWaitMs: 3_000 };

/** Answers `cancelApi`. One sweep runs at a time; who asks while one runs is answered by it. */
export async function startCancelOnly(options: CancelOnlyOptions): Promise<CancelOnly> {
  const { clock, onFault } = options;
  const openBroker = options.openBroker ?? kisOf;
  let held: { readonly broker: CancelBroker; readonly lease: CancelLease } | null = null;
  let running: Promise<SweepView> | null = null;
  const forget = async (): Promise<void> => {
    const broker = held?.broker;
    held = null;
    // A sweep that runs keeps its connection to its end.
    await running?.catch(onFault);
    await broker?.close();
  };
  const start = async (reason: string): Promise<SweepView> => {
    if (held === null || isOver(held.lease, clock)) return withoutLease;
    const view = await sweep({ broker: held.broker, clock });
    // After the deed, and nobody waits for it: a full or broken disk must not slow a cancel down.
    void options.journal
      ?.append([{ kind: 'sweep', body: { reason, ...view, at: clock.now().toString() } }])
      .catch(onFault);
    return view;
  };
  const listener = await listen<CancelApi>({
    socketPath: options.socketPath,
    api: cancelApi,
    tokenHashes: options.tokenHashes,
    handlers: {
      arm: async (lease) => {
        const broker = openBroker(lease, clock);
        void forget().catch(onFault);
        held = { broker, lease };
        return {};
      },
      disarm: async () => {
        await forget();
        return {};
      },
      sweep: ({ reason }) => {
        running ??= start(reason).finally(() => (running = null));
        return running;
      },
      pulse: async () => ({ build: options.build, isArmed: held !== null && !isOver(held.lease, clock) }),
    },
    onFault,
  });
  return {
    async close() {
      await listener.close();
      await forget();
      await options.journal?.close().catch(onFault);
    },
  };
}

const withoutLease: SweepView = {
  outcome: 'no-lease',
  found: 0,
  accepted: 0,
  left: 0,
  inquiries: 0,
  tookMs: 0,
  detail: 'the gateway handed over no token, or it is over',
};

function isOver({ expiresAt }: CancelLease, clock: Clock): boolean {
  return Temporal.Instant.compare(expiresAt, clock.now()) <= 0;
}

function kisOf(lease: CancelLease, clock: Clock): CancelBroker {
  const { environment, rest, webSocket, callsPerSecond } = lease;
  return createKisCancelOnly({
    environment,
    rest,
    webSocket,
    credentials: credentialsOf(lease),
    clock,
    random: Math.random,
    timeouts,
    limits: { readAttempts: 2, ...(callsPerSecond === null ? {} : { perSecond: callsPerSecond, burst: 3 }) },
  });
}

/** The lease is all there is: nothing is renewed, and nothing is kept. */
function credentialsOf(lease: CancelLease): Credentials {
  const appKey = new Secret(lease.appKey);
  const appSecret = new Secret(lease.appSecret);
  const account = new Secret(lease.account);
  const token = { token: new Secret(lease.token), expiresAt: Temporal.Instant.from(lease.expiresAt) };
  return {
    environment: lease.environment,
    appKey: () => appKey,
    appSecret: () => appSecret,
    account: () => account,
    htsId: () => new Secret(''),
    loadToken: () => token,
    saveToken: () => undefined,
  };
}
