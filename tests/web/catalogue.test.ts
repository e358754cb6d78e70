import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { en } from '../../web/strings.en.ts';
import { ko } from '../../web/strings.ko.ts';
import { passphraseWordsEn } from '../../web/words/passphrase-words.en.ts';
import { passphraseWordsKo } from '../../web/words/passphrase-words.ko.ts';

/** Every path of a catalogue with its words; functions are called with numbers and words that hold no Korean. */
function entries(value: unknown, path = ''): (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(1, 2, 3, '4', '5', '6'))]];
  return Object.entries(value as object).flatMap(([key, child]) => entries(child, `${path}.${key}`));
}

/** Arguments that a sentence needs as words; numbers elsewhere. */
function withWords(value: unknown): unknown {
  if (typeof value === 'function') {
    return (): unknown => {
      try {
        return value(1, 2, 3, '4', '5', '6');
      } catch {
        return value('one', 'two', 'three', 'four', 'five', 'six');
      }
    };
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withWords(child)]));
}

describe('catalogues', () => {
  const korean = entries(withWords(ko));
  const english = entries(withWords(en));

  it('have the same keys', () => {
    assert.deepEqual(
      english.map(([path]) => path),
      korean.map(([path]) => path),
    );
  });

  it('leave no Korean in English', () => {
    assert.deepEqual(
      english.filter(([, words]) => /[\u1100-\u11FF\u3130-\u318F\uAC00-\uD7A3]/.test(words)),
      [],
    );
  });

  it('have a sentence for every code of the guard, in both languages', () => {
    const source = readFileSync(new URL('../../src/guard/denial.ts', import.meta.url), 'utf8');
    const union = /export type DenialCode =([\s\S]*?);/.exec(source)?.[1] ?? '';
    const codes = [...union.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code ?? '').sort();

    assert.ok(codes.length > 20);
    assert.deepEqual(Object.keys(ko.guard).sort(), codes);
    assert.deepEqual(Object.keys(en.guard).sort(), codes);
  });

  it('call the rows of the table of a backtest sales: a round trip may have several', () => {
    assert.equal(ko.lab.tradesCount(117), '매도 117번');
    assert.deepEqual([en.lab.tradesCount(1), en.lab.tradesCount(117)], ['1 sale', '117 sales']);
  });

  it('name both numbers of a limit when it refuses', () => {
    for (const { guard } of [ko, en]) {
      const sentence = guard['order-value']?.denied('1,024,800', '1,000,000') ?? '';

      assert.ok(sentence.includes('1,024,800') && sentence.includes('1,000,000'), sentence);
    }
  });
});

describe('passphrase words', () => {
  for (const [name, words, shape] of [
    ['Korean', passphraseWordsKo, /^[\uAC00-\uD7A3]{2,}$/],
    ['English', passphraseWordsEn, /^[a-z]{4,}$/],
  ] as const) {
    it(`are 1,024 different ${name} words, so that six of them hold 60 bits`, () => {
      assert.equal(words.length, 1_024);
      assert.equal(new Set(words).size, 1_024);
      assert.deepEqual(
        words.filter((word) => !shape.test(word)),
        [],
      );
    });
  }
});
