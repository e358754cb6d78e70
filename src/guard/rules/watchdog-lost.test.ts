import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { aRequest, aState, samsung } from '../../../tests/support/guard-makers.ts';
import { decide } from '../decide.ts';
import type { GuardState } from '../state.ts';
import { watchdogSilenceMaxMs } from './watchdog-lost.ts';

const silent = (watchdogSilentMs: number | null): GuardState => aState({ watchdogSilentMs });
const codes = (state: GuardState, change = {}): readonly string[] => {
  const verdict = decide(aRequest(change), state);
  return verdict.kind === 'approved' ? [] : verdict.denials.map(({ code }) => code);
};

test('INV-15 watchdogLost() denies new risk one millisecond after the longest silence, and not before', () => {
  const judged = [-1, 0, 1].map((by) => codes(silent(watchdogSilenceMaxMs + by)));

  assert.deepEqual(judged, [[], [], ['watchdog-lost']]);
  assert.ok(watchdogSilenceMaxMs < 3_000);
});

test('INV-11 watchdogLost() denies while the watchdog has not been heard, and asks nothing where none is expected', () => {
  assert.deepEqual(
    [codes(silent(null)), codes(silent(Number.NaN)), codes(aState())],
    [['watchdog-lost'], ['watchdog-lost'], []],
  );
});

test('INV-13 watchdogLost() lets a sell of what is held through', () => {
  const held = { instrument: samsung, quantity: quantity(10), cost: won(700_000) };
  const state = { ...silent(60_000), positions: new Map([[samsung, held]]) };

  assert.deepEqual([codes(state, { side: 'sell' }), codes(state)], [[], ['watchdog-lost']]);
});
