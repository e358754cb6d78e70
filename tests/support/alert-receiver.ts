import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly atMs: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface AlertReceiver {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly received: readonly Received[];
  /** What the next requests are answered with; 200 when nothing is said. */
  answer(how: (response: ServerResponse) => void): void;
  /** The first request that fits, be it there already or still to come. */
  until(fits: (request: Received) => boolean, patienceMs: number): Promise<Received>;
  close(): Promise<void>;
}

/** Somebody's webhook, on a real socket of this machine. */
export async function alertReceiver(): Promise<AlertReceiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  let how = (response: ServerResponse): void => void response.end('{}');
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ atMs: performance.now(), path: request.url ?? '', headers: request.headers, body });
      how(response);
      for (const wake of waiting) wake();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (next) => (how = next),
    until(fits, patienceMs) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = received.find(fits);
          if (found === undefined) return;
          end();
          resolve(found);
        };
        const end = (): void => {
          clearTimeout(timer);
          waiting.delete(look);
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`Waited ${patienceMs} ms; received ${received.map(({ body }) => body).join('\n')}`));
        }, patienceMs);
        waiting.add(look);
        look();
      });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
