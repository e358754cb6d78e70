import assert from 'node:assert/strict';
import { test } from 'node:test';

import { admit, afterFailure, afterSuccess, closedCircuit, type Circuit } from './circuit-breaker.ts';

const options = { failuresMax: 3, openMs: 1_000 };

function failing(times: number): Circuit {
  let circuit = closedCircuit;
  for (let count = 0; count < times; count += 1) circuit = afterFailure(circuit, 0, options);
  return circuit;
}

test('afterFailure() opens the circuit on the last allowed failure in a row', () => {
  assert.equal(failing(2).state, 'closed');
  assert.equal(failing(3).state, 'open');
  assert.equal(afterFailure(afterSuccess(), 0, options).state, 'closed');
});

test('admit() refuses while open, then lets one call through at a time', () => {
  const [waiting, isRefused] = admit(failing(3), 999, options);
  const [trying, isTried] = admit(waiting, 1_000, options);
  const [, isSecondTried] = admit(trying, 1_001, options);

  assert.deepEqual([isRefused, isTried, isSecondTried], [false, true, false]);
  assert.equal(trying.state, 'half-open');
});

test('admit() lets another trial through when the first one was never answered', () => {
  const [trying] = admit(failing(3), 1_000, options);

  assert.equal(admit(trying, 2_000, options)[1], true);
});

test('a failed trial opens the circuit again at once', () => {
  const [trying] = admit(failing(3), 1_000, options);

  assert.deepEqual(afterFailure(trying, 1_500, options), { state: 'open', untilMs: 2_500 });
});
