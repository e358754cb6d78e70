import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossedAbove, crossedBelow } from './cross.ts';

test('crossedAbove() is true from below and from a touch, false when it was above already', () => {
  assert.equal(crossedAbove({ left: 1, right: 2 }, { left: 3, right: 2 }), true);
  assert.equal(crossedAbove({ left: 2, right: 2 }, { left: 3, right: 2 }), true);
  assert.equal(crossedAbove({ left: 3, right: 2 }, { left: 4, right: 2 }), false);
  assert.equal(crossedAbove({ left: 1, right: 2 }, { left: 2, right: 2 }), false);
});

test('crossedBelow() mirrors crossedAbove()', () => {
  assert.equal(crossedBelow({ left: 3, right: 2 }, { left: 1, right: 2 }), true);
  assert.equal(crossedBelow({ left: 2, right: 2 }, { left: 1, right: 2 }), true);
  assert.equal(crossedBelow({ left: 1, right: 2 }, { left: 0, right: 2 }), false);
});

test('no cross happens while a line is warming up', () => {
  assert.equal(crossedAbove({ left: NaN, right: NaN }, { left: 3, right: 2 }), false);
  assert.equal(crossedBelow({ left: 3, right: 2 }, { left: NaN, right: 2 }), false);
});
