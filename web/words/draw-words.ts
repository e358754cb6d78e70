import type { Language } from '../data/preferences.tsx';
import { passphraseWordsEn } from './passphrase-words.en.ts';
import { passphraseWordsKo } from './passphrase-words.ko.ts';

const wordCount = 6;

/** Six words from a list of 1,024, each drawn evenly by the browser's own randomness: 60 bits. */
export function drawWords(language: Language): readonly string[] {
  const list = language === 'ko' ? passphraseWordsKo : passphraseWordsEn;
  const random = crypto.getRandomValues(new Uint32Array(wordCount));
  // 1,024 divides 2^32, so the remainder favours no word.
  return Array.from(random, (value) => list[value % list.length] ?? '');
}
