import assert from 'node:assert/strict';
import { test } from 'node:test';

import { indicatorById, indicators } from './catalogue.ts';
import { goldenBars } from './fixtures/golden-bars.ts';
import { goldenValues } from './fixtures/golden-values.ts';
import { indicatorColumns } from './indicator-columns.ts';
import { readParams } from './params.ts';

for (const { id, params, readyAt, outputs, at } of goldenValues) {
  test(`${id} gives the golden values at every bar, and is silent before bar ${readyAt}`, () => {
    const definition = indicatorById(id);
    assert.ok(definition !== null, `${id} is not in the catalogue`);
    const read = readParams(definition.params, params);
    assert.ok(read.kind === 'params');

    const columns = indicatorColumns(definition, read.values, goldenBars());

    assert.equal(definition.readyAt(read.values), readyAt);
    for (const [index, name] of outputs.entries()) {
      const column = columns[name];
      assert.ok(column !== undefined, `no output ${name}`);
      assert.ok(column.subarray(0, readyAt - 1).every(Number.isNaN), `${name} speaks too early`);
      for (const [bar, values] of Object.entries(at)) {
        const found: number = column[Number(bar) - 1] ?? NaN;
        const wanted: number = values[index] ?? NaN;
        const isEqual: boolean = Object.is(found, wanted) || Math.abs(found - wanted) <= 1e-6 * Math.abs(wanted);
        assert.ok(isEqual, `${name} at bar ${bar}: ${found}, wanted ${wanted}`);
      }
    }
  });
}

test('the catalogue has the 80 indicators of the file format, each once, and what it says of them agrees', () => {
  assert.equal(indicators.length, 80);
  assert.equal(new Set(indicators.map(({ id }) => id)).size, 80);
  for (const { id, params, outputs, defaultOutput, readyAt } of indicators) {
    const read = readParams(params, {});
    assert.ok(read.kind === 'params', `${id} refuses its own defaults`);
    assert.ok(outputs.includes(defaultOutput), `${id} has no output ${defaultOutput}`);
    assert.ok(readyAt(read.values) >= 1, id);
  }
});
