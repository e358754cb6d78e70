import assert from 'node:assert/strict';
import { test } from 'node:test';

import { wireSymbol } from './wire-symbol.ts';

test('wireSymbol() writes Q before the code of an ETN, and nothing before any other', () => {
  const kindOf = (id: string) => (id === 'KRX:500001' ? 'etn' : id === 'KRX:069500' ? 'etf' : null);

  assert.equal(wireSymbol({ kindOf }, 'KRX:500001'), 'Q500001');
  assert.equal(wireSymbol({ kindOf }, 'KRX:069500'), '069500');
  assert.equal(wireSymbol({ kindOf }, 'KRX:005930'), '005930');
  assert.equal(wireSymbol({ kindOf }, 'KRX:0197V0'), '0197V0');
});

test('wireSymbol() writes the plain code where nobody knows what an instrument is', () => {
  assert.equal(wireSymbol({}, 'KRX:500001'), '500001');
});
