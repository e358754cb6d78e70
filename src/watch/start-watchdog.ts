import { join } from 'node:path';
import type { Api } from '#link/api.ts';
import { cancelSocket, gatewaySocket, runnerSocket, serverSocket } from '#link/boot.ts';
import { cancelApi } from '#link/cancel-api.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { watchHaltFile } from '#link/halt-file.ts';
import { homeLayout } from '#link/home-layout.ts';
import { runnerApi } from '#link/runner-api.ts';
import { serverApi } from '#link/server-api.ts';
import { AlertDesk } from './alerts/alert-desk.ts';
import { openChannels } from './alerts/open-channels.ts';
import { OwnAlerts } from './alerts/own-alerts.ts';
import { AuditWatch, checkInWorker } from './audit/audit-watch.ts';
import { heartbeatEveryMs, type PeerName } from './peers.ts';
import { Watchdog, type WatchdogOptions } from './watchdog.ts';

export interface StartOptions {
  readonly home: string;
  readonly runFolder: string;
  /** The capability of the role `watchdog`: halt, cancel, and signs of life. */
  readonly token: string;
  readonly build: string;
  readonly note: WatchdogOptions['note'];
  /** `snowball.yaml`, for its `alerts`; only the file in the home when not said. */
  readonly config?: string | null;
  /** For tests alone: alerts may go to a receiver on this machine. */
  readonly alertsOnLoopback?: boolean;
  /** Milliseconds until the record is verified first; half a minute if not said. */
  readonly firstAuditMs?: number;
}

export interface RunningWatchdog {
  close(): Promise<void>;
}

/** A sign that has not come back by then is given up; the next one is sent. */
const signWithinMs = 1_000;
/** Signs under way at a time to one process; a hung one would collect them. */
const signsAtOnceMax = 3;
const deedWithinMs = 15_000;
const alertsEveryMs = 200;
const askAlertsEveryMs = 500;
/** Rule N11: once the start is over, then every hour. */
const firstAuditMs = 30_000;
const auditEveryMs = 3_600_000;
/** A gateway that gave a sign within this time lives. */
const aliveMs = 1_000;

