/** A securities firm on the exchange, as the members' lists name it. Invented: no real firm's trading is simulated. */
export interface Member {
  readonly number: string;
  readonly name: string;
  readonly isForeign: boolean;
}

export const members: readonly Member[] = [
  { number: '00901', name: '눈사람증권', isForeign: false },
  { number: '00902', name: '함박눈증권', isForeign: false },
  { number: '00903', name: '진눈깨비', isForeign: false },
  { number: '00904', name: '싸라기투자', isForeign: false },
  { number: '00905', name: '가루눈증권', isForeign: false },
  { number: '00906', name: '눈송이증권', isForeign: false },
  { number: '00907', name: '노스윈드', isForeign: true },
  { number: '00908', name: '글래시어', isForeign: true },
];
