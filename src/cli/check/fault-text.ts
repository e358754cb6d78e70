import { say } from '#link/language.ts';
import type { BarFault } from '#store/check/check-bars.ts';
import { counted, numberText } from '../terminal/numbers.ts';

/** What is wrong with a bar, in a few words. */
export function faultText(fault: BarFault): string {
  return say(koreanFaults[fault], englishFaults[fault]);
}

/** Of instruments whose prices were taken for adjusted ones. */
export function adjustedNote(count: number): string {
  return say(
    `${numberText(count)}개 종목은 호가 단위에서 벗어난 값이 많아 수정주가로 보고, 상하한은 여유를 두고 확인했어요.`,
    `${counted(count, 'instrument')} with adjusted prices (many lie between ticks): limits checked with room.`,
  );
}

const koreanFaults: Readonly<Record<BarFault, string>> = {
  'bad-price': '가격이 아닌 값',
  'bad-range': '고가·저가가 서로 맞지 않음',
  'repeated-day': '같은 봉이 두 번',
  'beyond-limits': '상하한 밖 (분할·배당이 빠졌을 수 있음)',
  spike: '한 번 튀었다 돌아온 값',
};

const englishFaults: Readonly<Record<BarFault, string>> = {
  'bad-price': 'not a price',
  'bad-range': 'high and low contradict the body',
  'repeated-day': 'a bar twice',
  'beyond-limits': 'beyond the limits of its day (a split or dividend not recorded?)',
  spike: 'a jump taken back by the next bar',
};
