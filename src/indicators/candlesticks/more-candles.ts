import type { Candles } from './candles.ts';
import { pattern } from './pattern.ts';

/** Patterns of four and five candles. */
export const moreCandles = [
  pattern('three_line_strike', '삼선 타격', 'Three-line strike', 9, (x) => {
    const colour = x.colour(3);
    if (x.colour(2) !== colour || x.colour(1) !== colour || x.colour(0) === colour) return false;
    const opensNear = [2, 1].every((ago) => {
      const [near, before] = [x.near(ago + 1), ago + 1];
      return x.open(ago) >= x.bottom(before) - near && x.open(ago) <= x.top(before) + near;
    });
    const goesOn = [2, 1].every((ago) => colour * (x.close(ago) - x.close(ago + 1)) > 0);
    const strikes = colour * (x.open(0) - x.close(1)) > 0 && colour * (x.close(0) - x.open(3)) < 0;
    return opensNear && goesOn && strikes && colour;
  }),
  pattern('concealing_baby_swallow', '숨긴 아기 제비', 'Concealing baby swallow', 14, (x) => {
    const areBlack = [3, 2, 1, 0].every((ago) => x.isBlack(ago));
    const areBare = [3, 2].every((ago) => x.hasNoUpperShadow(ago) && x.hasNoLowerShadow(ago));
    const dives = x.bodyGapsDown(2, 1) && x.upperShadow(1) > x.veryShortShadow(1) && x.high(1) > x.close(2);
    return areBlack && areBare && dives && x.high(0) > x.high(1) && x.low(0) < x.low(1) && 1;
  }),
  pattern('breakaway', '이탈형', 'Breakaway', 15, (x) => {
    const colour = x.colour(4);
    if (!x.hasLongBody(4) || x.colour(3) !== colour || x.colour(1) !== colour || x.colour(0) === colour) return false;
    const isApart = colour === 1 ? x.bodyGapsUp(4, 3) : x.bodyGapsDown(4, 3);
    const goesOn = [2, 1].every((ago) => {
      return colour * (x.high(ago) - x.high(ago + 1)) > 0 && colour * (x.low(ago) - x.low(ago + 1)) > 0;
    });
    const closesInGap = colour * (x.close(0) - x.open(3)) < 0 && colour * (x.close(0) - x.close(4)) > 0;
    return isApart && goesOn && closesInGap && x.colour(0);
  }),
  pattern('ladder_bottom', '사다리 바닥', 'Ladder bottom', 15, (x) => {
    const areBlack = [4, 3, 2, 1].every((ago) => x.isBlack(ago));
    const falls = [3, 2].every((ago) => x.open(ago) < x.open(ago + 1) && x.close(ago) < x.close(ago + 1));
    const turns = x.isWhite(0) && x.open(0) > x.open(1) && x.close(0) > x.high(1);
    return areBlack && falls && x.upperShadow(1) > x.veryShortShadow(1) && turns && 1;
  }),
  pattern('mat_hold', '매트 홀드', 'Mat hold', 16, (x) => {
    const isLong = x.isWhite(4) && x.hasLongBody(4);
    const areShort = [3, 2, 1].every((ago) => x.hasShortBody(ago)) && x.isBlack(3) && x.bodyGapsUp(4, 3);
    const floor = x.close(4) - x.body(4) * 0.5;
    const staysIn = [2, 1].every((ago) => x.bottom(ago) < x.close(4) && x.bottom(ago) > floor);
    const falls = x.top(2) < x.open(3) && x.top(1) < x.top(2);
    const breaksOut = x.isWhite(0) && x.open(0) > x.close(1) && x.close(0) > Math.max(x.high(3), x.high(2), x.high(1));
    return isLong && areShort && staysIn && falls && breaksOut && 1;
  }),
  pattern('rising_three_methods', '상승 삼법', 'Rising three methods', 16, threeMethods),
  pattern('falling_three_methods', '하락 삼법', 'Falling three methods', 16, threeMethods),
];

/** Both names mean one detector in the reference; the sign tells rising from falling. */
function threeMethods(x: Candles): number | false {
  const colour = x.colour(4);
  if (x.colour(0) !== colour || [3, 2, 1].some((ago) => x.colour(ago) === colour)) return false;
  const rests = [3, 2, 1].every((ago) => {
    return x.hasShortBody(ago) && x.bottom(ago) < x.high(4) && x.top(ago) > x.low(4);
  });
  const pullsBack = [2, 1].every((ago) => colour * (x.close(ago) - x.close(ago + 1)) < 0);
  const goesOn = colour * (x.open(0) - x.close(1)) > 0 && colour * (x.close(0) - x.close(4)) > 0;
  return x.hasLongBody(4) && x.hasLongBody(0) && rests && pullsBack && goesOn && colour;
}
