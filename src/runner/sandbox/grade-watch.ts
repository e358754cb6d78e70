import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isolationGrade, type IsolationGrade } from '#link/isolation-grade.ts';

const program = join(import.meta.dirname, 'show-grade.ts');
const lookEveryMs = 60_000;
const lookTimeoutMs = 15_000;

/** What runs `show-grade.ts` and resolves with what it printed. */
export type ShowGrade = () => Promise<string>;

/**
 * Tries once a minute what this machine can hold a strategy with now, because a kernel's setting may change under a running
 * house (N14). In a process of its own, so that nobody waits for it; a look that fails says nothing new.
 */
export class GradeWatch {
  readonly #show: ShowGrade;
  readonly #timer: NodeJS.Timeout;
  #grade: IsolationGrade;

  /** @param grade what was found at the start; strategies that run already are held by it */
  constructor(grade: IsolationGrade, show: ShowGrade = showGrade) {
    this.#grade = grade;
    this.#show = show;
    this.#timer = setInterval(() => void this.look(), lookEveryMs);
    this.#timer.unref();
  }

  get grade(): IsolationGrade {
    return this.#grade;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async look(): Promise<void> {
    this.#grade = gradeIn(await this.#show().catch(() => '')) ?? this.#grade;
  }
}

function gradeIn(text: string): IsolationGrade | null {
  const [, found] = /"grade":"([^"]*)"/.exec(text) ?? [];
  const read = isolationGrade.safeParse(found);
  return read.success ? read.data : null;
}

function showGrade(): Promise<string> {
  const args = ['--disable-warning=ExperimentalWarning', program];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env: {}, timeout: lookTimeoutMs }, (error, said) =>
      error === null ? resolve(said) : reject(error),
    );
  });
}
