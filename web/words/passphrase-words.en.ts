export const passphraseWordsEn: readonly string[] = [
  'apple',
  'river',
  'stone',
  'cloud',
  'tiger',
  'lemon',
  'piano',
  'winter',
];
