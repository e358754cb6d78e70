import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { ids, LivedDay, type DayStep } from '../../../tests/support/lived-day.ts';
import { RulesBrain } from '../rules-brain.ts';
import type { StrategyPlan } from '../plans/strategy-plan.ts';
import { replayDay } from './replay-day.ts';
import { ReplayedMarket } from './replayed-market.ts';

/** Buys ten of the first share at its first bar, with a stop and a target, and notes every bar. */
function buyer(): Strategy {
  let hasBought = false;
  return {
    name: 'buyer',
    instruments: ids,
    interval: '1m',
    warmUpBars: 0,
    onBar(context, instrument, bar, isWarmUp) {
      if (instrument !== ids[0] || isWarmUp) return;
      context.log(
        instrument,
        `${bar.close} ${context.hasOpenOrder(instrument)} ${context.position(instrument)?.quantity}`,
      );
      if (hasBought || context.hasOpenOrder(instrument)) return;
      hasBought = true;
      const exits = { stopPrice: won(67_000), targetPrice: won(74_000) };
      context.submit({ instrument, side: 'buy', quantity: quantity(10), price: won(71_000), reason: 'first', exits });
    },
    onOrder: (context, { instrument, side, state }) => context.log(instrument, `${side} ${state}`),
  };
}

const plan: StrategyPlan = {
  name: 'buyer',
  kind: 'rules',
  symbols: ids.map((id) => id.slice(4)),
  interval: '1m',
  remark: '',
  brain: (context, events) => new RulesBrain(buyer(), context, events),
};

const trade = (move: number): DayStep => ({ kind: 'trade', which: 0, move, seconds: 45 });
const bought: readonly DayStep[] = [{ kind: 'fate', next: 'filled' }, trade(0), trade(1), trade(0), trade(0), trade(1)];

/** @returns what the logs say, and what lies on the disk at the end */
async function live(steps: readonly DayStep[], dates: readonly number[]) {
  const folder = mkdtempSync(join(tmpdir(), 'sb-split-'));
  try {
    await new LivedDay(folder, plan).live([...bought, ...steps]);
    const replays = [];
    for (const date of dates) replays.push(await replayDay({ folder, date, plan, market: new ReplayedMarket() }));
    const logs = dates.map((date) => readFileSync(join(folder, `buyer-${date}.log`), 'utf8'));
    const waiting = readFileSync(join(folder, 'buyer.waiting-orders'), 'utf8');
    return { log: logs.join(''), replays, waiting };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('INV-05 a bracket is held over a split, over restarts and days, and the replay of each day says the same byte for byte', async () => {
  const split: DayStep = { kind: 'night', which: 0, ratio: 5 };
  const night: DayStep = { kind: 'night', which: 0, ratio: 1 };
  const someTrades = [trade(0), trade(-1), trade(2), trade(0)];
  const steps = [split, ...someTrades, { kind: 'restart' } as const, ...someTrades, night, ...someTrades];

  const { log, replays, waiting } = await live(steps, [20_261_117, 20_261_118, 20_261_119]);

  assert.equal(log.match(/ submit /g)?.length, 1);
  assert.equal(log.match(/waiting:held /g)?.length, 1, 'told once');
  assert.match(
    log,
    /waiting:held .*70,200원.*14,000원.*\/ The price has another basis.*70,?200 won on 2026-11-17, 14,?000 won now/,
  );
  assert.doesNotMatch(log, / sell /);
  assert.match(waiting, /"held":\["[^"]+"\]/);
  for (const { difference, otherOrders, failure } of replays)
    assert.deepEqual([difference, otherOrders, failure], [null, [], null]);
  assert.deepEqual(
    replays.map(({ lines, orders }) => [lines > 0, orders]),
    [
      [true, 1],
      [true, 1],
      [true, 0],
    ],
    'no exit leaves in the replay either',
  );
});

test('a bracket on the day after without a split wakes as ever, and is replayed so', async () => {
  const fall = [trade(0), trade(-20), trade(-20), trade(0)];
  const { log, replays } = await live([{ kind: 'night', which: 0, ratio: 1 }, ...fall], [20_261_117, 20_261_118]);

  assert.doesNotMatch(log, /waiting:held/);
  assert.match(log, / sell filled/);
  for (const { difference, otherOrders } of replays) assert.deepEqual([difference, otherOrders], [null, []]);
});

test('what is held after days without a bar is replayed with the day whose last bar the log names', async () => {
  const halted: DayStep = { kind: 'night', which: 0, ratio: 1 };
  const { log, replays } = await live([halted, { kind: 'night', which: 0, ratio: 5 }, trade(0)], [20_261_117]);

  assert.match(log, /waiting:held /);
  assert.deepEqual(replays[0]?.difference, null);
});
