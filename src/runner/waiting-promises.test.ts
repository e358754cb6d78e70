import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { waitingEvent } from '../../tests/support/waiting/waiting-event.ts';
import { WaitingHouse } from '../../tests/support/waiting/waiting-house.ts';

describe('WaitingOrders in a house where everything happens', () => {
  test('INV-02 INV-05 INV-07 nothing leaves twice, late or after it was taken back, and no bracket is left naked', () => {
    let sent = 0;
    fc.assert(
      fc.property(fc.array(fc.noBias(waitingEvent), { minLength: 20, maxLength: 60, size: 'max' }), (history) => {
        const house = new WaitingHouse();
        for (const event of history) house.play(event);
        house.finish();
        sent += house.gateway.orders.size;
      }),
      { numRuns: 150, seed: 20_261_117 },
    );
    assert.ok(sent > 300, `only ${sent} orders left`);
  });
});
