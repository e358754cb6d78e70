import { spawn, type ChildProcess } from 'node:child_process';
import { childMessage, lineBytesMax, LineReader, type ChildMessage } from './protocol.ts';
import type { Isolation } from './isolation-grade.ts';
import { processUsage, type ProcessUsage } from './process-usage.ts';
import { sandboxLimits, SandboxWatch, type SandboxLimits } from './sandbox-watch.ts';

export interface ChildEvents {
  readonly onMessage: (message: ChildMessage) => void;
  /** Told once: the child is ended, or is being ended, and why. */
  readonly onEnd: (reason: string) => void;
}

export interface ChildOptions extends ChildEvents {
  /** The strategy's own folder, from `makeSandboxFolder`, and the file in it to start. */
  readonly folder: string;
  readonly entry: string;
  readonly isolation: Isolation;
  /** Those of `sandboxLimits` that are others. */
  readonly limits?: Partial<SandboxLimits>;
}

/** The flags of threat-model §3, as measured. @param heapMegabytes 128 for a strategy that trades */
export function sandboxFlags(folder: string, heapMegabytes = 128): readonly string[] {
  return [
    '--permission',
    `--allow-fs-read=${folder}`,
    '--no-experimental-sqlite',
    '--no-experimental-ffi',
    '--no-experimental-websocket',
    '--disallow-code-generation-from-strings',
    '--disable-sigusr1',
    `--max-old-space-size=${heapMegabytes}`,
    '--disable-warning=ExperimentalWarning',
  ];
}

const errorTextMax = 2_000;

/** One sandboxed process: lines out, checked messages in, and a sure end. It is handed no environment and no descriptor. */
export class StrategyChild {
  readonly #options: ChildOptions;
  readonly #process: ChildProcess;
  readonly #reader = new LineReader();
  readonly #watch: SandboxWatch;
  #errorText = '';
  #isOver = false;

  constructor(options: ChildOptions) {
    this.#options = options;
    const command = [...options.isolation.launcher(options.folder), process.execPath];
    const [file = '', ...before] = command;
    this.#process = spawn(file, [...before, ...sandboxFlags(options.folder), options.entry], {
      env: {},
      cwd: options.folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#watch.printed(chunk.length);
      this.#errorText = (this.#errorText + chunk.toString('utf8')).slice(-errorTextMax);
    });
    // A broken pipe means that the child is gone; its exit tells.
    this.#process.stdin?.on('error', () => undefined);
    this.#process.once('error', (error) => this.end(`전략 프로세스를 시작하지 못했어요. (${error.message})`));
    this.#process.once('exit', (code, signal) => this.end(this.#exitReason(code, signal)));
    const limits = { ...sandboxLimits, ...options.limits };
    const usage = (): ProcessUsage | null => (this.pid === null ? null : processUsage(this.pid));
    this.#watch = new SandboxWatch(usage, limits, (reason) => this.end(reason));
  }

  get pid(): number | null {
    return this.#process.pid ?? null;
  }

  send(message: object): void {
    if (this.#isOver) return;
    const line = JSON.stringify(message);
    if (Buffer.byteLength(line) > lineBytesMax) this.end('전략에 보낼 내용이 너무 길어요.');
    else this.#process.stdin?.write(`${line}\n`);
  }

  /** Kills the child at once, if it still lives, and tells `reason`, if nothing was told before. */
  end(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#watch.stop();
    this.#process.kill('SIGKILL');
    this.#options.onEnd(reason);
  }

  /** Ends it without a reason; resolves when the process is gone. */
  async stop(): Promise<void> {
    const gone =
      this.#process.exitCode !== null || this.#process.signalCode !== null || this.#process.pid === undefined;
    const exited = gone ? null : new Promise((resolve) => this.#process.once('exit', resolve));
    this.#isOver = true;
    this.#watch.stop();
    this.#process.kill('SIGKILL');
    await exited;
  }

  #read(chunk: Buffer): void {
    if (this.#isOver) return;
    const lines = this.#reader.push(chunk);
    if (lines === null) {
      this.end(`전략이 한 번에 ${lineBytesMax}바이트보다 긴 말을 했어요.`);
      return;
    }
    for (const line of lines) this.#receive(line);
  }

  #receive(line: string): void {
    if (this.#isOver) return;
    const checked = childMessage.safeParse(parseJson(line));
    if (checked.success) this.#options.onMessage(checked.data);
    else this.end('전략이 약속에 없는 말을 했어요.');
  }

  #exitReason(code: number | null, signal: string | null): string {
    const last = this.#errorText.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
    return `전략 프로세스가 끝났어요. (${signal ?? `code ${code}`}${last === '' ? '' : `: ${last}`})`;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
