import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { convert, date, decimal, int } from './pykis-judge.ts';

describe('convert()', () => {
  it('refuses what pykis refuses', () => {
    for (const bad of ['', '1.5', 'x', '1,000']) assert.throws(() => int(bad));
    assert.throws(() => decimal(''));
    assert.throws(() => date('20261332'));
    assert.throws(() => convert({ odno: '1' }, { odno: int, pdno: int }), /No field pdno/);
  });
});
