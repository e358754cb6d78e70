import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { heldNothing, withFill, type Holding } from './strategy-position.ts';

test('withFill() keeps the average on a partial sale and leaves nothing behind the last share', () => {
  const held: Holding = { quantity: 3, cost: 100 };

  const part = withFill(held, { side: 'sell', quantity: 1, value: 50 });
  const rest = withFill(part.holding, { side: 'sell', quantity: 2, value: 80 });

  // A third of 100, cut off, is 33.
  assert.deepEqual(part, { holding: { quantity: 2, cost: 67 }, realised: 17 });
  assert.deepEqual(rest, { holding: heldNothing, realised: 13 });
});

test('withFill() conserves: what was realised is what came in less what was paid, once flat', () => {
  const fills = fc.array(
    fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      quantity: fc.integer({ min: 1, max: 99 }),
      price: fc.integer({ min: 1, max: 900_000 }),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(fills, (list) => {
      let holding = heldNothing;
      let [realised, cash] = [0, 0];
      const play = (side: 'buy' | 'sell', shares: number, value: number): void => {
        const after = withFill(holding, { side, quantity: shares, value });
        holding = after.holding;
        realised += after.realised;
        cash += side === 'buy' ? -value : value;
      };
      for (const { side, quantity, price } of list) {
        const shares = side === 'sell' ? Math.min(quantity, holding.quantity) : quantity;
        if (shares > 0) play(side, shares, shares * price);
      }
      if (holding.quantity > 0) play('sell', holding.quantity, holding.quantity * 1_000);

      assert.equal(realised, cash);
      assert.deepEqual(holding, heldNothing);
    }),
  );
});
