import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { backtestLineBytesMax, codeBacktestNews, type CodeBacktestNews } from '#link/code-backtest.ts';
import type { Isolation } from './isolation-grade.ts';
import { processUsage } from './process-usage.ts';
import { SandboxWatch } from './sandbox-watch.ts';
import { sandboxFlags } from './strategy-child.ts';

export interface BacktestChildOptions {
  /** From `makeSandboxFolder` for a backtest or a sweep, and the file in it to start. */
  readonly folder: string;
  readonly entry: string;
  readonly isolation: Isolation;
  /** Checked; the last is `done` or `failed`, once. */
  readonly onNews: (news: CodeBacktestNews) => void;
}

const heapMegabytes = 2_048;
/** A run over decades of many symbols, a unit of a sweep, or one that never ends. */
const limits = { residentBytesMax: 3 * 1_073_741_824, busyMsMax: 1_800_000, printedBytesMax: 1_048_576 };

/** The sandboxed process of one backtest, or of a sweep's runs: what it says is checked, and it is killed when it takes too much. */
export class BacktestChild {
  readonly #onNews: BacktestChildOptions['onNews'];
  readonly #process: ChildProcess;
  readonly #watch: SandboxWatch;
  #errorText = '';
  #isOver = false;

  constructor({ folder, entry, isolation, onNews }: BacktestChildOptions) {
    this.#onNews = onNews;
    const [file, ...before] = [...isolation.launcher(folder), process.execPath];
    const flags = sandboxFlags(folder, heapMegabytes);
    this.#process = spawn(file, [...before, ...flags, entry], {
      env: {},
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { stdin, stdout, stderr, pid } = this.#process;
    if (stdout !== null) createInterface({ input: stdout }).on('line', (line) => this.#hear(line));
    stderr?.on('data', (chunk: Buffer) => this.#print(chunk));
    // A broken pipe means that the child is gone; its exit tells.
    stdin?.on('error', () => undefined);
    this.#process.once('error', (error) => this.#fail(`전략 프로세스를 시작하지 못했어요. (${error.message})`));
    this.#process.once('close', () =>
      this.#fail(`전략 프로세스가 결과 없이 끝났어요. ${this.#errorText.trim().slice(-300)}`),
    );
    this.#watch = new SandboxWatch(
      () => (pid === undefined ? null : processUsage(pid)),
      limits,
      (why) => this.#fail(why),
    );
  }

  send(line: string): void {
    if (!this.#isOver) this.#process.stdin?.write(`${line}\n`);
  }

  /** Ends it without news; resolves when the process is gone. */
  async stop(): Promise<void> {
    this.#over();
    if (this.#process.exitCode !== null || this.#process.signalCode !== null || this.#process.pid === undefined) return;
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await exited;
  }

  #hear(line: string): void {
    if (this.#isOver) return;
    const read = line.length > backtestLineBytesMax ? null : codeBacktestNews.safeParse(parseJson(line));
    if (read?.success !== true) {
      this.#fail('전략이 약속에 없는 말을 했어요.');
      return;
    }
    if (read.data.kind === 'done' || read.data.kind === 'failed') this.#over();
    if (read.data.kind === 'rested') this.#watch.rested();
    this.#onNews(read.data);
  }

  /** What a strategy prints is shown to its author. */
  #print(chunk: Buffer): void {
    this.#watch.printed(chunk.length);
    this.#errorText = (this.#errorText + chunk.toString('utf8')).slice(-2_000);
    if (!this.#isOver) process.stderr.write(chunk);
  }

  #fail(message: string): void {
    if (this.#isOver) return;
    this.#over();
    this.#process.kill('SIGKILL');
    this.#onNews({ kind: 'failed', code: null, message });
  }

  #over(): void {
    this.#isOver = true;
    this.#watch.stop();
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
