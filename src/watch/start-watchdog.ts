import { join } from 'node:path';
import type { Api } from '#link/api.ts';
import { cancelSocket, gatewaySocket, runnerSocket, serverSocket } from '#link/boot.ts';
import { cancelApi } from '#link/cancel-api.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { watchHaltFile } from '#link/halt-file.ts';
import { runnerApi } from '#link/runner-api.ts';
import { serverApi } from '#link/server-api.ts';
import { heartbeatEveryMs, type PeerName } from './peers.ts';
import { startTelling, type TellingOptions } from './start-telling.ts';
import { Watchdog } from './watchdog.ts';

export interface StartOptions extends TellingOptions {
  readonly runFolder: string;
  /** The capability of the role `watchdog`: halt, cancel, and signs of life. */
  readonly token: string;
  readonly build: string;
}

export interface RunningWatchdog {
  close(): Promise<void>;
}

/** A sign that has not come back by then is given up; the next one is sent. */
const signWithinMs = 1_000;
/** Signs under way at a time to one process; a hung one would collect them. */
const signsAtOnceMax = 3;
const deedWithinMs = 15_000;

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
  const telling = await startTelling(options, gateway, (reason) => watchdog.halt(reason));
  const watchdog = new Watchdog({
    hands: {
      halt: async (reason) => void (await gatewayDeeds.call('halt', { reason: reason.slice(0, 200) })),
      cancelAll: async () => void (await gatewayDeeds.call('cancelAll', {})),
      sweep: (reason) => standbyDeeds.call('sweep', { reason: reason.slice(0, 200) }),
    },
    elapsedMs: () => performance.now(),
    note: (event, facts) => {
      options.note(event, facts);
      // Deeds first: what is withdrawn must not wait for what is told.
      setImmediate(() => telling.noted(event, facts));
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
      const { owed } = telling;
      const alerts = owed.length === 0 ? {} : { alerts: [...owed] };
      const sign = { builds, ...(halt === null ? {} : { halt: halt.slice(0, 200) }), ...alerts };
      const heard = await gateway.call('heartbeat', sign);
      telling.heard(owed, heard.openOrders);
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
  const file = watchHaltFile(options.home, (reason) => watchdog.halt(reason));
  return {
    async close() {
      clearInterval(timer);
      file.stop();
      await telling.close();
      await Promise.all([gateway, standby, runner, server, gatewayDeeds, standbyDeeds].map((link) => link.close()));
    },
  };
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
