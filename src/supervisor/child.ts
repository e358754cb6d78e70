import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { createInterface } from 'node:readline';
import { configurationExitCode, type Boot } from '#link/boot.ts';

/** One process of the house: where it starts, and what it is handed on descriptor 3. */
export interface ChildPlan {
  readonly name: string;
  /** Absolute path of its entry file. */
  readonly entry: string;
  readonly nodeFlags: readonly string[];
  /** The Node to start it with; our own if not said. */
  readonly node?: string;
  /** Variables beside the few that every child gets; none if not said, and never a secret. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A child that lived this long starts again at once after a crash; 30,000 if not said. */
  readonly steadyAfterMs?: number;
  /** Asked anew for each start, so that a restart gets what is true then. */
  boot(): Boot;
}

/** What a child says of itself when it is ready, such as its ports. */
export type Ready = Readonly<Record<string, string | number>>;

export interface ChildEvents {
  onReady(name: string, ready: Ready, isRestart: boolean): void;
  /** It ended without being asked to; `retryInMs` until the next start. */
  onCrash(name: string, how: string, retryInMs: number): void;
  /** A line it wrote to its standard error. */
  onLine(name: string, line: string): void;
}

/** A process ended before it was ready. */
export class ChildFailed extends Error {
  readonly child: string;
  /** "SIGKILL" or "exit code 1". */
  readonly how: string;
  /** What it wrote to its standard error, at most the last 50 lines. */
  readonly lines: readonly string[];
  /** It ended with the code that says that only the person can mend it. */
  readonly isMendable: boolean;

  constructor(
    child: string,
    end: { readonly how: string; readonly lines: readonly string[]; readonly code: number | null },
  ) {
    super(`${child} could not start: ${end.how}${end.lines.map((line) => `\n${line}`).join('')}`);
    this.name = 'ChildFailed';
    this.child = child;
    this.how = end.how;
    this.lines = end.lines;
    this.isMendable = end.code === configurationExitCode;
  }
}

const heldLinesMax = 50;
const firstRetryMs = 200;
const lastRetryMs = 30_000;
const steadyAfterMs = 30_000;
const stopPatienceMs = 5_000;

/** Starts one process, starts it again with backoff when it dies, stops it when asked. */
export class Child {
  readonly #plan: ChildPlan;
  readonly #events: ChildEvents;
  #process: ChildProcess | null = null;
  #retryMs = firstRetryMs;
  #isStopping = false;
  #wasReady = false;
  #isUp = false;
  #retryTimer: NodeJS.Timeout | null = null;
  /** Written before the first ready line: why it failed, or else handed on as soon as it is ready. */
  #held: string[] = [];

  constructor(plan: ChildPlan, events: ChildEvents) {
    this.#plan = plan;
    this.#events = events;
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Resolves when the child is ready for the first time. @throws ChildFailed when it ends before that */
  start(): Promise<Ready> {
    return new Promise((resolve, reject) => this.#spawn(resolve, reject));
  }

  /** Ends a process that hangs, in the middle of whatever it does; it is started again like after any other crash. */
  kill(): void {
    this.#process?.kill('SIGKILL');
  }

  /** SIGTERM, then SIGKILL after five seconds. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    const child = this.#process;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const patience = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(patience);
  }

  /** Whether the process that runs now has said that it is ready. */
  get isUp(): boolean {
    return this.#isUp;
  }

  #spawn(resolve?: (ready: Ready) => void, reject?: (error: Error) => void): void {
    const startedAt = performance.now();
    // Its own process group: Ctrl-C in the terminal reaches the supervisor alone, which stops the children in order.
    // When the supervisor dies without a word, descriptor 3 ends and the child ends itself.
    const flags = ['--disable-warning=ExperimentalWarning', ...this.#plan.nodeFlags];
    const [command, args] = withoutTraces([this.#plan.node ?? process.execPath, ...flags, this.#plan.entry]);
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...childEnvironment(), ...this.#plan.environment },
    });
    this.#process = child;
    if (child.stderr) createInterface(child.stderr).on('line', (line) => this.#wrote(line));
    this.#greet(child, resolve);
    child.once('error', (error) => reject?.(error));
    child.once('exit', (code, signal) =>
      this.#ended(signal ?? `exit code ${code}`, code, performance.now() - startedAt),
    );
    // Later than the exit: by now everything that it wrote has been read.
    child.once('close', (code, signal) => {
      if (this.#wasReady || this.#isStopping || !reject) return;
      reject(new ChildFailed(this.#plan.name, { how: signal ?? `exit code ${code}`, lines: this.#held, code }));
    });
  }

  #wrote(line: string): void {
    if (this.#wasReady) this.#events.onLine(this.#plan.name, line);
    else this.#held = [...this.#held, line].slice(-heldLinesMax);
  }

  #greet(child: ChildProcess, resolve?: (ready: Ready) => void): void {
    const pipe = child.stdio[3] as Duplex;
    const lines = createInterface(pipe);
    for (const stream of [pipe, lines]) stream.on('error', () => undefined); // The child is gone; its exit says why.
    lines.once('line', (line) => {
      const ready = readyOf(line);
      this.#events.onReady(this.#plan.name, ready, this.#wasReady);
      this.#wasReady = true;
      this.#isUp = true;
      for (const held of this.#held.splice(0)) this.#events.onLine(this.#plan.name, held);
      resolve?.(ready);
    });
    pipe.write(`${JSON.stringify(this.#plan.boot())}\n`);
  }

  #ended(how: string, code: number | null, livedMs: number): void {
    this.#process = null;
    this.#isUp = false;
    if (this.#isStopping) return;
    if (!this.#wasReady || code === configurationExitCode) {
      if (this.#wasReady) this.#events.onCrash(this.#plan.name, how, Infinity);
      return;
    }
    if (livedMs > (this.#plan.steadyAfterMs ?? steadyAfterMs)) this.#retryMs = firstRetryMs;
    this.#events.onCrash(this.#plan.name, how, this.#retryMs);
    this.#retryTimer = setTimeout(() => this.#spawn(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }
}

/**
 * No core dump may hold a key, and no file that a process makes is for others. Neither can be set from inside Node, so
 * the shell sets both and becomes the process: same number, same descriptors.
 */
function withoutTraces(line: readonly [string, ...string[]]): readonly [string, string[]] {
  if (process.platform === 'win32') return [line[0], line.slice(1)];
  return ['/bin/sh', ['-c', 'umask 077; ulimit -c 0; exec "$0" "$@"', ...line]];
}

/** Nothing of the person's environment but what a process cannot do without: no key may travel this way. */
function childEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'LC_MESSAGES', 'TMPDIR', 'SNOWBALL_LANGUAGE', 'SystemRoot', 'TEMP'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

function readyOf(line: string): Ready {
  const message: unknown = JSON.parse(line);
  if (typeof message === 'object' && message !== null && 'ready' in message) return message.ready as Ready;
  throw new Error(`A child said something else than ready: "${line.slice(0, 80)}"`);
}
