import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBytes, sealBytes } from './cipher.ts';

const key = Buffer.alloc(32, 7);
const plain = Buffer.from('a secret value');
const binding = ['value', 1];

test('INV-22 openBytes() opens what sealBytes() sealed, under the same key and binding alone', () => {
  const sealed = sealBytes(key, plain, binding);

  assert.deepEqual([sealed.nonce.length, sealed.bytes.length], [12, plain.length + 16]);
  assert.deepEqual(openBytes(key, sealed, binding), plain);
  assert.equal(openBytes(Buffer.alloc(32, 8), sealed, binding), null);
  assert.equal(openBytes(key, sealed, ['value', 2]), null);
  assert.notDeepEqual(sealBytes(key, plain, binding).nonce, sealed.nonce, 'a nonce is never used twice');
});

test('INV-22 openBytes() opens nothing with a nonce of another length, nor bytes that are shorter than their tag', () => {
  const { nonce, bytes } = sealBytes(key, plain, binding);

  for (const length of [0, 11, 13]) {
    assert.equal(openBytes(key, { nonce: Buffer.alloc(length, 1), bytes }, binding), null, `nonce of ${length}`);
  }
  for (const length of [0, 15, 16]) {
    assert.equal(openBytes(key, { nonce, bytes: bytes.subarray(0, length) }, binding), null, `${length} bytes`);
  }
  const nothing = sealBytes(key, Buffer.alloc(0), binding);
  assert.deepEqual(openBytes(key, nothing, binding), Buffer.alloc(0), 'a tag alone is an empty value');
});
