import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to connections going out (Linux from 32,768 on), so that none of those takes it meanwhile. */
const [portMin, portMax] = [20_000, 32_000];
/** Among twelve thousand ports so many in use would be no accident. */
const triesMax = 100;
/** By this process: two who ask at once get two. */
const given = new Set<number>();

/**
 * A port on 127.0.0.1 that nobody listens on now; taken for the whole life of the testbed, restarts included.
 *
 * @throws {Error} when a hundred in a row are in use
 */
export async function freePort(): Promise<number> {
  for (let count = 0; count < triesMax; count += 1) {
    const port = randomInt(portMin, portMax);
    if (given.has(port)) continue;
    given.add(port);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`Cannot find a free port on 127.0.0.1: ${triesMax} from ${portMin} to ${portMax} were in use`);
}

/** Whether a program could listen on this port of 127.0.0.1 now; 0 always can. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
