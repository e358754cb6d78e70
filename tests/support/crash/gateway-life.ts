import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Boot } from '#link/boot.ts';
import type { Blow } from './crash-plan.ts';

const stopAtStep = fileURLToPath(new URL('stop-at-step.mjs', import.meta.url));

export interface Program {
  /** The gateway in one file. */
  readonly file: string;
  /** Of the test: compiled code and derived keys. */
  readonly folder: string;
}

/** A gateway from its start to its death. */
export interface GatewayLife {
  /** False when it died before it was ready. */
  readonly isReady: Promise<boolean>;
  /** Null for a death by SIGKILL, else how it ended and what it said. */
  readonly end: Promise<string | null>;
  isDead(): boolean;
  kill(signal: 'SIGKILL' | 'SIGTERM'): void;
}

/** Starts one that dies at `step`, or lives until it is killed. */
export function startGateway(program: Program, boot: Boot, step: Blow['step']): GatewayLife {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', stopAtStep, program.file],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: {
        NODE_COMPILE_CACHE: join(program.folder, 'compiled'),
        CRASH_FOLDER: program.folder,
        CRASH_STEP: step === null ? '' : `${step.kind} ${step.moment}`,
      },
    },
  );
  const line = child.stdio[3] as Duplex;
  // A killed child resets the line; its exit says so.
  line.on('error', () => undefined);
  line.write(`${JSON.stringify(boot)}\n`);
  const end = endOf(child);
  const ready = new Promise<true>((resolve) => line.once('data', () => resolve(true)));
  return {
    isReady: Promise.race([ready, end.then(() => false)]),
    end,
    isDead: () => child.exitCode !== null || child.signalCode !== null,
    kill: (signal) => void child.kill(signal),
  };
}

async function endOf(child: ChildProcess): Promise<string | null> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const [code, signal] = await once(child, 'close');
  return signal === 'SIGKILL' ? null : `${signal ?? `exit code ${code}`}: ${said.trim()}`;
}
