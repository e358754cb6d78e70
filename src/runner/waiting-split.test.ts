import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { hourMs, WaitingWorld } from '../../tests/support/waiting-world.ts';

/** Ten shares bought on Tuesday at ten, with a stop at 9,500; the market stands at 10,000. */
function aBracket(): { readonly world: WaitingWorld; readonly entry: string } {
  const world = new WaitingWorld();
  const entry = world.submit({ side: 'buy', exits: { stopPrice: won(9_500), targetPrice: won(10_500) } });
  world.end('expired', 10);
  world.tick(10_000);
  world.look();
  return { world, entry };
}

function passNight(world: WaitingWorld): void {
  world.nowMs += 24 * hourMs;
}

describe('WaitingOrders over a split', () => {
  for (const [what, price] of [
    ['split of five to one', 2_000],
    ['merger of five to one', 50_000],
  ] as const) {
    test(`INV-05 a ${what} wakes nothing of before, over restarts and days, and the log says so once`, () => {
      const { world } = aBracket();
      passNight(world);
      for (const isRestart of [false, true, true]) {
        if (isRestart) world.restart();
        for (const move of [0, -0.1, 0.1]) world.tick(Math.round(price * (1 + move)));
        passNight(world);
      }

      assert.equal(world.sent.length, 1, 'the entry alone');
      assert.deepEqual(world.notes, ['waiting:held']);
    });
  }

  test('INV-05 a split is seen by a process that begins after it, also when the one before was killed', () => {
    const { world } = aBracket();
    passNight(world);
    world.restart();

    world.tick(2_000);

    assert.deepEqual([world.sent.length, world.notes], [1, ['waiting:held']]);
  });

  test('INV-05 the price that is remembered is the last of the day, not the first', () => {
    const { world } = aBracket();
    for (const price of [9_700, 9_600]) world.tick(price);
    world.look();
    passNight(world);
    world.restart();
    world.basePrice = 9_600;

    world.tick(6_720);
    assert.deepEqual(world.notes, ['waiting:missed'], 'thirty percent below 9,600 is a fall, not a split');
  });

  test('INV-07 after a split the strategy takes the held bracket back and asks anew: what it sells is what it holds', () => {
    const { world, entry } = aBracket();
    passNight(world);
    world.tick(50_000);
    world.soldByHand = 8;
    world.restart();
    world.context.cancel(entry);
    world.submit({ side: 'buy', price: won(50_000), quantity: quantity(1), exits: { stopPrice: won(47_500) } });
    world.end('filled', 1);

    world.tick(47_000);

    const sells = world.sent.filter((line) => line.includes(' sell '));
    assert.deepEqual(
      sells.map((line) => line.split(' @')[0]),
      ['a-2-x0s sell 1'],
    );
  });

  test('a file of a version that knew no splits opens, and what waits in it wakes as it did', () => {
    const { world, entry } = aBracket();
    const state = JSON.parse(world.disk ?? '');
    delete state.triggers.lastPrices;
    delete state.triggers.held;
    world.disk = JSON.stringify(state);
    passNight(world);
    world.restart();

    world.tick(9_400);

    assert.match(world.sent[1] ?? '', new RegExp(`^${entry}-x0s sell 10 @`));
  });

  test('a last price is on the disk within the time of a look, and leaves it with what waited', () => {
    const { world, entry } = aBracket();
    assert.equal(JSON.parse(world.disk ?? '').triggers.lastPrices[0].price, 10_000);

    world.context.cancel(entry);

    assert.deepEqual(JSON.parse(world.disk ?? '').triggers.lastPrices, []);
  });
});
