import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requesterName } from './requester-name.ts';

test('requesterName() is the strategy’s own name, or person, whatever else a person may carry', () => {
  const named = { kind: 'person', via: 'cli', name: 'golden-cross' } as const;

  assert.equal(requesterName({ kind: 'strategy', name: 'golden-cross' }), 'golden-cross');
  assert.equal(requesterName({ kind: 'person', via: 'web' }), 'person');
  assert.equal(requesterName(named), 'person');
});
