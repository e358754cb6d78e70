import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId, symbolOf } from './instrument.ts';

test('instrumentId() takes six characters, letters included since 2024', () => {
  assert.equal(instrumentId('005930'), 'KRX:005930');
  assert.equal(symbolOf(instrumentId('0197V0')), '0197V0');
});

test('instrumentId() refuses everything else', () => {
  for (const symbol of ['', '5930', '0059300', 'A05930', '00593a', '005930 ', '삼성전자']) {
    assert.throws(() => instrumentId(symbol), RangeError, symbol);
  }
});
