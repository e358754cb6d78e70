import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cp949Field } from './cp949.ts';
import { isinOf } from './isin.ts';

test('cp949Field() writes the bytes that another encoder wrote', () => {
  assert.equal(cp949Field('삼성전자', 8).toString('hex'), 'bbefbcbac0fcc0da');
  assert.equal(cp949Field('똠방각하', 8).toString('hex'), '8c63b9e6b0a2c7cf');
  assert.equal(cp949Field('KODEX 200', 9).toString('hex'), '4b4f44455820323030');
});

test('cp949Field() is as wide as asked for, and cuts no letter in half', () => {
  assert.equal(cp949Field('삼성', 10).toString('hex'), 'bbefbcba202020202020');
  assert.equal(cp949Field('삼성', 3).toString('hex'), 'bbef20');
  assert.equal(cp949Field('\u{1F600}a', 4).toString('latin1'), '?a  ');
});

test('isinOf() gives the published standard codes', () => {
  assert.equal(isinOf('005930'), 'KR7005930003');
  assert.equal(isinOf('000660'), 'KR7000660001');
  assert.equal(isinOf('247540'), 'KR7247540008');
});
