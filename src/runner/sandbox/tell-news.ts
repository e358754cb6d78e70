import { SnowballError } from '#domain/errors.ts';

/** One line to whoever started the sandbox. */
export function tellNews(news: object): void {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

/** The last line: why it cannot go on. @param during what was being done; empty for nothing in particular */
export function tellFailure(error: unknown, during = ''): void {
  const code = error instanceof SnowballError ? error.code : null;
  tellNews({ kind: 'failed', code, message: `${failureSentence(error)}${during}`.slice(0, 2_000) });
  process.exitCode = 1;
}

/** With the place in the strategy's own file, where the stack names one. */
export function failureSentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SnowballError) return error.message;
  const [, line] = /\/strategy\.ts(?:\?instance=\d+)?:(\d+:\d+)/.exec(error.stack ?? '') ?? [];
  return `${error.name}: ${error.message}${line === undefined ? '' : ` (strategy.ts:${line})`}`;
}
