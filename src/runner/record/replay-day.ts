import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplayedLine } from '#backtest/replay/replay-context.ts';
import type { SentOrder } from '#backtest/replay/replay-desk.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { ReplayedStrategy } from '#link/day-replay.ts';
import { say } from '#link/language.ts';
import type { StrategyPlan } from '../plans/strategy-plan.ts';
import { byBarsAlone } from './by-bars-alone.ts';
import { dayOf } from './day-of.ts';
import { firstDifference } from './first-difference.ts';
import { recordedRuns, type RecordedRun } from './recorded-runs.ts';
import { replayRun } from './replay-run.ts';
import type { ReplayedMarket } from './replayed-market.ts';

export interface DayReplayOptions {
  /** Where decision logs and recordings lie. */
  readonly folder: string;
  /** yyyymmdd. */
  readonly date: number;
  readonly plan: StrategyPlan;
  /** What the plan was made with. */
  readonly market: ReplayedMarket;
}

const otherOrdersMax = 20;

/**
 * Decides a recorded day of one strategy anew and compares the decision logs byte for byte.
 *
 * @throws {FixConfiguration} `replay.nothing` when that day was not recorded; `replay.recording`
 */
export async function replayDay({ folder, date, plan, market }: DayReplayOptions): Promise<ReplayedStrategy> {
  const runs = recordedRuns(folder, plan.name, date);
  if (runs.length === 0) throw notRecorded(plan.name, date);
  const lines: ReplayedLine[] = [];
  const [otherOrders, failures]: [string[], string[]] = [[], []];
  let orders = 0;
  for (const run of runs) {
    const replayed = await replayRun(run, plan, market);
    lines.push(...replayed.lines);
    orders += replayed.sent.length;
    otherOrders.push(...ordersThatDiffer(run, replayed.sent));
    if (replayed.failure !== null) failures.push(replayed.failure);
  }
  const recorded = logOf(folder, plan.name, date);
  const replayed = lines
    .filter(({ barStartsAtMs }) => dayOf(barStartsAtMs) === date)
    .map(({ text }) => `${text}\n`)
    .join('');
  return {
    kind: 'strategy',
    strategy: plan.name,
    sha256: createHash('sha256').update(recorded).digest('hex'),
    lines: recorded.split('\n').length - 1,
    bars: barsOn(runs, date),
    orders,
    difference: firstDifference(recorded, replayed),
    otherOrders: otherOrders.slice(0, otherOrdersMax),
    isChanged: runs.some(({ open }) => open.fingerprint !== (plan.fingerprint ?? '')),
    failure: failures[0] ?? null,
    byBarsAlone: byBarsAlone(runs, { plan, date, recorded }),
  };
}

/** Orders of the gateway's record that the replay did not send, or sent with other terms. */
function ordersThatDiffer({ open, events }: RecordedRun, sent: readonly SentOrder[]): readonly string[] {
  const own = new Map(sent.map((order) => [order.requestId, order]));
  const differ = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'news' || !event.order.requestId.startsWith(`${open.requestPrefix}-`)) continue;
    const { requestId, instrument, side, quantity } = event.order;
    const order = own.get(requestId);
    const isSame = order?.instrument === instrument && order.side === side && order.quantity === quantity;
    if (!isSame) differ.add(requestId);
  }
  return [...differ];
}

function barsOn(runs: readonly RecordedRun[], date: number): number {
  return runs
    .flatMap(({ events }) => events)
    .filter((event) => event.kind === 'shown' && event.shown.kind === 'bar' && event.shown.bar.date === date).length;
}

function logOf(folder: string, strategy: string, date: number): string {
  const file = join(folder, `${strategy}-${date}.log`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function notRecorded(strategy: string, date: number): FixConfiguration {
  return new FixConfiguration(
    'replay.nothing',
    say(
      `전략 "${strategy}"은 ${date}에 기록한 것이 없어요. 그날 켜져 있었는지 확인해 주세요.`,
      `Cannot replay ${date} of the strategy "${strategy}": nothing was recorded then, wanted a day on which it ran.`,
    ),
  );
}
