import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { parseStrictJson } from './strict-json.ts';

test('parseStrictJson() refuses a key that stands twice in one object', () => {
  assert.deepEqual(parseStrictJson('{"rt_cd":"1","rt_cd":"0"}'), { kind: 'unreadable', cause: 'duplicate-key' });
  assert.equal(parseStrictJson('{"output":{"ODNO":"1"},"x":[{"a":1,"b":2,"a":3}]}').kind, 'unreadable');
});

test('parseStrictJson() sees through another spelling of the same key', () => {
  assert.equal(parseStrictJson(String.raw`{"rt_cd":"1","\u0072t_cd" : "0"}`).kind, 'unreadable');
});

test('parseStrictJson() takes equal keys of different objects and equal texts that are no keys', () => {
  assert.equal(parseStrictJson('[{"a":"a"},{"a":["a","a"]},{"b":{"a":1},"a":2}]').kind, 'value');
});

test('parseStrictJson() refuses what is no JSON', () => {
  for (const text of ['', '{', '{"a":01}', '<html>', 'NaN', '{"a":1}x', '\ufeff{}']) {
    assert.deepEqual(parseStrictJson(text), { kind: 'unreadable', cause: 'not-json' });
  }
});

test('parseStrictJson() reads every JSON text as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value: unknown = JSON.parse(text);

      assert.deepEqual(parseStrictJson(JSON.stringify(value)), { kind: 'value', value });
    }),
  );
});
