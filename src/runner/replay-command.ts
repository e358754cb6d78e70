import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FixConfiguration, SnowballError } from '#domain/errors.ts';
import { dayReplayRequest, type DayReplayNews, type DayReplayRequest } from '#link/day-replay.ts';
import { homeLayout } from '#link/home-layout.ts';
import { say } from '#link/language.ts';
import { readInstallation, type Installation } from './plans/installation.ts';
import { fingerprintOf } from './record/fingerprint.ts';
import { replayDay } from './record/replay-day.ts';
import { ReplayedMarket } from './record/replayed-market.ts';
import { detectIsolation, type Isolation } from './sandbox/isolation-grade.ts';
import { planOf } from './plans/strategy-plans.ts';

/**
 * The runner's room for the replay of recorded days, started by the command line, which may not run strategies: one request
 * in, a line for each strategy out (see `link/day-replay.ts`). It reads what the runner wrote and changes nothing.
 */
const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
const own = mkdtempSync(join(tmpdir(), 'snowball-replay-'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);

try {
  for await (const line of lines) {
    await replay(dayReplayRequest.parse(JSON.parse(line)));
    break;
  }
  tell({ kind: 'done' });
} catch (error) {
  tell({ kind: 'failed', ...refusalOf(error) });
} finally {
  end();
}

async function replay({ home, config, date, strategy }: DayReplayRequest): Promise<void> {
  const folder = join(homeLayout(home).runner, 'decisions');
  const installation = readInstallation(config);
  const isolation = isolationFor(installation);
  const recorded = namesIn(folder, date).filter((name) => strategy === null || name === strategy);
  for (const name of strategy === null ? recorded : [strategy]) {
    try {
      const entry = installation.strategies.find((one) => one.name === name);
      if (entry === undefined) throw notThere(name);
      const market = new ReplayedMarket();
      const { memory, clock } = market;
      const rest = { installation, market: memory, clock, isolation, environment: 'trial' } as const;
      const plan = {
        ...planOf(entry, { ...rest, folder: own }),
        fingerprint: fingerprintOf(entry, installation.root),
      };
      tell(await replayDay({ folder, date, plan, market }));
    } catch (error) {
      const { code, message } = refusalOf(error);
      if (code === null) throw error;
      tell({ kind: 'unreplayed', strategy: name, code, message });
    }
  }
}

/** Tried only where a strategy file has to be shut in: it takes a while. */
function isolationFor({ strategies }: Installation): Isolation {
  if (strategies.some(({ kind }) => kind === 'code')) return detectIsolation();
  return { grade: 'C', missing: null, missingForB: null, launcher: () => [] };
}

/** Strategies of which there is a decision log or a recording of that day, by name. */
function namesIn(folder: string, date: number): readonly string[] {
  const names = globSync(`*-${date}.{log,day.jsonl}`, { cwd: folder }).map((file) =>
    file.slice(0, file.lastIndexOf(`-${date}.`)),
  );
  return [...new Set(names)].toSorted();
}

function refusalOf(error: unknown): { readonly code: string | null; readonly message: string } {
  const message = error instanceof Error ? error.message : String(error);
  return { code: error instanceof SnowballError ? error.code : null, message };
}

function notThere(name: string): SnowballError {
  return new FixConfiguration(
    'replay.no-strategy',
    say(
      `전략 "${name}"이 config/snowball.yaml에 없어서 되짚을 수 없어요. 그날의 설정을 --config로 알려 주세요.`,
      `Cannot replay the strategy "${name}": config/snowball.yaml does not name it, wanted the configuration of that day (--config).`,
    ),
  );
}

function tell(news: DayReplayNews): void {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

function end(): void {
  lines.close();
  rmSync(own, { recursive: true, force: true });
  process.exitCode ??= 0;
  process.stdin.destroy();
}