/** Connects to everybody, gives and takes a sign of life ten times a second, and acts on silence and on the file HALT. */
export async function startWatchdog(options: StartOptions): Promise<RunningWatchdog> {
  const open = <A extends Api>(socket: string, api: A, callTimeoutMs: number): Promise<LinkClient<A>> => {
    const { runFolder, token } = options;
    return connect({
      socketPath: join(runFolder, socket),
      api,
      role: 'watchdog',
      token,
      reconnect: true,
      callTimeoutMs,
    });
  };
  const gateway = await open(gatewaySocket, gatewayApi, signWithinMs);
  const standby = await open(cancelSocket, cancelApi, signWithinMs);
  const runner = await open(runnerSocket, runnerApi, signWithinMs);
  const server = await open(serverSocket, serverApi, signWithinMs);
  // Deeds take longer than signs of life and have connections of their own: neither may wait behind the other.
  const gatewayDeeds = await open(gatewaySocket, gatewayApi, deedWithinMs);
  const standbyDeeds = await open(cancelSocket, cancelApi, deedWithinMs);
  const desk = await alertDesk(options, gateway);
  const own = new OwnAlerts((code) => desk.tell(code));
  let openOrders = 0;
  let heardAtMs = -Infinity;
  const watchdog = new Watchdog({
    hands: {
      halt: async (reason) => void (await gatewayDeeds.call('halt', { reason: reason.slice(0, 200) })),
      cancelAll: async () => void (await gatewayDeeds.call('cancelAll', {})),
      sweep: (reason) => standbyDeeds.call('sweep', { reason: reason.slice(0, 200) }),
    },
    elapsedMs: () => performance.now(),
    note: (event, facts) => {
      options.note(event, facts);
      own.noted(event, facts, openOrders);
    },
  });
  const builds: Record<string, string> = { watchdog: options.build };
  const heard = (name: PeerName, build: string): void => {
    builds[name] = build;
    watchdog.heard(name);
  };
  const signs = [
    atMost(signsAtOnceMax, async () => {
      const halt = watchdog.owedHalt;
      const owed = desk.owed;
      const alerts = owed.length === 0 ? {} : { alerts: [...owed] };
      const sign = { builds, ...(halt === null ? {} : { halt: halt.slice(0, 200) }), ...alerts };
      const heard = await gateway.call('heartbeat', sign);
      desk.paid(owed);
      openOrders = heard.openOrders;
      heardAtMs = performance.now();
      watchdog.heardGateway(heard);
    }),
    atMost(signsAtOnceMax, async () => heard('standby', (await standby.call('pulse', {})).build)),
    atMost(signsAtOnceMax, async () => heard('runner', (await runner.call('pulse', {})).build)),
    atMost(signsAtOnceMax, async () => heard('server', (await server.call('pulse', {})).build)),
  ];
  // Until it has heard from us once, the gateway takes no new risk: ready means that it has.
  await gateway.call('heartbeat', { builds }).catch(() => undefined);
  const timer = setInterval(() => {
    for (const sign of signs) sign();
    watchdog.look();
  }, heartbeatEveryMs);
  const alertTimers = [
    setInterval(() => desk.turn(), alertsEveryMs),
    // A gateway that cannot answer is what the signs of life are for.
    setInterval(() => void desk.ask().catch(() => undefined), askAlertsEveryMs),
  ];
  const { gateway: gatewayFolder, anchor } = homeLayout(options.home);
  const files = { journal: join(gatewayFolder, 'journal'), anchor: join(anchor, 'journal.jsonl') };
  const audit = new AuditWatch({
    check: () => checkInWorker(files),
    isGatewayAlive: () => performance.now() - heardAtMs < aliveMs,
    halt: (reason) => watchdog.halt(reason),
    tell: (code) => desk.tell(code),
    note: options.note,
  });
  const auditTimers = [
    setTimeout(() => void audit.look(), options.firstAuditMs ?? firstAuditMs),
    setInterval(() => void audit.look(), auditEveryMs),
  ];
  const file = watchHaltFile(options.home, (reason) => watchdog.halt(reason));
  return {
    async close() {
      clearInterval(timer);
      file.stop();
      for (const alertTimer of [...alertTimers, ...auditTimers]) clearInterval(alertTimer);
      await desk.close();
      await Promise.all([gateway, standby, runner, server, gatewayDeeds, standbyDeeds].map((link) => link.close()));
    },
  };
}

async function alertDesk(options: StartOptions, gateway: LinkClient<typeof gatewayApi>): Promise<AlertDesk> {
  const { channels, language } = await openChannels({
    home: options.home,
    config: options.config ?? null,
    mayBeLoopback: options.alertsOnLoopback === true,
    // On the terminal too: whoever set up a channel must hear that it does not work.
    onFault: (sentence) => {
      options.note('channel-unusable', { sentence });
      process.stderr.write(`${sentence}\n`);
    },
  });
  const startedMs = Date.now() - performance.now();
  return AlertDesk.open({
    channels,
    language,
    file: join(homeLayout(options.home).watch, 'alerts.json'),
    gateway: {
      next: (question) => gateway.call('nextAlerts', question),
      // A repeat after a lost answer is the same report.
      delivered: (report) => gateway.call('alertDelivered', { ...report }, `${report.id} ${report.channel}`),
    },
    // The clock of the machine may be set; the order and the distances of alerts must not follow it.
    nowMs: () => startedMs + performance.now(),
    random: () => Math.random(),
    note: options.note,
  });
}

/** Starts `sign` unless so many of it are still under way. That one fails is what its silence will say. */
function atMost(most: number, sign: () => Promise<void>): () => void {
  let underWay = 0;
  return () => {
    if (underWay >= most) return;
    underWay += 1;
    void sign()
      .catch(() => undefined)
      .finally(() => (underWay -= 1));
  };
}
