import { resolve } from 'node:path';
import { z } from 'zod';
import { unpackRun } from '#backtest/sweep/packed-runs.ts';
import { portfolioName } from '#backtest/sweep/portfolios.ts';
import type { SweepRun, SweepTrade } from '#backtest/sweep/sweep.ts';
import type { CodeBacktestNews, CodeSweepUnit, CodeUse } from '#link/code-backtest.ts';
import { openCodeRoom, plainColumns, roomFailure, type CodeRoom } from '#link/code-room.ts';
import type { UnrepeatableUse } from '#link/unrepeatable.ts';
import { tellUnrepeatable } from '../backtest/tell-unrepeatable.ts';
import { RunTable } from './run-table.ts';
import type { SweepAccount, SweepCrew, SweepJob } from './sweep-crew.ts';

/** A sandbox takes about 150 MB; more of them than cores help nobody. */
const roomsMax = 16;
/** Runs handed over at once: enough that nobody waits, few enough that all are busy to the end. */
const unitMax = 16;

/** A strategy file and what it is made with in every combination, besides the combination's own values. */
export interface SweptFile {
  readonly file: string;
  readonly use: CodeUse;
}

/**
 * Sandboxed processes for a person's own code, each of which loads the file once. They are the same that
 * `snowball backtest` runs it in; this process never loads it. Closing it tells, once, that the file asked chance or the
 * clock: not every run is looked at twice, so such a file may go on.
 *
 * @param workers 1 or more
 */
export function sandboxCrew(account: SweepAccount, swept: SweptFile, workers: number): SweepCrew {
  const rooms: Promise<CodeRoom>[] = [];
  const asked = new Map<string, UnrepeatableUse>();
  const onUnrepeatable = (uses: readonly UnrepeatableUse[]): void => {
    for (const use of uses) asked.set(use.name, asked.get(use.name) ?? use);
  };
  const roomAt = (place: number): Promise<CodeRoom> => (rooms[place] ??= readyRoom(account, swept));
  const shut = async (): Promise<void> => {
    const opened = await Promise.allSettled(rooms);
    await Promise.all(opened.map(async (one) => (one.status === 'fulfilled' ? one.value.close() : undefined)));
  };
  return {
    run: (job) =>
      runJob(job, { account, file: swept.file, rooms: Math.min(workers, roomsMax), roomAt, onUnrepeatable, shut }),
    close: async () => {
      await shut();
      tellUnrepeatable([...asked.values()]);
      asked.clear();
    },
  };
}

/** Started, checked and given its bars. */
async function readyRoom(account: SweepAccount, { file, use }: SweptFile): Promise<CodeRoom> {
  const room = openCodeRoom({ file: resolve(file), purpose: 'sweep', use });
  const news = await room.next();
  if (news?.kind !== 'ready') {
    await room.close();
    throw roomFailure(file, news);
  }
  const { series, instruments, initialCash, limits, commissionPpb, fills } = account;
  room.send({ series: series.map(plainColumns), instruments, initialCash, limits, commissionPpb, fills });
  return room;
}

async function runJob(
  job: SweepJob,
  crew: {
    readonly account: SweepAccount;
    readonly file: string;
    readonly rooms: number;
    readonly roomAt: (place: number) => Promise<CodeRoom>;
    readonly onUnrepeatable: (uses: readonly UnrepeatableUse[]) => void;
    readonly shut: () => Promise<void>;
  },
): Promise<readonly SweepRun[]> {
  const { account, file, rooms, roomAt, onUnrepeatable, shut } = crew;
  const { signal } = job;
  const table = new RunTable(account, job);
  const symbol = portfolioName(account.series);
  const units = unitsOf(job, table, rooms);
  const over = new AbortController();
  const stop = (): void => {
    over.abort();
    void shut();
  };
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const hear = (run: SweepRun): void => {
    table.set(run);
    job.onRuns?.([run]);
  };
  const work = async (place: number): Promise<void> => {
    while (!over.signal.aborted && units.length > 0) {
      const room = await roomAt(place);
      const unit = units.shift();
      if (unit === undefined) return;
      room.send(unit);
      const asked = new Set(unit.runs.map(({ combination }) => combination));
      const last = await runsUntilRest(room, (news) => {
        const run = runOf(symbol, news, file);
        // Each combination once and no other: what a strategy says must not fill a disk.
        if (!asked.delete(run.combination)) throw roomFailure(file, news);
        hear(run);
      });
      if (last?.kind === 'rested') onUnrepeatable(last.unrepeatable);
      // Rooms that are closed because the search was stopped say nothing more.
      if (last?.kind !== 'rested' && !over.signal.aborted) throw roomFailure(file, last);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(rooms, units.length) }, (_, place) => work(place)));
  } catch (error) {
    stop();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  return table.inOrder();
}

/** What came after the runs; null when the room ended. */
async function runsUntilRest(
  room: CodeRoom,
  hear: (news: Extract<CodeBacktestNews, { kind: 'ran' }>) => void,
): Promise<CodeBacktestNews | null> {
  for (;;) {
    const news = await room.next();
    if (news?.kind !== 'ran') return news;
    hear(news);
  }
}

function unitsOf({ combinations, from, to, keep }: SweepJob, { done }: RunTable, rooms: number): CodeSweepUnit[] {
  const wanted = combinations.flatMap((values, combination) =>
    done[combination] === 1 ? [] : [{ combination, values }],
  );
  const length = Math.max(1, Math.min(unitMax, Math.ceil(wanted.length / (rooms * 4))));
  const units: CodeSweepUnit[] = [];
  for (let at = 0; at < wanted.length; at += length)
    units.push({ runs: wanted.slice(at, at + length), from, to, keep });
  return units;
}

/** A strategy shares a process with the engine and could lie about itself, and about nothing else. */
function runOf(symbol: string, news: Extract<CodeBacktestNews, { kind: 'ran' }>, file: string): SweepRun {
  const run = unpackRun(symbol, news.row);
  if (run === null) throw roomFailure(file, news);
  if (run.kind === 'refused') return run;
  const equity = news.equity === null ? null : Float64Array.from(news.equity);
  return { ...run, equity, trades: news.trades === null ? null : trades.parse(news.trades) };
}

const trades: z.ZodType<readonly SweepTrade[]> = z.array(
  z.strictObject({
    symbol: z.string(),
    side: z.enum(['buy', 'sell']),
    date: z.int(),
    price: z.number(),
    quantity: z.number(),
    fee: z.number(),
    tax: z.number(),
    profit: z.number(),
  }),
);
