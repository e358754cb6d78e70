import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

import type { SimulatorHosts } from '#brokers/kis/simulator/start.ts';

/** A testbed process under somebody's hand. */
export interface TestbedChild {
  readonly process: ChildProcess;
  readonly hosts: SimulatorHosts;
  /** Settles with the exit code, or the signal's name, when the process has ended. */
  readonly ended: Promise<number | string>;
}

/**
 * Starts `main.ts` as the supervisor does: boot line and ready line on descriptor 3.
 *
 * @throws {Error} with what the child wrote to its error output when it ends before it is ready
 */
export async function startTestbedChild(
  home: string,
  options: Readonly<Record<string, string | number | boolean>>,
): Promise<TestbedChild> {
  const entry = new URL('./main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'snowball-compile-cache') },
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const line = child.stdio[3] as Duplex;
  // A killed child resets its end of the line; its exit is what counts.
  line.on('error', () => undefined);
  line.write(`${JSON.stringify({ home, options })}\n`);
  const ready = await new Promise<string>((resolve, reject) => {
    let text = '';
    line.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\n')) resolve(text);
    });
    child.once('exit', () => reject(new Error(`The testbed ended before it was ready: ${errors}`)));
  });
  const { ready: hosts } = JSON.parse(ready) as { ready: SimulatorHosts };
  return { process: child, hosts, ended };
}
