export const passphraseWordsKo: readonly string[] = ['호두', '계단', '봄비', '연필', '나루터', '기와', '바다', '구름'];
