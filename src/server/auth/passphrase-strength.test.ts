import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { passphraseBits, passphraseBitsMin } from './passphrase-strength.ts';

describe('passphraseBits()', () => {
  it('lets six words of two syllables or four letters through', () => {
    assert.ok(passphraseBits('호두 계단 봄비 연필 기와 안개') >= passphraseBitsMin);
    assert.ok(passphraseBits('acid crow lamp ring tent wolf') >= passphraseBitsMin);
  });

  it('refuses what is short, repeated or counted up', () => {
    for (const weak of [
      '비밀번호',
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'abcdefghijklmnopqrstuvwxyz',
      '12345678901234567890',
    ]) {
      assert.ok(passphraseBits(weak) < passphraseBitsMin, weak);
    }
  });
});
