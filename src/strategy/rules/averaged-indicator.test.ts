import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indicators } from '#indicators/catalogue.ts';
import type { IndicatorColumns, IndicatorDefinition } from '#indicators/definition.ts';
import { goldenBars } from '#indicators/fixtures/golden-bars.ts';
import { indicatorColumns } from '#indicators/indicator-columns.ts';
import { defaultParams } from '#indicators/params.ts';
import { RunningIndicator } from '#indicators/running-indicator.ts';
import { averagedIndicator } from './averaged-indicator.ts';

const count = 160;
const benchmark = Float64Array.from({ length: count }, (_, row) => 2_500 + ((row * 29) % 31));
const bars = { ...goldenBars(count), benchmark };

/** The plain mean of the latest `size` values, newest at `row`, oldest first; NaN where one of them is missing. */
function meanAt(column: Float64Array, row: number, size: number): number {
  let sum = 0;
  for (let at = row - size + 1; at <= row; at += 1) sum += column[at] ?? NaN;
  return sum / size;
}

function assertSame(found: Float64Array | undefined, wanted: Float64Array, about: string): void {
  const isSame = found?.every((value, row) => Object.is(value, wanted[row]));
  assert.equal(isSame, true, about);
}

test('averagedIndicator() is the mean of every output of every indicator, from the bar on that has enough of them', () => {
  for (const definition of indicators) {
    const values = defaultParams(definition.params);
    const ready = definition.readyAt(values) + 4;
    const averaged = averagedIndicator(definition, 5);
    assert.equal(averaged.readyAt(values), ready);
    const [plain, means] = [definition, averaged].map((one) => indicatorColumns(one, values, bars));
    for (const name of definition.outputs) {
      const column = plain?.[name] ?? new Float64Array();
      const wanted = column.map((_, row) => (row + 1 < ready ? NaN : meanAt(column, row, 5)));
      assertSame(means?.[name], wanted, `${definition.id} ${name}`);
    }
  }
});

test('averagedIndicator() passes over a bar without a number, as the indicator itself does', () => {
  const holed = withHole(bars, 80);
  for (const definition of indicators.filter(({ inputs }) => inputs.includes('close'))) {
    const values = defaultParams(definition.params);
    const averaged = averagedIndicator(definition, 3);
    const [whole, passed] = [bars, holed].map((each) => indicatorColumns(averaged, values, each));
    for (const name of definition.outputs) {
      const found = [...(passed?.[name] ?? [])];
      assert.ok(Number.isNaN(found[80]), definition.id);
      assertSame(Float64Array.from(found.toSpliced(80, 1)), whole?.[name] ?? new Float64Array(), definition.id);
    }
  }
});

test('averagedIndicator() of averages says bar by bar what it says over columns', () => {
  const named = (id: string): IndicatorDefinition | undefined => indicators.find((one) => one.id === id);
  for (const id of ['rsi', 'bollinger', 'stochastic']) {
    const definition = named(id);
    assert.ok(definition !== undefined);
    const twice = averagedIndicator(averagedIndicator(definition, 4), 3);
    const values = defaultParams(definition.params);
    const columns = indicatorColumns(twice, values, bars);
    const running = new RunningIndicator(twice, values);
    for (let row = 0; row < count; row += 1) {
      running.next(barAt(bars, row));
      for (const [place, name] of twice.outputs.entries()) {
        assert.ok(Object.is(running.output[place], columns[name]?.[row]), `${id} ${name} at ${row}`);
      }
    }
  }
});

/** The same bars with one more at `row`, whose close is missing. */
function withHole(from: Required<IndicatorColumns>, row: number): Required<IndicatorColumns> {
  const widened = (column: Float64Array, value: number): Float64Array =>
    Float64Array.from([...column.subarray(0, row), value, ...column.subarray(row)]);
  return {
    open: widened(from.open, 1),
    high: widened(from.high, 1),
    low: widened(from.low, 1),
    close: widened(from.close, NaN),
    volume: widened(from.volume, 1),
    benchmark: widened(from.benchmark, 1),
  };
}

function barAt(from: Required<IndicatorColumns>, row: number) {
  const at = (column: Float64Array): number => column[row] ?? NaN;
  const { open, high, low, close, volume } = from;
  return {
    open: at(open),
    high: at(high),
    low: at(low),
    close: at(close),
    volume: at(volume),
    benchmark: at(from.benchmark),
  };
}
