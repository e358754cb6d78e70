import { FixConfiguration } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';

/** Whoever answers for the person: a terminal without echo, or lines of standard input. */
export interface Asker {
  /** One line that is not shown. @throws {FixConfiguration} vault.input when standard input ends first */
  secret(question: string): Promise<Secret>;
  /** Whether a person sits there, who can be asked to type a thing twice. */
  readonly isPerson: boolean;
  close(): void;
}

const lineCharactersMax = 64 * 1024;
const interrupted = 130;

/** Questions go to standard error, so that standard output holds the answer alone. */
export function openAsker(input: NodeJS.ReadStream = process.stdin): Asker {
  return input.isTTY ? new TerminalAsker(input) : new LineAsker(input);
}

function noInput(): FixConfiguration {
  return new FixConfiguration(
    'vault.input',
    'Cannot read a secret: standard input ended, wanted one line for each question. Secrets are never taken from arguments',
  );
}

/** Lines of a pipe: `printf '%s\n' … | snowball vault …`. */
class LineAsker implements Asker {
  readonly isPerson = false;
  readonly #input: NodeJS.ReadStream;
  #text = '';
  #isEnded = false;
  #wake: () => void = () => {};

  constructor(input: NodeJS.ReadStream) {
    this.#input = input;
    input.setEncoding('utf8');
    input.on('data', (chunk: string) => {
      this.#text += chunk;
      this.#wake();
    });
    input.once('end', () => {
      this.#isEnded = true;
      this.#wake();
    });
    input.pause();
  }

  async secret(): Promise<Secret> {
    this.#input.resume();
    while (!this.#text.includes('\n') && !this.#isEnded && this.#text.length <= lineCharactersMax) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.#input.pause();
    const end = this.#text.indexOf('\n');
    if (end < 0 && (this.#text === '' || !this.#isEnded)) throw noInput();
    const line = end < 0 ? this.#text : this.#text.slice(0, end);
    this.#text = end < 0 ? '' : this.#text.slice(end + 1);
    return new Secret(line.replace(/\r$/, ''));
  }

  close(): void {
    this.#text = '';
    this.#input.destroy();
  }
}

/** A terminal in raw mode: nothing that is typed is shown, not even its length. */
class TerminalAsker implements Asker {
  readonly isPerson = true;
  readonly #input: NodeJS.ReadStream;

  constructor(input: NodeJS.ReadStream) {
    this.#input = input;
    input.setEncoding('utf8');
  }

  async secret(question: string): Promise<Secret> {
    process.stderr.write(`${question} `);
    this.#input.setRawMode(true).resume();
    try {
      return new Secret(await this.#line());
    } finally {
      this.#input.setRawMode(false).pause();
      process.stderr.write('\n');
    }
  }

  close(): void {
    this.#input.destroy();
  }

  #line(): Promise<string> {
    return new Promise((resolve, reject) => {
      let line: readonly string[] = [];
      const take = (chunk: string): void => {
        const end = typed(line, chunk);
        line = end.line;
        if (!end.isOver && line.length <= lineCharactersMax) return;
        this.#input.off('data', take);
        if (end.isOver) resolve(line.join(''));
        else reject(noInput());
      };
      this.#input.on('data', take);
    });
  }
}

/** What the keys make of a line: Enter ends it, Backspace takes a character back, Ctrl-C ends the command. */
function typed(
  before: readonly string[],
  chunk: string,
): { readonly line: readonly string[]; readonly isOver: boolean } {
  const line = [...before];
  for (const key of chunk) {
    if (key === '\r' || key === '\n' || key === '\u0004') return { line, isOver: true };
    if (key === '\u0003') {
      process.stdin.setRawMode(false);
      process.stderr.write('\n');
      process.exit(interrupted);
    }
    if (key === '\u007f' || key === '\b') line.pop();
    else if (key >= ' ') line.push(key);
  }
  return { line, isOver: false };
}
