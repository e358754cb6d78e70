import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { FixConfiguration } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';

const loopback = '127.0.0.1';
const connectionsMax = 128;

export interface Listening {
  readonly port: number;
  /** Ends every connection. */
  close(): Promise<void>;
}

/**
 * Listens on loopback and on nothing else, and looks at the address the system really bound.
 *
 * @param port 0 takes a free one
 * @throws FixConfiguration `server.port-in-use`
 */
export async function listenOnLoopback(app: Hono, port: number): Promise<Listening> {
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => void answer(request, response));
  server.maxConnections = connectionsMax;
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await bound(server, port);
  const address = server.address();
  invariant(
    address !== null && typeof address === 'object' && address.address === loopback,
    'the pages are served on 127.0.0.1 only',
  );
  return { port: address.port, close: () => closed(server) };
}

function bound(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? inUse(port) : error));
    server.listen(port, loopback, resolve);
  });
}

function inUse(port: number): FixConfiguration {
  return new FixConfiguration(
    'server.port-in-use',
    `Cannot open the pages on port ${port}: another program uses it; stop that program or choose another port`,
  );
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
