import type { Candles } from './candles.ts';
import { pattern } from './pattern.ts';

export const twoCandles = [
  pattern('hammer', '망치형', 'Hammer', 12, (x) => isHammer(x) && x.bottom(0) <= x.low(1) + x.near(1) && 1),
  pattern('hanging_man', '교수형', 'Hanging man', 12, (x) => isHammer(x) && x.bottom(0) >= x.high(1) - x.near(1) && -1),
  pattern(
    'inverted_hammer',
    '역망치형',
    'Inverted hammer',
    12,
    (x) => isInvertedHammer(x) && x.bodyGapsDown(1, 0) && 1,
  ),
  pattern('shooting_star', '유성형', 'Shooting star', 12, (x) => isInvertedHammer(x) && x.bodyGapsUp(1, 0) && -1),
  pattern('engulfing', '장악형', 'Engulfing', 3, (x) => engulfs(x, 1, 0) && x.colour(0)),
  pattern('harami', '잉태형', 'Harami', 12, (x) => isPregnant(x) && x.hasNoLongBody(0) && -x.colour(1)),
  pattern('harami_cross', '잉태 십자형', 'Harami cross', 12, (x) => isPregnant(x) && x.isDoji(0) && -x.colour(1)),
  pattern('piercing', '관통형', 'Piercing', 12, (x) => {
    const colours = x.isBlack(1) && x.hasLongBody(1) && x.isWhite(0) && x.hasLongBody(0);
    return colours && x.open(0) < x.low(1) && x.close(0) < x.open(1) && x.close(0) > x.close(1) + x.body(1) * 0.5 && 1;
  }),
  pattern('dark_cloud_cover', '먹구름형', 'Dark cloud cover', 12, (x) => {
    const colours = x.isWhite(1) && x.hasLongBody(1) && x.isBlack(0);
    const closesDeep = x.close(0) > x.open(1) && x.close(0) < x.close(1) - x.body(1) * 0.5;
    return colours && x.open(0) > x.high(1) && closesDeep && -1;
  }),
  pattern('counterattack', '반격형', 'Counterattack', 12, (x) => {
    const isMet = Math.abs(x.close(0) - x.close(1)) <= x.equal(1);
    return x.colour(0) !== x.colour(1) && x.hasLongBody(1) && x.hasLongBody(0) && isMet && x.colour(0);
  }),
  pattern('on_neck', '목 위', 'On neck', 12, (x) => {
    return opensBelow(x) && Math.abs(x.close(0) - x.low(1)) <= x.equal(1) && -1;
  }),
  pattern('in_neck', '목 안', 'In neck', 12, (x) => {
    return opensBelow(x) && x.close(0) <= x.close(1) + x.equal(1) && x.close(0) >= x.close(1) && -1;
  }),
  pattern('thrusting', '밀어붙이기', 'Thrusting', 12, (x) => {
    const [near, deep] = [x.close(1) + x.equal(1), x.close(1) + x.body(1) * 0.5];
    return opensBelow(x) && x.close(0) > near && x.close(0) <= deep && -1;
  }),
  pattern('separating_lines', '분리선', 'Separating lines', 12, (x) => {
    const isParting = x.colour(0) !== x.colour(1) && Math.abs(x.open(0) - x.open(1)) <= x.equal(1);
    const isClean = x.isWhite(0) ? x.hasNoLowerShadow(0) : x.hasNoUpperShadow(0);
    return isParting && x.hasLongBody(0) && isClean && x.colour(0);
  }),
  pattern('kicking', '킥킹', 'Kicking', 12, (x) => isKicking(x) && x.colour(0)),
  pattern('kicking_by_length', '길이 기준 킥킹', 'Kicking by length', 12, (x) => {
    return isKicking(x) && x.colour(x.body(0) > x.body(1) ? 0 : 1);
  }),
  pattern('matching_low', '일치 저가', 'Matching low', 7, (x) => {
    return x.isBlack(1) && x.isBlack(0) && Math.abs(x.close(0) - x.close(1)) <= x.equal(1) && 1;
  }),
  pattern('homing_pigeon', '귀소비둘기', 'Homing pigeon', 12, (x) => {
    const colours = x.isBlack(1) && x.hasLongBody(1) && x.isBlack(0) && x.hasNoLongBody(0);
    return colours && x.open(0) < x.open(1) && x.close(0) > x.close(1) && 1;
  }),
  pattern('dojistar', '도지별', 'Doji star', 12, (x) => {
    const isApart = x.isWhite(1) ? x.bodyGapsUp(1, 0) : x.bodyGapsDown(1, 0);
    return x.hasLongBody(1) && x.isDoji(0) && isApart && -x.colour(1);
  }),
];

function isHammer(x: Candles): boolean {
  return x.hasShortBody(0) && x.hasLongLowerShadow(0) && x.hasNoUpperShadow(0);
}

function isInvertedHammer(x: Candles): boolean {
  return x.hasShortBody(0) && x.hasLongUpperShadow(0) && x.hasNoLowerShadow(0);
}

/** The body of `later` goes beyond that of `earlier`, of the other colour, on both sides. */
export function engulfs(x: Candles, earlier: number, later: number): boolean {
  if (x.colour(earlier) === x.colour(later)) return false;
  return x.top(later) > x.top(earlier) && x.bottom(later) < x.bottom(earlier);
}

/** A long body, and the current one strictly inside it. */
function isPregnant(x: Candles): boolean {
  return x.hasLongBody(1) && x.top(0) < x.top(1) && x.bottom(0) > x.bottom(1);
}

/** A long black candle, and a white one that opens below its low. */
function opensBelow(x: Candles): boolean {
  return x.isBlack(1) && x.hasLongBody(1) && x.isWhite(0) && x.open(0) < x.low(1);
}

function isKicking(x: Candles): boolean {
  const isBare = (ago: number): boolean => x.hasLongBody(ago) && x.hasNoUpperShadow(ago) && x.hasNoLowerShadow(ago);
  if (x.colour(0) === x.colour(1) || !isBare(1) || !isBare(0)) return false;
  return x.isBlack(1) ? x.gapsUp(1, 0) : x.gapsDown(1, 0);
}
