import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret } from '#domain/secret.ts';
import { checkPassphrase, generatePassphrase, normalisePassphrase, passphraseBits } from './passphrase.ts';
import { words } from './words.ko.ts';

test('words are 2,048 different Korean words of two to four syllables, in composed form', () => {
  assert.equal(words.length, 2_048);
  assert.equal(new Set(words).size, 2_048);
  for (const word of words) {
    assert.match(word, /^[가-힣]{2,4}$/u);
    assert.equal(word.normalize('NFKC'), word);
  }
});

test('words hold no two that differ only in ㅐ and ㅔ', () => {
  const spoken = words.map((word) =>
    word.normalize('NFD').replaceAll('\u1162', '\u1166').replaceAll('\u1164', '\u1168'),
  );

  assert.equal(new Set(spoken).size, 2_048);
});

test('generatePassphrase() gives six words worth 66 bits, never the same twice', () => {
  // One draw in 137 would repeat a word if nothing kept it from that, and its vault could not be made.
  const many = Array.from({ length: 3_000 }, generatePassphrase);

  assert.equal(new Set(many).size, many.length);
  for (const text of many) {
    const parts = text.split(' ');
    assert.equal(parts.length, 6);
    assert.ok(parts.every((part) => words.includes(part)));
    assert.equal(passphraseBits(text), 66);
  }
});

test('generatePassphrase() draws every word about equally often', () => {
  const counts = new Map<string, number>();
  for (let round = 0; round < 10_000; round += 1) {
    for (const word of generatePassphrase().split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const expected = 60_000 / 2_048;
  let chiSquare = 0;
  for (const word of words) chiSquare += ((counts.get(word) ?? 0) - expected) ** 2 / expected;

  // 2,047 degrees of freedom: mean 2,047, standard deviation 64; eight of them are never reached by chance.
  assert.ok(chiSquare < 2_047 + 8 * 64, `chi-square ${chiSquare}`);
});

test('passphraseBits() finds what people choose too weak', () => {
  const weak = [
    '',
    'password',
    'P@ssw0rd1234!',
    'correct horse battery staple',
    '12345678901234567890',
    'a'.repeat(100),
    '사과 사과 사과 사과 사과 사과',
    '우리집 강아지 이름',
    'qwerty 19901231',
  ];

  for (const text of weak) assert.ok(passphraseBits(text) < 60, `${text} ${passphraseBits(text)}`);
});

test('passphraseBits() accepts long random texts and six words of our list', () => {
  for (const text of ['Xk29dLq0ZbvR7tHw', 'nR4#vT8!qL2@zW6$', '불꽃 기자 보조개 산들바람 가을 머리핀']) {
    assert.ok(passphraseBits(text) >= 60, `${text} ${passphraseBits(text)}`);
  }
});

test('normalisePassphrase() makes one text of every way to type it', () => {
  const text = '불꽃 기자 가을';

  assert.equal(normalisePassphrase(`  ${text.normalize('NFD')}\t`), text);
  assert.equal(normalisePassphrase('불꽃\n\n기자\u3000 가을'), text);
  assert.equal(normalisePassphrase('ＡＢＣ'), 'ABC');
});

test('checkPassphrase() takes 1,024 characters and refuses one more', () => {
  const long = generatePassphrase().repeat(100);

  checkPassphrase(new Secret(long.slice(0, 1_024)));
  assert.throws(() => checkPassphrase(new Secret(long.slice(0, 1_025))), { code: 'vault.weak-passphrase' });
});

test('checkPassphrase() says how little a passphrase is worth, cut off, and nothing for one that is too long', () => {
  checkPassphrase(new Secret('acegikmoqsuwy13579'));
  assert.throws(() => checkPassphrase(new Secret('acegikmoqsuwy1357')), /is worth about 57 bits/);
  assert.throws(() => checkPassphrase(new Secret('a')), /is worth about 3 bits/);
  assert.throws(() => checkPassphrase(new Secret('a'.repeat(1_025))), /is worth about 0 bits/);
});
