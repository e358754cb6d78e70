import type { Candles } from './candles.ts';
import { pattern } from './pattern.ts';

/** Three candles of one colour, one after the other. */
export const threeInARow = [
  pattern('three_white_soldiers', '적삼병', 'Three white soldiers', 13, (x) => {
    if (!isRising(x) || ![2, 1, 0].every((ago) => x.hasNoUpperShadow(ago))) return false;
    const keepsLength = [1, 0].every((ago) => x.body(ago) > x.body(ago + 1) - x.far(ago + 1));
    return opensInOrNear(x) && keepsLength && x.hasLongBody(0) && 1;
  }),
  pattern('three_black_crows', '흑삼병', 'Three black crows', 14, (x) => {
    const areBlack = [2, 1, 0].every((ago) => x.isBlack(ago) && x.hasNoLowerShadow(ago));
    const opensInside = [1, 0].every((ago) => x.open(ago) < x.open(ago + 1) && x.open(ago) > x.close(ago + 1));
    const falls = x.high(3) > x.close(2) && x.close(2) > x.close(1) && x.close(1) > x.close(0);
    return x.isWhite(3) && areBlack && opensInside && falls && -1;
  }),
  pattern('identical_three_crows', '동일 흑삼병', 'Identical three crows', 13, (x) => {
    const areBlack = [2, 1, 0].every((ago) => x.isBlack(ago) && x.hasNoLowerShadow(ago));
    const falls = x.close(2) > x.close(1) && x.close(1) > x.close(0);
    const opensEqual = [1, 0].every((ago) => Math.abs(x.open(ago) - x.close(ago + 1)) <= x.equal(ago + 1));
    return areBlack && falls && opensEqual && -1;
  }),
  pattern('three_stars_in_south', '남쪽 삼성', 'Three stars in the south', 13, (x) => {
    const areBlack = [2, 1, 0].every((ago) => x.isBlack(ago));
    const isLong = x.hasLongBody(2) && x.hasLongLowerShadow(2);
    const isSmaller = x.body(1) < x.body(2) && x.open(1) > x.close(2) && x.open(1) <= x.high(2);
    const holds = x.low(1) < x.close(2) && x.low(1) >= x.low(2) && x.lowerShadow(1) > x.veryShortShadow(1);
    const isBare = x.hasShortBody(0) && x.hasNoLowerShadow(0) && x.hasNoUpperShadow(0);
    return areBlack && isLong && isSmaller && holds && isBare && x.low(0) > x.low(1) && x.high(0) < x.high(1) && 1;
  }),
  pattern('advance_block', '진행 차단', 'Advance block', 13, (x) => {
    if (!isRising(x) || !opensInOrNear(x) || !x.hasLongBody(2)) return false;
    return x.upperShadow(2) < x.shortShadow(2) && isBlocked(x) && -1;
  }),
  pattern('stalled_pattern', '정체', 'Stalled pattern', 13, (x) => {
    const isLong = x.hasLongBody(2) && x.hasLongBody(1) && x.hasNoUpperShadow(1);
    const opensNear = x.open(1) > x.open(2) && x.open(1) <= x.close(2) + x.near(2);
    const rides = x.hasShortBody(0) && x.open(0) >= x.close(1) - x.body(0) - x.near(1);
    return isRising(x) && isLong && opensNear && rides && -1;
  }),
];

/** Three white candles, each closing higher. */
function isRising(x: Candles): boolean {
  return [2, 1, 0].every((ago) => x.isWhite(ago)) && x.close(0) > x.close(1) && x.close(1) > x.close(2);
}

function opensInOrNear(x: Candles): boolean {
  return [1, 0].every((ago) => x.open(ago) > x.open(ago + 1) && x.open(ago) <= x.close(ago + 1) + x.near(ago + 1));
}

/** The advance tires in one of four ways. */
function isBlocked(x: Candles): boolean {
  const [body0, body1, body2] = [x.body(0), x.body(1), x.body(2)];
  const shrinksAtOnce = body1 < body2 - x.far(2) && body0 < body1 + x.near(1);
  const shrinksLate = body0 < body1 - x.far(1);
  const hasShadows = x.upperShadow(0) > x.shortShadow(0) || x.upperShadow(1) > x.shortShadow(1);
  const shrinksSteadily = body0 < body1 && body1 < body2 && hasShadows;
  return shrinksAtOnce || shrinksLate || shrinksSteadily || (body0 < body1 && x.hasLongUpperShadow(0));
}
