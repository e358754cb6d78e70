import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presetBars } from '../fixtures/preset-bars.ts';
import { readKisYaml } from '../kis-yaml/read-kis-yaml.ts';
import { writeKisYaml } from '../kis-yaml/write-kis-yaml.ts';
import { resolveProgram } from '../resolve-program.ts';
import { RuleColumns, type Mask } from '../rule-columns.ts';
import { RunningRules } from '../running-rules.ts';
import { presetById, presets, type RulePreset } from './presets.ts';

const bars = presetBars();

/** §8 of the specification of `.kis.yaml`: how often, at which bar first and last, counted from 1. */
const golden: readonly (readonly [string, readonly number[], readonly number[] | null])[] = [
  ['sma_crossover', [30, 28, 889], [31, 21, 895]],
  ['momentum', [314, 61, 811], [526, 87, 900]],
  ['momentum_strong', [60, 417, 476], [101, 118, 514]],
  ['week52_high', [18, 417, 769], [0, 0, 0]],
  ['consecutive_moves', [16, 320, 809], [38, 21, 885]],
  ['ma_divergence', [33, 119, 416], [19, 277, 433]],
  ['false_breakout', [48, 28, 878], null],
  ['strong_close', [248, 1, 888], [281, 3, 899]],
  ['volatility_breakout', [24, 183, 562], [71, 110, 543]],
  ['short_term_reversal', [97, 38, 896], [74, 29, 889]],
  ['trend_filter_signal', [183, 61, 893], [307, 78, 900]],
];

function named(id: string): RulePreset {
  const preset = presetById(id);
  assert.ok(preset !== null, id);
  return preset;
}

function masksOf(
  { program }: RulePreset,
  overrides: Readonly<Record<string, number>> = {},
): { entry: Mask; exit: Mask } {
  const resolved = resolveProgram(program, overrides);
  assert.ok(resolved.kind === 'rules');
  const columns = new RuleColumns(bars);
  return { entry: columns.entry(resolved.rules), exit: columns.exit(resolved.rules) };
}

/** How many, the first and the last, counted from 1. */
function told(mask: Mask): readonly number[] {
  return [mask.reduce((sum, one) => sum + one, 0), mask.indexOf(1) + 1, mask.lastIndexOf(1) + 1];
}

test('presetBars() is series C of the specification', () => {
  const at = (row: number) => [bars.open[row], bars.high[row], bars.low[row], bars.close[row]];

  assert.deepEqual(at(0), [50_042, 51_694, 49_660, 51_507]);
  assert.deepEqual(at(899), [45_412, 45_768, 44_207, 44_603]);
});

test('presets hold on as many bars of series C as the specification counts, entry and exit', () => {
  assert.deepEqual(
    presets.map(({ id }) => id),
    golden.map(([id]) => id),
  );
  for (const [id, entry, exit] of golden) {
    const masks = masksOf(named(id));
    assert.deepEqual(told(masks.entry), entry, `${id} entry`);
    if (exit !== null) assert.deepEqual(told(masks.exit), exit, `${id} exit`);
  }
});

test('presets say bar by bar what they say over whole columns, also at the ends of their sliders', () => {
  for (const preset of presets) {
    for (const end of ['min', 'max'] as const) {
      const overrides = Object.fromEntries(
        Object.entries(preset.program.params).map(([name, param]) => [name, param[end] ?? param.default]),
      );
      const resolved = resolveProgram(preset.program, overrides);
      assert.ok(resolved.kind === 'rules', `${preset.id} ${end}`);
      const running = new RunningRules(resolved.rules);
      const masks = masksOf(preset, overrides);
      for (let row = 0; row < bars.close.length; row += 1) {
        const at = (column: Float64Array): number => column[row] ?? NaN;
        const { open, high, low, close, volume } = bars;
        running.next({
          open: at(open),
          high: at(high),
          low: at(low),
          close: at(close),
          volume: at(volume),
          benchmark: NaN,
        });
        assert.equal(Number(running.entry), masks.entry[row], `${preset.id} ${end} ${row}`);
        assert.equal(Number(running.exit), masks.exit[row], `${preset.id} ${end} ${row}`);
      }
    }
  }
});

test('false_breakout leaves when the close falls below the level broken within exit_days, and not later', () => {
  const preset = named('breakout_fail');
  const { entry, exit } = masksOf(preset);
  const close = (row: number): number => bars.close[row] ?? NaN;
  const level = (row: number): number => Math.max(...Array.from({ length: 20 }, (_, ago) => close(row - 1 - ago)));

  for (let row = 30; row < bars.close.length; row += 1) {
    const isFailed = [1, 2, 3].some((days) => entry[row - days] === 1 && close(row) < level(row - days));
    assert.equal(exit[row], Number(isFailed), `bar ${row}`);
  }
  assert.ok(told(exit)[0] !== 0);
});

test('presets can be written as .kis.yaml and read back as they are', () => {
  for (const { id, program } of presets) {
    const written = writeKisYaml(program, 'snowball');
    assert.ok(written.kind === 'text', id);
    const read = readKisYaml(written.text);
    assert.ok(read.kind === 'program', `${id}: ${read.findings.map(({ en }) => en).join()}\n${written.text}`);
    const { source: _, ...rest } = read.program;
    assert.deepEqual(rest, program, id);
    assert.deepEqual(masksOf({ ...named(id), program: rest }), masksOf(named(id)), id);
  }
});

test('presetById() finds presets by the ids of both programs', () => {
  assert.equal(presetById('golden_cross')?.id, 'sma_crossover');
  assert.equal(presetById('breakout_fail')?.id, 'false_breakout');
  assert.equal(presetById('none'), null);
});
