import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a host on loopback, hands everything on, and remembers what was asked. */
export class CountingFront {
  /** Paths in the order in which they were asked for. */
  readonly asked: string[] = [];
  readonly #target: URL;
  readonly #server: Server;

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer((incoming, answer) => {
      this.asked.push((incoming.url ?? '').split('?')[0] ?? '');
      const { hostname, port } = this.#target;
      const { method, headers, url: path } = incoming;
      const outgoing = request({ hostname, port, method, path, headers }, (theirs: IncomingMessage) => {
        answer.writeHead(theirs.statusCode ?? 500, theirs.headers);
        theirs.pipe(answer);
      });
      outgoing.on('error', () => answer.destroy());
      incoming.pipe(outgoing);
    });
  }

  static async open(target: string): Promise<CountingFront> {
    const front = new CountingFront(new URL(target));
    front.#server.listen(0, '127.0.0.1');
    await once(front.#server, 'listening');
    return front;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
