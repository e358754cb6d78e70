import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOpen, type OrderState } from './order-state.ts';

test('isOpen() counts an order that we know nothing about as open', () => {
  assert.equal(isOpen('unknown'), true);
  assert.equal(isOpen('escalated'), true);
});

test('isOpen() is false for every end of an order', () => {
  const ends: readonly OrderState[] = [
    'filled',
    'cancelled',
    'expired',
    'denied',
    'rejected',
    'not-sent',
    'confirmed-absent',
  ];

  for (const end of ends) assert.equal(isOpen(end), false, end);
});
