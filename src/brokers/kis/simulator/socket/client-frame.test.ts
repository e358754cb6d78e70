import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { readClientFrame } from './client-frame.ts';

const codeOf = (message: string): string => {
  const frame = readClientFrame(message, 'PINGPONG');
  return frame.kind === 'invalid' ? frame.code : frame.kind;
};

describe('readClientFrame()', () => {
  it('names what is missing by the code that KIS has for it', () => {
    const header = { approval_key: 'k', tr_type: '1' };
    assert.deepEqual(
      [
        codeOf('no json'),
        codeOf('[]'),
        codeOf('{}'),
        codeOf(JSON.stringify({ header })),
        codeOf(JSON.stringify({ header, body: {} })),
        codeOf(JSON.stringify({ header, body: { input: { tr_id: 'H0STCNT0', tr_key: '005930' } } })),
        codeOf(JSON.stringify({ header: { tr_id: 'PINGPONG', datetime: '20261123103000' } })),
      ],
      ['OPSP9999', 'OPSP9999', 'OPSP9998', 'OPSP9992', 'OPSP9991', 'request', 'heartbeat'],
    );
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (message) => {
        readClientFrame(message, 'PINGPONG');
      }),
      { numRuns: 300 },
    );
  });
});
