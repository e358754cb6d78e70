import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually, startHouse, type House } from './support/house.ts';

const witness = join(import.meta.dirname, 'support', 'loopback-witness.ts');
let house: House;

before(async () => {
  house = await startHouse({ nodeFlags: ['--import', witness] });
});

after(() => house.stop());

test('the tutorial strategy gets its first fill within three minutes of the start, and no process connects to anything but loopback', async () => {
  const order = await eventually('the first fill', 180_000, async () => {
    const orders = await house.gateway.call('orders', { limit: 200, strategy: null });
    return orders.find((each) => each.filled > 0) ?? null;
  });

  const loaded = house.lines.filter((line) => line.includes('witness-loaded'));
  const left = house.lines.filter((line) => line.includes('left-loopback'));
  assert.ok(order.filledValue > 0);
  assert.ok(loaded.length >= 4, `the witness was loaded into ${loaded.length} processes`);
  assert.deepEqual(left, []);
});
