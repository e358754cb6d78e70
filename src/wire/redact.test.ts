import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { redact } from './redact.ts';

const token = 'eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJ0b2tlbiJ9.c2lnbmF0dXJl';

for (const [name, line, leak] of [
  ['a bearer header', `authorization: Bearer ${token}`, token],
  ['a bearer token in a sentence', `refused Bearer abc.def-ghi`, 'abc.def-ghi'],
  ['a JSON field', `{"appsecret":"s3cr\\"et==","x":1}`, 's3cr'],
  ['a form field', 'appkey=PSabcdef&x=1', 'PSabcdef'],
  ['an object as the inspector prints it', "{ access_token: 'abcdefgh' }", 'abcdefgh'],
  ['a token without a name', `failed with ${token} at 3`, token],
  ['an account field', '{"CANO":"12345678","PDNO":"005930"}', '12345678'],
  ['an account number', 'account 12345678-01 is closed', '12345678-01'],
  ['an approval key', '"approval_key":"1f0c-77aa"', '1f0c-77aa'],
] as const) {
  test(`redact() masks ${name}`, () => {
    assert.ok(!redact(line).includes(leak), redact(line));
    assert.ok(redact(line).includes('[secret]'));
  });
}

test('redact() masks a known value wherever it stands', () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^[A-Za-z0-9]{8,40}$/), fc.string(), (before, secret, after) => {
      assert.ok(!redact(`${before}${secret}${after}`, [secret]).includes(secret));
    }),
  );
});

test('redact() leaves an ordinary line alone', () => {
  const line = 'Cannot read the answer of TTTC0081R: field "odno" is missing';

  assert.equal(redact(line), line);
});
