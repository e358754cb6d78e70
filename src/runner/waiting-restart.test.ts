import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { OrderState } from '#domain/order-state.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import { Death, hourMs, instrument, startMs, WaitingWorld } from '../../tests/support/waiting-world.ts';

/** Ten shares bought, with a stop at 9,500. */
function aBracket(world: WaitingWorld): string {
  const entry = world.submit({ side: 'buy', exits: { stopPrice: won(9_500), targetPrice: won(10_500) } });
  world.end('expired', 10);
  return entry;
}

describe('WaitingOrders over a restart', () => {
  test('INV-02 a stop that the market went through meanwhile wakes at the first price, once, and the log says so', () => {
    const world = new WaitingWorld();
    const entry = aBracket(world);
    world.restart();
    assert.equal(world.context.hasOpenOrder(instrument), true);

    world.tick(9_100);
    world.tick(9_000);

    assert.deepEqual(world.sent.slice(1), [`${entry}-x0s sell 10 @ 8920`]);
    assert.deepEqual(world.notes, ['waiting:missed']);
  });

  test('INV-02 an order that woke in a process that died before it was sent goes out once, under its own id', () => {
    const world = new WaitingWorld();
    const entry = aBracket(world);
    world.diesAtSend = true;
    assert.throws(() => world.tick(9_400), Death);
    world.diesAtSend = false;
    world.restart();
    assert.equal(world.context.hasOpenOrder(instrument), true);

    world.tick(9_600);
    world.restart();
    world.tick(9_400);

    assert.deepEqual(world.sent.slice(1), [`${entry}-x0s sell 10 @ 9410`]);
    assert.deepEqual(world.notes, ['waiting:again']);
  });

  test('an exit that never left on an earlier day is armed again, and an order for that day is not sent', () => {
    const world = new WaitingWorld();
    const entry = aBracket(world);
    world.submit({ side: 'buy', pricing: 'market', trigger: { kind: 'target', price: won(9_400) } });
    world.diesAtSend = true;
    assert.throws(() => world.tick(9_400), Death);
    world.diesAtSend = false;
    world.nowMs += 24 * hourMs;
    world.restart();

    world.tick(9_600);
    assert.equal(world.sent.length, 1);
    world.tick(9_500);

    assert.deepEqual(world.sent.slice(1), [`${entry}-x1s sell 10 @ 9310`]);
    assert.deepEqual(world.notes, ['waiting:too-late', 'waiting:too-late']);
  });

  test('what waits to sell what the person sold meanwhile is dropped with a note; of a part the rest is sold', () => {
    const [all, part] = [new WaitingWorld(), new WaitingWorld()];
    for (const world of [all, part]) {
      aBracket(world);
      world.submit({ trigger: { kind: 'stop', price: won(9_300) }, goodTill: 20_261_130, group: 'out' });
    }
    [all.soldByHand, part.soldByHand] = [10, 6];
    all.restart();
    part.restart();

    all.tick(9_200);
    part.tick(9_450);

    assert.deepEqual([all.sent.length, all.notes, all.context.waiting.isEmpty], [1, ['waiting:sold'], true]);
    assert.match(part.sent[1] ?? '', /x0s sell 4 @/);
  });

  test('an entry that the dead process did not withdraw is withdrawn, and one that never left is forgotten', () => {
    const world = new WaitingWorld();
    const entry = world.submit({ side: 'buy', exits: { stopPrice: won(9_500) } });
    world.end('acked', 4);
    world.diesAtSend = true;
    assert.throws(() => world.submit({ side: 'buy', exits: { stopPrice: won(9_000) } }), Death);
    assert.throws(() => world.tick(9_400), Death);
    world.diesAtSend = false;
    world.cancelled.length = 0;

    world.restart();

    assert.deepEqual(world.cancelled, [entry]);
    world.tick(9_400);
    world.end('expired', 4);
    world.nowMs += 24 * hourMs;
    world.submit({ pricing: 'market-on-open' });
    assert.equal(JSON.parse(world.disk ?? '').triggers.brackets.length, 0);
  });

  test('a disk that refuses keeps no stop from leaving, takes no new order, and is told once', () => {
    const world = new WaitingWorld();
    const entry = aBracket(world);
    world.isDiskFull = true;

    world.tick(9_400);
    const stop = { trigger: { kind: 'stop', price: won(9_000) } } as const;
    assert.throws(() => world.submit(stop), { code: 'runner.waiting-unsaved' });
    assert.throws(() => world.submit({ side: 'buy', exits: { stopPrice: won(9_000) } }), {
      code: 'runner.waiting-unsaved',
    });
    world.end('expired', 4);
    assert.deepEqual(world.sent.slice(1), [`${entry}-x0s sell 10 @ 9220`]);
    assert.equal(world.unsaved.length, 1);
    world.isDiskFull = false;
    // The process dies with what it could not write: the record of the gateway has it.
    world.restart();
    world.tick(9_400);

    assert.deepEqual(world.sent.slice(2), [`${entry}-x1s sell 6 @ 9220`]);
  });

  test('an exit that was touched when everything was sold otherwise does not come back with the next process', () => {
    const [whole, broken] = [new WaitingWorld(), new WaitingWorld()];
    for (const world of [whole, broken]) {
      world.submit({ side: 'buy', exits: { stopPrice: won(9_500) } });
      world.end('unknown', 4);
      world.submit({ quantity: quantity(4) });
      world.end('acked', 4);
      world.tick(9_400);
      if (world === broken) world.restart();
      world.submit({ side: 'buy' });
      world.end('acked', 5);
      world.tick(9_300);
    }

    assert.deepEqual(broken.sent, whole.sent);
    assert.equal(whole.sent.length, 3, 'what the other entry bought is not for this stop');
  });

  test('INV-02 nothing wakes before the record of the gateway was read, and a price seen before is not lost', () => {
    const world = new WaitingWorld();
    const entry = aBracket(world);
    world.begin();
    world.tick(9_400);
    world.look();
    assert.equal(world.sent.length, 1);

    world.resume();

    assert.deepEqual(world.sent.slice(1), [`${entry}-x0s sell 10 @ 9220`]);
  });

  const event = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant('tick' as const), price: fc.integer({ min: 9_000, max: 11_000 }) }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('submit' as const), which: fc.nat(drafts().length - 1) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('end' as const),
        state: fc.constantFrom<OrderState>('acked', 'expired', 'cancelled', 'denied', 'unknown'),
        shares: fc.integer({ min: 0, max: 10 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), hours: fc.constantFrom(1, 5.4, 24) }) },
  );
  type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

  function play(world: WaitingWorld, one: Event): void {
    if (one.kind === 'tick') world.tick(one.price);
    else if (one.kind === 'submit') world.submit(drafts()[one.which] ?? {});
    else if (one.kind === 'end') world.end(one.state, one.shares);
    else world.nowMs += one.hours * hourMs;
    world.look();
  }

  test('INV-02 any history with restarts anywhere gives the orders that it gives without one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.boolean()), { maxLength: 40, size: '+1' }), (history) => {
        const [whole, broken] = [new WaitingWorld(), new WaitingWorld()];
        for (const [one, isRestart] of history) {
          play(whole, one);
          play(broken, one);
          if (isRestart) broken.restart();
        }
        assert.deepEqual(broken.sent, whole.sent);
      }),
      { numRuns: 100 },
    );
  });

  test('INV-02 a death before the gateway has an order changes no order, when the market stands still meanwhile', () => {
    let deaths = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.boolean()), { maxLength: 40, size: '+1' }), (history) => {
        const [whole, broken] = [new WaitingWorld(), new WaitingWorld()];
        for (const [one, isDeath] of history) {
          play(whole, one);
          if (one.kind === 'tick') whole.tick(one.price);
          broken.diesAtSend = isDeath && one.kind === 'tick';
          try {
            play(broken, one);
          } catch (error) {
            assert.ok(error instanceof Death);
            deaths += 1;
          }
          const isDead = broken.diesAtSend;
          broken.diesAtSend = false;
          if (isDead) broken.restart();
          if (one.kind === 'tick') broken.tick(one.price);
        }
        assert.deepEqual(broken.sent.toSorted(), whole.sent.toSorted());
      }),
      { numRuns: 100 },
    );
    assert.ok(deaths > 20, `only ${deaths} deaths`);
  });
});

/** One of each kind that waits. */
function drafts(): readonly Partial<OrderDraft>[] {
  const goodTill = dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(startMs))) + 2;
  return [
    { side: 'buy', exits: { stopPrice: won(9_500), targetPrice: won(10_500) } },
    { side: 'buy', exits: { trailingBps: 300, targetPrice: won(10_800) } },
    { side: 'buy', trigger: { kind: 'stop', price: won(10_300) }, exits: { stopPrice: won(9_800) } },
    { trigger: { kind: 'trailing', distanceBps: 200 }, pricing: 'market', goodTill },
    { trigger: { kind: 'stop', price: won(9_400) }, group: 'out' },
    { price: won(10_600), group: 'out' },
    { side: 'buy', goodTill },
    { pricing: 'market-on-open' },
    { pricing: 'market-on-close' },
  ];
}
