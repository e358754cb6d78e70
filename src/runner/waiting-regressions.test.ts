import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import { Death, hourMs, WaitingWorld } from '../../tests/support/waiting-world.ts';

const bracket: Partial<OrderDraft> = { side: 'buy', exits: { stopPrice: won(9_500), targetPrice: won(10_500) } };
const stop: Partial<OrderDraft> = { trigger: { kind: 'stop', price: won(9_400) } };
const breakout: Partial<OrderDraft> = { side: 'buy', trigger: { kind: 'stop', price: won(10_300) } };

/** Ten shares bought, with a stop at 9,500. */
function aBracket(world: WaitingWorld): string {
  const entry = world.submit(bracket);
  world.end('expired', 10);
  return entry;
}

/** The process dies when it sends what this price wakes, before the gateway has it. */
function dieAt(world: WaitingWorld, price: number): void {
  world.diesAtSend = true;
  assert.throws(() => world.tick(price), Death);
  world.diesAtSend = false;
}

/** Each was found by a random history. */
describe('WaitingOrders after what a random history found', () => {
  test('an order good till a day on which the house was off does not leave on a later one', () => {
    const world = new WaitingWorld();
    world.submit({ ...stop, goodTill: 20_261_118 });
    world.submit({ side: 'buy', goodTill: 20_261_118 });
    world.end('expired', 4);
    world.nowMs += 48 * hourMs;
    world.restart();

    world.tick(9_000);

    assert.deepEqual([world.sent.length, world.context.waiting.isEmpty], [1, true]);
  });

  test('INV-02 exits that left one after the other while the disk refused are not sent again by the next process', () => {
    const world = new WaitingWorld();
    const entry = aBracket(world);
    world.isDiskFull = true;
    world.tick(9_400);
    world.end('expired', 0);
    world.tick(9_400);
    world.end('expired', 4);
    world.isDiskFull = false;
    world.restart();

    world.tick(9_400);

    assert.deepEqual(
      world.sent.slice(1).map((line) => line.split(' @')[0]),
      [`${entry}-x0s sell 10`, `${entry}-x1s sell 10`, `${entry}-x2s sell 6`],
    );
  });

  test('INV-07 exits that left while the disk refused count as sold, although nothing is held when the next process reads of it', () => {
    const world = new WaitingWorld();
    const entry = world.submit(bracket);
    world.end('acked', 4);
    [world.isDiskFull, world.isCancelSlow] = [true, true];
    world.tick(9_400);
    world.change('filled', 4, 'sell');
    world.isDiskFull = false;
    world.restart();

    world.end('filled', 6);
    world.submit({ side: 'buy', quantity: quantity(4) });
    world.end('filled', 4);
    world.tick(9_400);

    assert.match(world.sent.at(-1) ?? '', new RegExp(`^${entry}-x1s sell 6 @`));
  });

  test('INV-05 an order that the gateway has, and of whose fate it does not know, is not sent again', () => {
    const world = new WaitingWorld();
    world.submit(stop);
    world.firstState = 'unknown';
    world.tick(9_300);
    world.restart();

    world.tick(9_300);

    assert.equal(world.sent.length, 1);
  });

  test('an order of the day that never left does not leave on the next, when no price was seen in between', () => {
    const world = new WaitingWorld();
    world.submit(stop);
    dieAt(world, 9_300);
    world.restart();
    world.nowMs += 24 * hourMs;

    world.tick(9_300);

    assert.deepEqual([world.sent, world.notes], [[], ['waiting:too-late']]);
  });

  test('INV-07 an exit that never left sells what the other sells of the strategy have left, whatever they sold meanwhile', () => {
    const world = new WaitingWorld();
    const entry = aBracket(world);
    world.submit({ quantity: quantity(4) });
    dieAt(world, 9_400);
    world.change('filled', 4);
    world.restart();

    world.tick(9_400);

    assert.match(world.sent[2] ?? '', new RegExp(`^${entry}-x0s sell 6 @`));
    assert.deepEqual([world.sent.length, world.notes], [3, ['waiting:again']]);
  });

  test('what the strategy takes back does not leave: an order that woke and never left, exits of its bracket, the rest of a later day', () => {
    const world = new WaitingWorld();
    const entry = aBracket(world);
    const own = world.submit({ ...breakout, trigger: { kind: 'target', price: won(9_450) } });
    const long = world.submit({ side: 'buy', goodTill: 20_261_130 });
    world.end('expired', 4);
    dieAt(world, 9_400);
    world.restart();

    for (const requestId of [entry, own, long]) world.context.cancel(requestId);
    world.tick(9_400);
    world.nowMs += 24 * hourMs;
    world.tick(9_400);

    assert.deepEqual([world.sent.length, world.context.waiting.isEmpty], [2, true]);
  });

  test('INV-02 an order whose answer was lost, and that the strategy took back, is not sent by the next process', () => {
    const world = new WaitingWorld();
    const own = world.submit(stop);
    world.firstState = null;
    world.tick(9_300);
    world.context.cancel(own);
    world.restart();

    world.tick(9_300);

    assert.equal(world.sent.length, 1);
  });

  test('a strategy that is over buys no more with its next start: not what woke, not what is left of an order for longer', () => {
    const world = new WaitingWorld();
    world.submit({ side: 'buy', goodTill: 20_261_130 });
    world.submit(breakout);
    world.firstState = null;
    world.tick(10_300);

    world.context.waiting.withdrawBuys();
    world.end('expired', 4);
    world.restart();
    world.tick(10_300);
    world.nowMs += 24 * hourMs;
    world.tick(10_300);

    assert.equal(world.sent.length, 2);
  });

  test('what the disk refused of a strategy that is over is written as soon as the disk takes it', () => {
    const world = new WaitingWorld();
    world.submit(breakout);
    world.isDiskFull = true;
    world.context.waiting.withdrawBuys();
    world.isDiskFull = false;

    world.context.waiting.tryAgain();
    world.restart();
    world.tick(10_300);

    assert.deepEqual(world.sent, []);
  });

  test('two attempts in vain in a blink leave an exit its third: what the broker rejects is asked for again after ten seconds', () => {
    const world = new WaitingWorld();
    const entry = aBracket(world);
    for (let count = 0; count < 9; count += 1) {
      world.firstState = 'rejected';
      world.tick(9_400);
    }
    assert.equal(world.sent.length, 2);
    world.tick(9_400);
    world.tick(9_400);

    assert.match(world.sent[2] ?? '', new RegExp(`^${entry}-x1s sell 10`));
  });

  test('an order taken back by its first id is not asked for again on a third day, although its second was on its way', () => {
    const world = new WaitingWorld();
    const first = world.submit({ side: 'buy', goodTill: 20_261_119 });
    world.end('expired', 4);
    world.nowMs += 24 * hourMs;
    world.tick(10_000);
    world.context.cancel(first);
    world.end('expired', 3);
    world.nowMs += 24 * hourMs;

    world.tick(10_000);

    assert.deepEqual(
      world.sent.map((line) => line.split(' @')[0]),
      [`${first} buy 10`, `${first}+1 buy 6`],
    );
  });
});
