import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { decodeCp949 } from './cp949.ts';

test('decodeCp949() reads what another encoder wrote, syllables outside KS X 1001 included', () => {
  assert.equal(decodeCp949(Buffer.from('bbefbcbac0fcc0da', 'hex')), '삼성전자');
  assert.equal(decodeCp949(Buffer.from('8c63b9e6b0a2c7cf', 'hex')), '똠방각하');
  assert.equal(decodeCp949(Buffer.from('8141c652', 'hex')), '갂힣');
  assert.equal(decodeCp949(Buffer.from('4b4f44455820323030', 'hex')), 'KODEX 200');
});

test('decodeCp949() is null for half a letter and for pairs that stand for nothing', () => {
  for (const bytes of ['bb', '41bb', 'bb20', '80', 'ff41', 'c653', '8140']) {
    assert.equal(decodeCp949(Buffer.from(bytes, 'hex')), null, bytes);
  }
});

test('decodeCp949() knows all 11,172 syllables under the codes that another encoder gives them', () => {
  const codes = new Map<string, string>();
  for (let code = 0x8141; code <= 0xc8fe; code += 1) {
    const pair = code.toString(16);
    const letter = decodeCp949(Buffer.from(pair, 'hex'));
    if (letter !== null && letter >= '가' && letter <= '힣') codes.set(letter, pair);
  }
  const inOrder = Array.from({ length: 11_172 }, (_, index) => codes.get(String.fromCharCode(0xac00 + index)) ?? '');

  // SHA-256 of the codes of 가 to 힣 as Python's cp949 writes them, in hexadecimal.
  const digest = createHash('sha256').update(inOrder.join('')).digest('hex');
  assert.equal(digest, 'a46f3e7897c81809a56003f3a2823994b3407ba2c96a83567728ba903d20d753');
});
