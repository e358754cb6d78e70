import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '#domain/random.ts';

import { drawBlocks } from './stationary-bootstrap.ts';
import { superiorAbility } from './superior-ability.ts';

function noise(random: Random, days: number, drift = 0): Float64Array {
  return Float64Array.from({ length: days }, () => (random.next() - 0.5) / 10 + drift);
}

test('drawBlocks() fills a history exactly, with blocks as long as asked for on average', () => {
  const random = new Random(3);
  const lengths = Array.from({ length: 200 }, () => drawBlocks(random, 500, 10)).flatMap((blocks) => {
    assert.equal(
      blocks.reduce((sum, { length }) => sum + length, 0),
      500,
    );
    return blocks.slice(0, -1).map(({ start, length }) => {
      assert.ok(start >= 0 && start < 500 && length >= 1);
      return length;
    });
  });

  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  assert.ok(mean > 9.4 && mean < 10.4, `${mean}`);
  assert.ok(drawBlocks(random, 50, 1).every(({ length }) => length === 1));
  assert.deepEqual(drawBlocks(random, 0, 5), []);
});

test('superiorAbility() gives by running sums what White and Hansen wrote, day by day', () => {
  const random = new Random(11);
  const [days, draws, meanBlock, seed] = [40, 60, 4, 5];
  const returns = [noise(random, days, 0.004), noise(random, days), noise(random, days, -0.2)];
  const means = returns.map((column) => column.reduce((sum, each) => sum + each, 0) / days);
  const again = new Random(seed);
  const drawn = Array.from({ length: draws }, () => {
    const places = drawBlocks(again, days, meanBlock).flatMap(({ start, length }) =>
      Array.from({ length }, (_, step) => (start + step) % days),
    );
    return returns.map((column) => places.reduce((sum, place) => sum + (column[place] ?? 0), 0) / days);
  });
  const errors = returns.map((_, trial) => {
    const own = drawn.map((draw) => draw[trial]!);
    const middle = own.reduce((sum, each) => sum + each, 0) / draws;
    return Math.sqrt((days * own.reduce((sum, each) => sum + (each - middle) ** 2, 0)) / draws);
  });
  const root = Math.sqrt(days);
  const white = Math.max(...means) * root;
  const hansen = Math.max(0, ...means.map((mean, trial) => (mean * root) / errors[trial]!));
  const edge = -Math.sqrt(2 * Math.log(Math.log(days)));
  const centres = means.map((mean, trial) => ((mean * root) / errors[trial]! < edge ? 0 : mean));
  const share = (reached: (draw: readonly number[]) => boolean) => drawn.filter(reached).length / draws;

  const found = superiorAbility({ returns, meanBlock, draws, seed });

  assert.equal(
    found.realityCheck,
    share((draw) => Math.max(...draw.map((mean, trial) => root * (mean - means[trial]!))) >= white),
  );
  assert.equal(
    found.superiorAbility,
    share((draw) => Math.max(0, ...draw.map((mean, k) => (root * (mean - centres[k]!)) / errors[k]!)) >= hansen),
  );
  // The third lies so far below nothing that Hansen sets it aside.
  assert.equal(centres[2], 0);
});

test('superiorAbility() is small for a true edge, and of noise small as seldom as it says', () => {
  const random = new Random(23);
  const edge = [...Array.from({ length: 10 }, () => noise(random, 250)), noise(random, 250, 0.012)];
  const found = superiorAbility({ returns: edge, meanBlock: 5, draws: 200, seed: 1 });
  assert.ok(found.realityCheck < 0.02 && found.superiorAbility < 0.02);

  const values = Array.from({ length: 60 }, (_, seed) =>
    superiorAbility({
      returns: Array.from({ length: 8 }, () => noise(random, 120)),
      meanBlock: 2,
      draws: 100,
      seed,
    }),
  );
  for (const name of ['realityCheck', 'superiorAbility'] as const) {
    const low = values.filter((each) => each[name] <= 0.2).length / values.length;
    assert.ok(low > 0.05 && low < 0.4, `${name} ${low}`);
  }
});

test('superiorAbility() by Hansen is not worn down by hopeless trials as by White', () => {
  const random = new Random(31);
  const good = noise(random, 250, 0.0035);
  // Wild and far below nothing: they make White's best of chance large.
  const hopeless = Array.from({ length: 30 }, () => noise(random, 250, -0.05).map((each) => each * 6));

  const alone = superiorAbility({ returns: [good], meanBlock: 3, draws: 300, seed: 9 });
  const among = superiorAbility({ returns: [good, ...hopeless], meanBlock: 3, draws: 300, seed: 9 });

  assert.ok(among.realityCheck > alone.realityCheck + 0.3, `${alone.realityCheck} ${among.realityCheck}`);
  assert.equal(among.superiorAbility, alone.superiorAbility);
});

test('superiorAbility() refuses what it cannot test, and gives a strategy that never trades no ability', () => {
  const flat = new Float64Array(50);
  assert.equal(superiorAbility({ returns: [flat], meanBlock: 3, draws: 20, seed: 1 }).superiorAbility, 1);
  assert.throws(() => superiorAbility({ returns: [], meanBlock: 3, draws: 20, seed: 1 }), RangeError);
  assert.throws(
    () => superiorAbility({ returns: [flat, new Float64Array(9)], meanBlock: 3, draws: 20, seed: 1 }),
    RangeError,
  );
});
