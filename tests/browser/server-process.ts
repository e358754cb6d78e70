import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Boot } from '#link/boot.ts';
import { newToken } from '#link/token.ts';
import { startStandIn, type StandIn } from './stand-in.ts';

/** The real server process in front of a stand-in for gateway and runner. */
export interface ServerUnderTest {
  readonly url: string;
  readonly origin: string;
  readonly home: string;
  readonly standIn: StandIn;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly port?: number;
  readonly isLive?: boolean;
  /** A simulated broker's console, as the supervisor hands it out in trial mode. */
  readonly console?: string;
}

const entry = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));

export async function startServerUnderTest(options: ServerOptions = {}): Promise<ServerUnderTest> {
  const { port = 0, isLive = false, console } = options;
  const home = await mkdtemp(join(tmpdir(), 'sb-web-'));
  const runFolder = join(home, 'run');
  mkdirSync(runFolder, { mode: 0o700 });
  const token = newToken();
  const standIn = await startStandIn({ runFolder, token, isLive });
  const boot: Boot = {
    home,
    environment: 'trial',
    runFolder,
    build: 'test',
    token,
    tokenHashes: {},
    testbed: console === undefined ? null : { rest: console, webSocket: console, console },
    options: { port },
  };
  const child = spawn(process.execPath, [entry], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  const ready = await handshake(child, boot);
  return {
    url: ready.url,
    origin: new URL(ready.url).origin,
    home,
    standIn,
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await standIn.close();
      await rm(home, { recursive: true });
    },
  };
}

async function handshake(child: ChildProcess, boot: Boot): Promise<{ readonly url: string }> {
  const channel = child.stdio[3] as Duplex;
  channel.write(`${JSON.stringify(boot)}\n`);
  const lines = createInterface({ input: channel });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${code}`))),
  ]);
  return (JSON.parse(line) as { ready: { url: string } }).ready;
}
