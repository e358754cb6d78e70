import { instrumentId } from '#domain/instrument.ts';
import type { OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { decide } from '#guard/decide.ts';
import type { GuardOrder, GuardState } from '#guard/state.ts';
import { ago, anOrder, aRequest, aState, wide } from '../tests/support/guard-makers.ts';

/**
 * What one decision costs with a hundred orders and twenty cancels behind it. Goal: p99 at most 50 µs (threat-model §5).
 * As in the gateway each is at a moment of its own, and the cancels are read from the record anew: what a guard that
 * remembered moments would save is not there to be saved.
 */
const decisions = 100_000;
const warmUp = 10_000;
const goalUs = 50;
const blockSize = decisions / 20;

const state = busyDay();
const startMs = state.nowMs;
const request = aRequest();
const microseconds = new Float64Array(decisions);
let approvals = 0;

for (let index = -warmUp; index < decisions; index += 1) {
  const now = atMoment(index);
  const start = process.hrtime.bigint();
  const verdict = decide(request, now);
  const spent = process.hrtime.bigint() - start;
  if (index >= 0 && verdict.kind === 'approved') approvals += 1;
  if (index >= 0) microseconds[index] = Number(spent) / 1_000;
}

/** The middle one of twenty blocks: what else runs on this machine spoils some blocks, what the guard costs spoils all. */
const blocks = Array.from({ length: 20 }, (_, index) =>
  microseconds.slice(index * blockSize, (index + 1) * blockSize).sort(),
);
const p50 = middle(blocks.map((block) => at(block, 0.5)));
const p99 = middle(blocks.map((block) => at(block, 0.99)));
console.log(
  `guard: ${decisions} decisions, 100 orders of the day, ${approvals} approved, middle of 20 blocks: p50 ${p50.toFixed(1)} µs, p99 ${p99.toFixed(1)} µs (goal ${goalUs})`,
);
if (p99 > goalUs) process.exitCode = 1;

function at(block: Float64Array, share: number): number {
  return block[Math.floor(block.length * share)] ?? Number.NaN;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The same day a few milliseconds on. */
function atMoment(index: number): GuardState {
  const nowMs = startMs + (index % 1_000);
  return { ...state, nowMs, cancelsOfDay: state.cancelsOfDay.map((atMs) => atMs) };
}

/** Five instruments, two strategies and the person, half of the orders open, all limits wide so that every rule runs to its end. */
function busyDay(): GuardState {
  const symbols = ['005930', '000660', '005380', '035420', '035720'];
  const ordersOfDay: readonly GuardOrder[] = Array.from({ length: 100 }, (_, index) =>
    anOrder({
      orderId: `o-${index}` as OrderId,
      requester: ['golden-cross', 'bollinger', 'person'][index % 3] ?? 'person',
      instrument: instrumentId(symbols[index % 5] ?? '005930'),
      price: won(69_000),
      quantity: quantity(1 + index),
      open: quantity(index % 2),
      atMs: ago((100 - index) * 1_000),
    }),
  );
  const positions = new Map(
    symbols.map((symbol) => {
      const instrument = instrumentId(symbol);
      return [instrument, { instrument, quantity: quantity(5), cost: won(345_000) }] as const;
    }),
  );
  const cancelsOfDay = Array.from({ length: 20 }, (_, index) => ago(index * 5_000));
  const last = { price: won(70_000), atMs: ago(1_000) };
  const listed = ago(86_400_000);
  const usual = Array.from({ length: 20 }, (_, index) => 1 + index);
  return aState({
    limits: wide,
    ordersOfDay,
    positions,
    cancelsOfDay,
    lastTrade: () => last,
    listedSinceMs: () => listed,
    recentQuantities: () => usual,
    cash: won(100_000_000),
  });
}
