import type { Server } from 'node:net';

/** Servers whose port is closed for a while, and what will open it again. */
const paused = new WeakMap<Server, NodeJS.Timeout>();

/**
 * Closes the port of `server` for `delayMs`: connections that stand go on, new ones are refused by the system. The same
 * port is opened again afterwards; when another program has taken it meanwhile, it stays closed and says so.
 */
export function closePortFor(server: Server, delayMs: number): void {
  const address = server.address();
  if (typeof address !== 'object' || address === null) return;
  const { port, address: host } = address;
  server.close();
  const open = (): void => {
    paused.delete(server);
    const complain = (cause: Error): boolean =>
      process.stderr.write(`Cannot open 127.0.0.1:${port} again: ${cause.message}\n`);
    server.once('error', complain);
    server.listen({ host, port }, () => server.off('error', complain));
  };
  paused.set(server, setTimeout(open, delayMs).unref());
}

/** Leaves a closed port closed. */
export function stayClosed(server: Server): void {
  clearTimeout(paused.get(server));
  paused.delete(server);
}
