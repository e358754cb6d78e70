import assert from 'node:assert/strict';
import { test } from 'node:test';

import { candlestickById, candlesticks } from './candlesticks.ts';
import { goldenPatterns } from './fixtures/golden-patterns.ts';
import { patternBars } from './fixtures/pattern-bars.ts';
import { indicatorColumns } from './indicator-columns.ts';

const bars = patternBars();

test('the golden series of patterns begins as the specification says', () => {
  assert.deepEqual([bars.open[0], bars.high[0], bars.low[0], bars.close[0]], [994, 996, 978, 991]);
});

test('the catalogue has the 57 patterns of the file format', () => {
  assert.deepEqual(candlesticks.map(({ id }) => id).toSorted(), Object.keys(goldenPatterns).toSorted());
});

for (const [id, { up, down, readyAt }] of Object.entries(goldenPatterns)) {
  test(`${id} ends as often in 200,000 bars as in the reference, and is silent before bar ${readyAt}`, () => {
    const definition = candlestickById(id);
    assert.ok(definition !== null);

    const { value } = indicatorColumns(definition, {}, bars);

    assert.ok(value !== undefined);
    assert.equal(definition.readyAt({}), readyAt);
    assert.ok(value.subarray(0, readyAt - 1).every(Number.isNaN));
    const late = value.subarray(30);
    assert.deepEqual([late.filter((sign) => sign > 0).length, late.filter((sign) => sign < 0).length], [up, down]);
  });
}
