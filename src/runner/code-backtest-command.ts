import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { SnowballError } from '#domain/errors.ts';
import type { CodeBacktestNews, CodeBacktestRequest } from '#link/code-backtest.ts';
import { BacktestChild } from './sandbox/backtest-child.ts';
import { detectIsolation } from './sandbox/isolation-grade.ts';
import { makeSandboxFolder, shareSandboxFolder } from './sandbox/sandbox-folder.ts';

/**
 * The runner's room for backtests of a strategy file, started by the command line, which may not run such a file: it
 * makes the sandbox, hands the lines of both sides over, and takes everything away at the end (see `link/code-backtest.ts`).
 */
const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
let child: BacktestChild | null = null;
let folder = '';

lines.on('line', (line) => {
  if (child === null) start(line);
  else child.send(line);
});
// Whoever asked is gone, or has heard the end.
lines.on('close', () => void end());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end());

function start(request: string): void {
  try {
    const isolation = detectIsolation();
    const own = mkdtempSync(join(tmpdir(), 'snowball-backtest-'));
    folder = isolation.place?.folder(own) ?? own;
    const { file, purpose, use } = requestOf(request);
    const entry = makeSandboxFolder(folder, file, purpose);
    if (isolation.place !== undefined) shareSandboxFolder(folder, isolation.place.gid);
    child = new BacktestChild({
      folder,
      entry,
      isolation,
      onNews: (news) => say(news.kind === 'ready' ? { ...news, grade: isolation.grade } : news),
    });
    child.send(JSON.stringify(use));
  } catch (error) {
    const code = error instanceof SnowballError ? error.code : null;
    say({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  }
}

const codeRequest = z.strictObject({
  file: z.string().min(1),
  purpose: z.enum(['backtest', 'sweep']),
  use: z.strictObject({ values: z.record(z.string(), z.number()), symbols: z.array(z.string()).optional() }),
});

/** The command line of the same build wrote it. */
function requestOf(line: string): CodeBacktestRequest {
  const { file, purpose, use } = codeRequest.parse(JSON.parse(line));
  const { values, symbols } = use;
  return { file, purpose, use: symbols === undefined ? { values } : { values, symbols } };
}

async function end(): Promise<void> {
  lines.close();
  await child?.stop();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
  process.exit();
}

function say(news: CodeBacktestNews): void {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}
