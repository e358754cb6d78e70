import assert from 'node:assert/strict';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { quantity } from '#domain/quantity.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { Random } from '#domain/random.ts';
import { won } from '#domain/won.ts';
import type { Strategy, StrategyContext } from '#strategy/strategy.ts';
import { ids, LivedDay, type DayStep } from '../../../tests/support/lived-day.ts';
import { RulesBrain } from '../rules-brain.ts';
import type { StrategyPlan } from '../plans/strategy-plan.ts';
import { replayDay } from './replay-day.ts';
import { ReplayedMarket } from './replayed-market.ts';

/** Those of which something was recorded, yyyymmdd. */
function datesOf(folder: string): readonly number[] {
  return globSync('restless-*.day.jsonl', { cwd: folder }).map((name) => Number(name.slice(9, 17)));
}

/** Asks for everything that can be asked for, notes all that it can read; what it does depends on what it saw alone. */
function restless(seed: number): Strategy {
  let count = 0;
  const random = new Random(seed);
  const asked: string[] = [];
  const note = (context: StrategyContext, instrument: InstrumentId, what: string): void => {
    const held = context.position(instrument);
    const account = `${context.cash} ${context.equity} ${context.positionCount} ${context.nowMs}`;
    const own = `${held?.quantity ?? 0}@${held?.averagePrice ?? 0} ${context.hasOpenOrder(instrument)}`;
    context.log(instrument, `${what} ${own} ${account}`);
  };
  return {
    name: 'restless',
    instruments: ids,
    interval: '1m',
    warmUpBars: 0,
    onBar(context, instrument, bar, isWarmUp) {
      note(context, instrument, isWarmUp ? 'history' : `bar ${(count += 1)}`);
      if (isWarmUp) return;
      const at = (bps: number) => context.limitPrice(instrument, 'buy', bar.close, bps);
      const shares = quantity(1 + random.below(9));
      const buy = { instrument, side: 'buy', quantity: shares, price: at(50), reason: `b${count}` } as const;
      const sell = { ...buy, side: 'sell', price: at(-50), reason: `s${count}` } as const;
      const exits = { stopPrice: at(-30), targetPrice: at(30), trailingBps: 40 };
      const wishes: readonly (() => unknown)[] = [
        () => asked.push(context.submit(buy)),
        () => asked.push(context.submit({ ...buy, exits })),
        () => asked.push(context.submit({ ...buy, pricing: 'market', exits: { stopPrice: at(-20) } })),
        () => asked.push(context.submit({ ...buy, trigger: { kind: 'stop', price: at(20) }, pricing: 'market' })),
        () => asked.push(context.submit({ ...sell, pricing: 'market' })),
        () => asked.push(context.submit({ ...sell, trigger: { kind: 'trailing', distanceBps: 25 } })),
        () => asked.push(context.submit({ ...sell, pricing: 'market-on-close' })),
        () => [40, -40].map((bps) => context.submit({ ...sell, price: at(bps), group: `g${count}` })),
        () => context.cancel(asked[random.below(asked.length)] ?? 'nothing'),
      ];
      wishes[random.below(wishes.length + 3)]?.();
    },
    onOrder(context, update) {
      note(context, update.instrument, `${update.side} ${update.state} ${update.filled} ${update.code}`);
      if (update.state === 'denied') return;
      const again = { instrument: update.instrument, side: 'buy', quantity: quantity(1), price: won(50_000) } as const;
      if (random.chance(0.1)) asked.push(context.submit({ ...again, reason: 'again' }));
    },
  };
}

const trade = fc.record({
  kind: fc.constant('trade' as const),
  which: fc.nat(1),
  move: fc.integer({ min: -4, max: 4 }),
  seconds: fc.integer({ min: 1, max: 45 }),
});
const step: fc.Arbitrary<DayStep> = fc.oneof(
  { weight: 12, arbitrary: trade },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('fill' as const), order: fc.nat(9), share: fc.constantFrom(0.5, 1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fate' as const),
      next: fc.constantFrom('acked' as const, 'denied' as const, 'filled' as const, 'lost' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('account' as const), cash: fc.integer({ min: 0, max: 9_000_000 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('night' as const), which: fc.nat(1), ratio: fc.constantFrom(1, 2, 5) }),
  },
);

test('parity: any days, whatever is filled, denied, lost, split or restarted in them, are decided the same again', async () => {
  let lines = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), fc.array(step, { minLength: 40, maxLength: 90 }), async (seed, steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'sb-replay-'));
      try {
        const plan = planOf(seed);
        const day = new LivedDay(folder, plan);
        await day.live(steps);
        for (const date of datesOf(folder)) {
          const outcome = await replayDay({ folder, date, plan, market: new ReplayedMarket() });
          lines += outcome.lines;

          assert.deepEqual(outcome.difference, null);
          assert.deepEqual([outcome.otherOrders, outcome.failure], [[], null]);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    }),
    { numRuns: 8 },
  );
  assert.ok(lines > 100, `only ${lines} lines were compared`);
});

function planOf(seed: number): StrategyPlan {
  return {
    name: 'restless',
    kind: 'rules',
    symbols: ids.map((id) => id.slice(4)),
    interval: '1m',
    remark: '',
    brain: (context, events) => new RulesBrain(restless(seed), context, events),
  };
}
