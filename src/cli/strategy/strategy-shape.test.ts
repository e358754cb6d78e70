import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presetById } from '#strategy/rules/presets/presets.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import { readResearchStrategy, type ResearchStrategy } from '../research/research-strategy.ts';
import { shapeOf } from './strategy-shape.ts';

const preset = await readResearchStrategy('preset:sma_crossover');

function withProgram(
  change: (program: RuleProgram) => RuleProgram,
  values: Record<string, number> = {},
): ResearchStrategy {
  assert.ok(preset.subject.kind === 'program');
  const parameters = new Map([...preset.parameters, ...Object.entries(values)]);
  return { ...preset, parameters, subject: { ...preset.subject, program: change(preset.subject.program) } };
}

test('shapeOf() is blind to the values of the grid and to names, and to nothing else', () => {
  const names = ['fast', 'stop_loss'];
  const shape = shapeOf(preset, names);
  const same = (program: RuleProgram) => program;

  assert.ok(presetById('sma_crossover') !== null);
  assert.equal(shapeOf(withProgram(same, { fast: 7, stop_loss: 0.02 }), names), shape);
  assert.equal(shapeOf(preset, names.toReversed()), shape);
  const renamed = withProgram((program) => ({ ...program, metadata: { ...program.metadata, name: 'mine' } }));
  assert.equal(shapeOf(renamed, names), shape);

  assert.notEqual(shapeOf(withProgram(same, { slow: 21 }), names), shape);
  assert.notEqual(shapeOf(withProgram(same, { take_profit: 0.2 }), names), shape);
  assert.notEqual(shapeOf(preset, ['fast']), shape);
  const swapped = withProgram((program) => ({ ...program, entry: program.exit }));
  assert.notEqual(shapeOf(swapped, names), shape);
  const more = withProgram((program) => ({ ...program, sizing: { ...program.sizing, positionsMax: 9 } }));
  assert.notEqual(shapeOf(more, names), shape);
});
