import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { WireRow } from './wire-row.ts';

function row(value: unknown): WireRow<'field'> {
  return new WireRow('TTTC0081R', { field: value }, ['field']);
}

test('WireRow reads padded and signed numbers', () => {
  assert.equal(row('0000000042').whole('field'), 42);
  assert.equal(row('  42  ').whole('field'), 42);
  assert.equal(row('-9500').amount('field'), -9_500);
  assert.equal(row('+3').quantity('field'), 3);
});

test('WireRow never makes a number out of anything else', () => {
  for (const text of [
    '',
    ' ',
    '-',
    '1.5',
    '1,000',
    '0x10',
    '1e3',
    'NaN',
    'Infinity',
    '일',
    '12a',
    '9007199254740993',
    '99999999999999999999',
  ]) {
    assert.throws(() => row(text).amount('field'), /TTTC0081R: field "field" is not a whole number/, text);
  }
});

test('WireRow takes no price of zero and no negative quantity', () => {
  assert.throws(() => row('0').price('field'), /not a whole number of 1 or more/);
  assert.throws(() => row('-1').quantity('field'), /not a whole number of 0 or more/);
  assert.equal(row('0').won('field'), 0);
});

test('WireRow names the field that is missing or is no text', () => {
  assert.throws(() => new WireRow('FHKST01010100', {}, ['stck_prpr']), /FHKST01010100: field "stck_prpr" is missing/);
  assert.throws(() => row(70_000), /field "field" is no text/);
  assert.throws(() => row(null), /field "field" is no text/);
  assert.throws(() => new WireRow('X', [], ['a']), /field "block" is no object/);
});

test('WireRow rounds an average half up to whole won', () => {
  assert.equal(row('70120.5000').average('field'), 70_121);
  assert.equal(row('70120.4999').average('field'), 70_120);
  assert.equal(row('0').average('field'), 0);
  assert.throws(() => row('-1').average('field'), /not a number/);
});

test('WireRow refuses days and times that do not exist', () => {
  assert.equal(row('20261120').date('field').toString(), '2026-11-20');
  assert.equal(row('235959').time('field').toString(), '23:59:59');
  for (const text of ['20261131', '00000000', '2026-11', ''])
    assert.throws(() => row(text).date('field'), /not a date/);
  for (const text of ['240000', '096000', '9000', '']) assert.throws(() => row(text).time('field'), /not a time/);
});

test('WireRow reads listing codes with letters and ETNs, and nothing else', () => {
  assert.equal(row('0197V0').instrument('field'), 'KRX:0197V0');
  assert.equal(row('Q500001').instrument('field'), 'KRX:500001');
  assert.equal(row('J0057921D').instrument('field'), null);
});

test('WireRow survives any text: it reads a safe whole number or throws its own error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.bigInt().map(String)), (text) => {
      try {
        assert.ok(Number.isSafeInteger(row(text).amount('field')));
      } catch (error) {
        assert.match(String(error), /kis|Cannot read the answer/);
      }
    }),
  );
});
