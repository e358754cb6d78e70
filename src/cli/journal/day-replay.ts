import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FixConfiguration } from '#domain/errors.ts';
import { dayReplayNews, type DayReplayNews, type DayReplayRequest } from '#link/day-replay.ts';

const entry = join(import.meta.dirname, '..', '..', 'runner', 'replay-command.ts');

/** What is told of each strategy. */
export type StrategyNews = Extract<DayReplayNews, { kind: 'strategy' | 'unreplayed' }>;

/**
 * Replays a recorded day in a process of the runner's room; this one never loads a strategy.
 *
 * @param onNews told of each strategy as soon as its day has been lived again
 * @throws {FixConfiguration} the codes of the runner's configuration; `replay.failed`
 */
export async function replayDay(request: DayReplayRequest, onNews: (news: StrategyNews) => void): Promise<void> {
  const child = spawn(process.execPath, [entry], { stdio: ['pipe', 'pipe', 'inherit'] });
  // A broken pipe means that it is gone; its lines end then.
  child.stdin.on('error', () => undefined);
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.stdin.write(`${JSON.stringify(request)}\n`);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const news = dayReplayNews.parse(JSON.parse(line));
      if (news.kind === 'done') return;
      if (news.kind === 'failed') throw new FixConfiguration(news.code ?? 'replay.failed', news.message);
      onNews(news);
    }
  } finally {
    child.stdin.end();
    await gone;
  }
  throw new FixConfiguration(
    'replay.failed',
    'Cannot replay the day: its process ended without a result, wanted one line for each strategy.',
  );
}
