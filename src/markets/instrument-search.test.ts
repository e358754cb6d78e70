import assert from 'node:assert/strict';
import { test } from 'node:test';

import { buildInstrumentIndex, searchInstruments } from './instrument-search.ts';
import { listings } from './listings.ts';

const index = buildInstrumentIndex(listings);

function find(text: string, countMax?: number): readonly string[] {
  return searchInstruments(index, text, countMax).map(({ name }) => name);
}

test('searchInstruments() finds a name by its first consonants, alone and mixed with syllables', () => {
  assert.deepEqual(find('ㅅㅅㅈㅈ'), ['삼성전자']);
  assert.deepEqual(find('삼성ㅈㅈ'), ['삼성전자']);
  assert.deepEqual(find('ㅅㅅsdi'), ['삼성SDI']);
  assert.deepEqual(find('ㅋㅋㅇ'), ['카카오', '카카오게임즈']);
});

test('searchInstruments() puts the exact name first, then names that begin so, then names that hold the text', () => {
  assert.deepEqual(find('카카오'), ['카카오', '카카오게임즈']);
  assert.deepEqual(find('전자'), ['삼성전자', 'LG전자']);
  assert.deepEqual(
    find('코스닥'),
    ['KODEX코스닥150', 'KODEX코스닥150레버리지'].map((name) => name.replace('KODEX', 'KODEX ')),
  );
});

test('searchInstruments() finds a code by its beginning, and a name whatever its case and spaces', () => {
  assert.equal(find('005930')[0], '삼성전자');
  assert.deepEqual(find('0059'), ['삼성전자']);
  assert.deepEqual(find('kodex200')[0], 'KODEX 200');
  assert.deepEqual(find(' jyp  ent. '), ['JYP Ent.']);
});

test('searchInstruments() returns no more than asked for, and nothing for nothing', () => {
  assert.equal(find('k', 3).length, 3);
  assert.deepEqual(find('  '), []);
  assert.deepEqual(find('없는회사'), []);
  assert.deepEqual(searchInstruments(buildInstrumentIndex([]), 'a'), []);
});

test('searchInstruments() finds decomposed Hangul, as some systems write it', () => {
  assert.deepEqual(find('삼성전자'.normalize('NFD')), ['삼성전자']);
});

test('searchInstruments() takes a millisecond at the most in 4,000 instruments', () => {
  const many = buildInstrumentIndex(
    Array.from({ length: 4_000 }, (_, number) => ({
      symbol: String(number).padStart(6, '0'),
      name: `${listings[number % listings.length]?.name ?? ''} ${number}`,
    })),
  );
  const texts = ['ㅅㅅㅈㅈ', '레버리지', '00', 'ㄹㅂㄹㅈ', 'kodex', '없는회사'];
  const timeOf = (text: string): number => {
    const startedMs = performance.now();
    searchInstruments(many, text);
    return performance.now() - startedMs;
  };
  for (const text of texts) timeOf(text);

  // The best of many, so that a busy machine does not count.
  for (const text of texts) {
    const bestMs = Math.min(...Array.from({ length: 30 }, () => timeOf(text)));
    assert.ok(bestMs <= 1, `${text} took ${bestMs} ms`);
  }
});
