import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { childMessage, lineBytesMax, LineReader, type ChildMessage } from './protocol.ts';
import type { Isolation } from './isolation-grade.ts';

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
  /** Largest resident size in bytes, typed arrays included, which the flag of the heap does not count. Default 384 MiB. */
  readonly memoryMax?: number;
}

/** The flags of threat-model §3, as measured. */
function sandboxFlags(folder: string): readonly string[] {
  return [
    '--permission',
    `--allow-fs-read=${folder}`,
    '--no-experimental-sqlite',
    '--no-experimental-ffi',
    '--no-experimental-websocket',
    '--disallow-code-generation-from-strings',
    '--disable-sigusr1',
    '--max-old-space-size=128',
    '--disable-warning=ExperimentalWarning',
  ];
}

const memoryMaxDefault = 402_653_184;
const memoryLookMs = 500;
const errorTextMax = 2_000;

/** One sandboxed process: lines out, checked messages in, and a sure end. It is handed no environment and no descriptor. */
export class StrategyChild {
  readonly #options: ChildOptions;
  readonly #process: ChildProcess;
  readonly #reader = new LineReader();
  readonly #memoryTimer: NodeJS.Timeout;
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
      this.#errorText = (this.#errorText + chunk.toString('utf8')).slice(-errorTextMax);
    });
    // A broken pipe means that the child is gone; its exit tells.
    this.#process.stdin?.on('error', () => undefined);
    this.#process.once('error', (error) => this.end(`전략 프로세스를 시작하지 못했어요. (${error.message})`));
    this.#process.once('exit', (code, signal) => this.end(this.#exitReason(code, signal)));
    this.#memoryTimer = setInterval(() => this.#watchMemory(), memoryLookMs);
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
    clearInterval(this.#memoryTimer);
    this.#process.kill('SIGKILL');
    this.#options.onEnd(reason);
  }

  /** Ends it without a reason; resolves when the process is gone. */
  async stop(): Promise<void> {
    const gone =
      this.#process.exitCode !== null || this.#process.signalCode !== null || this.#process.pid === undefined;
    const exited = gone ? null : new Promise((resolve) => this.#process.once('exit', resolve));
    this.#isOver = true;
    clearInterval(this.#memoryTimer);
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

  #watchMemory(): void {
    const { pid } = this;
    const bytes = pid === null ? null : residentBytes(pid);
    if (bytes === null || bytes <= (this.#options.memoryMax ?? memoryMaxDefault)) return;
    this.end(`전략이 메모리를 너무 많이 썼어요. (${Math.round(bytes / 1_048_576)} MiB)`);
  }

  #exitReason(code: number | null, signal: string | null): string {
    const last = this.#errorText.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
    return `전략 프로세스가 끝났어요. (${signal ?? `code ${code}`}${last === '' ? '' : `: ${last}`})`;
  }
}

/** Resident size from /proc; null where there is none, where only the heap's own flag bounds the memory. */
function residentBytes(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return Number.isSafeInteger(pages) ? pages * 4_096 : null;
  } catch {
    // It ended between the timer and the look; its exit tells.
    return null;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
