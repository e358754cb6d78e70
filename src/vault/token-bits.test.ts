import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenBits } from './token-bits.ts';

/** Token, characters that surprise, and how many characters a guesser must try for each. */
const worth: readonly (readonly [token: string, surprising: number, size: number])[] = [
  ['a', 1, 26],
  ['ac', 2, 26],
  ['ab', 1, 26],
  ['ba', 1, 26],
  ['aa', 1, 26],
  ['AZ', 2, 26],
  ['aZ', 2, 52],
  ['09', 2, 10],
  ['1234567890', 2, 10],
  ['a7', 2, 36],
  ['!~', 2, 33],
  ['a!7Z', 4, 95],
  ['가', 1, 400],
  ['가7', 2, 410],
  ['é', 1, 100],
  ['😀', 1, 100],
  ['é7', 2, 110],
  ['acegikm1', 8, 36],
];
for (const [token, surprising, size] of worth) {
  test(`tokenBits() gives "${token}" two thirds of ${surprising} draws among ${size}`, () => {
    assert.ok(Math.abs(tokenBits(token) - surprising * Math.log2(size) * 0.65) < 1e-9, String(tokenBits(token)));
  });
}

test('tokenBits() gives nothing for nothing, and 13 bits at most for a word of letters alone', () => {
  assert.equal(tokenBits(''), 0);
  for (const word of ['acegikmoqsuw', '가다나라마바사아', 'éaéaéaéaéa']) assert.equal(tokenBits(word), 13, word);
  assert.ok(tokenBits('acegikmoqsuw1') > 13);
});
