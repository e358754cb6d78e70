import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileCache } from './compile-cache.ts';

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

export type Language = 'ko' | 'en';

export interface Said {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  /** Lines of standard error, without empty ones. */
  readonly errors: readonly string[];
}

export interface Terminal {
  /** `SNOWBALL_HOME`. */
  readonly home: string;
  /** English if not said. */
  readonly language?: Language;
  /** What its standard input says, as a pipe; nothing is typed if not said. */
  readonly input?: string;
}

/** A `snowball` command that goes on running. */
export interface Running {
  readonly process: ChildProcess;
  /** Resolves with the first group of `pattern` in what it has written or will write; rejects when it ends before that. */
  says(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Said>;
}

/** Starts the real command line in a process of its own, with an environment that holds nothing else of ours. */
export function startSnowball(terminal: Terminal, args: readonly string[]): Running {
  const { PATH, TMPDIR } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    stdio: [terminal.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: {
      PATH,
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      // Handed on to every process of the house, by which `processesOf` knows them.
      HOME: terminal.home,
      SNOWBALL_HOME: terminal.home,
      // Dozens of commands read the same sources: compiled once, each takes a third of the time.
      NODE_COMPILE_CACHE: compileCache,
      SNOWBALL_LANGUAGE: terminal.language ?? 'en',
    },
  });
  child.stdin?.end(terminal.input);
  let out = '';
  let errors = '';
  const listeners = new Set<() => void>();
  const heard = (): void => {
    for (const listener of listeners) listener();
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => ((out += text), heard()));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => ((errors += text), heard()));
  const ended = new Promise<Said>((resolve) => {
    child.once('close', (code) =>
      resolve({ code, out, errors: errors.split('\n').filter((line) => line.trim() !== '') }),
    );
  });
  const says = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(out + errors);
        if (found === null) return;
        listeners.delete(look);
        resolve(found[1] ?? found[0]);
      };
      listeners.add(look);
      void ended.then(() => reject(new Error(`It ended without saying ${String(pattern)}:\n${out}${errors}`)));
      look();
    });
  return { process: child, says, ended };
}

/** Runs the real command line to its end. */
export function snowball(terminal: Terminal, ...args: readonly string[]): Promise<Said> {
  return startSnowball(terminal, args).ended;
}

/** The one line of a command that was refused: code 1, nothing on standard output. */
export function oneSentence(said: Said): string {
  assert.deepEqual([said.code, said.out, said.errors.length], [1, '', 1], said.errors.join('\n'));
  return said.errors.join('');
}

/** What runs now on behalf of commands that were started with this home, told by the environment they were given. */
export function processesOf(home: string): readonly string[] {
  const mark = `HOME=${home}`;
  if (process.platform !== 'linux') {
    const all = execFileSync('ps', ['axeww', '-o', 'command'], { encoding: 'utf8' });
    return all.split('\n').filter((line) => line.includes(` ${mark} `));
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => textOf(`/proc/${pid}/environ`).split('\0').includes(mark))
    .map((pid) => textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' '));
}

/** Empty for a process that has just ended or is somebody else's. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
