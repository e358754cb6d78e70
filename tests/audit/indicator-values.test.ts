import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indicatorById, indicators } from '#indicators/catalogue.ts';
import { readIndicatorParams } from '#indicators/definition.ts';
import { indicatorColumns } from '#indicators/indicator-columns.ts';
import { indicatorValues } from './indicator-values.ts';

const count = 300;
const names = ['open', 'high', 'low', 'close', 'volume', 'benchmark'] as const;

/** A walk in whole won; every eleventh bar stands at its close, without volume. */
function auditBars(): Record<(typeof names)[number], Float64Array> {
  const bars = Object.fromEntries(names.map((name) => [name, new Float64Array(count)])) as ReturnType<typeof auditBars>;
  let [state, last] = [42, 50_000];
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 16) % below;
  };
  for (let row = 0; row < count; row += 1) {
    const [gap, body, up, down, volume] = [draw(7) - 3, draw(41) - 20, draw(13), draw(13), 1_000 + draw(9_000)];
    const [open, close] = [last + 10 * gap, last + 10 * gap + 10 * body];
    const isQuiet = row % 11 === 0;
    bars.open[row] = isQuiet ? close : open;
    bars.high[row] = isQuiet ? close : Math.max(open, close) + 10 * up;
    bars.low[row] = isQuiet ? close : Math.min(open, close) - 10 * down;
    bars.close[row] = close;
    bars.volume[row] = isQuiet ? 0 : volume;
    bars.benchmark[row] = 3_000 + (200 * ((row * 7_919) % 101)) / 101;
    last = close;
  }
  return bars;
}

const bars = auditBars();

test('every indicator is what other formulas make of its definition, away from its default parameters', () => {
  assert.deepEqual(indicatorValues.map(([id]) => id).sort(), indicators.map(({ id }) => id).sort());

  for (const [id, params, values] of indicatorValues) {
    const definition = indicatorById(id)!;
    const read = readIndicatorParams(definition, params);
    assert.ok(read.kind === 'params', `${id}: ${JSON.stringify(read)}`);
    const columns = indicatorColumns(definition, read.values, bars);
    for (const [output, wanted] of Object.entries(values)) {
      for (const [place, row] of [120, 299].entries()) {
        const [found, want] = [columns[output]![row]!, wanted[place]!];
        const isNear = Math.abs(found - want) <= 1e-8 * Math.max(1, Math.abs(want));
        assert.ok(isNear, `${id}.${output} ${JSON.stringify(params)}, bar ${row + 1}: ${found}, wanted ${want}`);
      }
    }
  }
});
