import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decodeText } from './decode-text.ts';

test('decodeText() reads the syllables that the platform takes for other letters', () => {
  const line = Buffer.concat([Buffer.from('005930,'), Buffer.from('8c63b9e6b0a2c7cf', 'hex'), Buffer.from(',1200\n')]);

  assert.deepEqual(decodeText(line), { kind: 'text', text: '005930,똠방각하,1200\n', encoding: 'CP949' });
});

test('decodeText() drops a byte order mark, and takes UTF-8 for UTF-8', () => {
  assert.deepEqual(decodeText(Buffer.from('\ufeff일자,종가\n')), {
    kind: 'text',
    text: '일자,종가\n',
    encoding: 'UTF-8',
  });
});

test('decodeText() says what a file is that is no text', () => {
  assert.equal(decodeText(Buffer.from('\ufeffa', 'utf16le')).kind, 'unreadable');
  assert.equal(decodeText(Buffer.from([0xc0, 0xcf, 0xff])).kind, 'unreadable');
});
