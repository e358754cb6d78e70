import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FixConfiguration } from '#domain/errors.ts';
import { gatewaySocket, runnerSocket, serverSocket, type Boot } from '#link/boot.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { homeLayout } from '#link/home-layout.ts';
import { listen } from '#link/listener.ts';
import { runnerApi } from '#link/runner-api.ts';
import { serverApi } from '#link/server-api.ts';
import { createApp } from './app.ts';
import type { Doorman } from './auth/doorman.ts';
import { LoginThrottle } from './auth/login-throttle.ts';
import { OneTimeLogin } from './auth/one-time-login.ts';
import { PassphraseFile } from './auth/passphrase-file.ts';
import { Sessions } from './auth/sessions.ts';
import type { LinkClients } from './link-clients.ts';
import { listenOnLoopback } from './listen.ts';
import { LiveFeed } from './live-feed.ts';
import { testbedConsole } from './testbed-console.ts';
import { WebFiles } from './web-files.ts';

const portDefault = 8_420;

export interface RunningServer {
  readonly port: number;
  /** A fresh one-time login URL, good once and for 15 minutes. */
  loginUrl(): string;
  close(): Promise<void>;
}

/**
 * Connects to gateway and runner (which may still be starting), and serves pages and data.
 *
 * @throws FixConfiguration `server.port-in-use`, `server.web-missing`, `server.port`, `link.refused`
 */
export async function startServer(boot: Boot): Promise<RunningServer> {
  const folder = homeLayout(boot.home).server;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = new WebFiles(fileURLToPath(new URL('../../web/dist', import.meta.url)));
  const clients = await connectAll(boot);
  const oneTime = new OneTimeLogin(() => performance.now());
  const doorman = {
    oneTime,
    throttle: new LoginThrottle(() => performance.now()),
    passphrase: new PassphraseFile(join(folder, 'passphrase.json')),
    // The token is new at every start of the supervisor and never leaves memory; its hash names this start.
    sessions: new Sessions({
      path: join(folder, 'sessions.json'),
      start: createHash('sha256').update(`sessions ${boot.token}`).digest('hex'),
      now: () => Date.now(),
    }),
  };
  let port = 0;
  const feed = new LiveFeed(clients);
  const { environment, testbed } = boot;
  const drill = environment === 'trial' && testbed !== null ? testbedConsole(testbed.console) : null;
  const app = createApp({ port: () => port, environment, doorman, clients, feed, files, drill });
  const listening = await listenOnLoopback(app, portOf(boot));
  port = listening.port;
  const loginUrl = (): string => `http://127.0.0.1:${port}/login#${oneTime.issue()}`;
  const terminal = await listen({
    socketPath: join(boot.runFolder, serverSocket),
    api: serverApi,
    tokenHashes: boot.tokenHashes,
    ...(boot.tokenEndsAt === undefined ? {} : { tokenEndsAt: boot.tokenEndsAt }),
    handlers: {
      loginUrl: async () => ({ url: loginUrl() }),
      forgetLogin: async () => {
        await forget(doorman);
        return {};
      },
      pulse: async () => ({ build: boot.build }),
    },
  });
  return {
    port,
    loginUrl,
    close: async () => {
      await Promise.all([listening.close(), terminal.close()]);
      await Promise.all([clients.gateway.close(), clients.runner.close(), doorman.sessions.saved()]);
    },
  };
}

/** The terminal proves who asks; nobody who is inside now may stay. */
async function forget({ passphrase, sessions }: Doorman): Promise<void> {
  await passphrase.forget();
  sessions.endAll();
  await sessions.saved();
}

async function connectAll({ runFolder, token }: Boot): Promise<LinkClients> {
  const shared = { role: 'server', token, reconnect: true } as const;
  const [gateway, runner] = await Promise.all([
    connect({ ...shared, socketPath: join(runFolder, gatewaySocket), api: gatewayApi }),
    connect({ ...shared, socketPath: join(runFolder, runnerSocket), api: runnerApi }),
  ]);
  return { gateway, runner };
}

function portOf({ options }: Boot): number {
  const port = options['port'] ?? portDefault;
  if (typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new FixConfiguration('server.port', `Cannot open the pages on port "${port}": wanted a number up to 65535`);
}
