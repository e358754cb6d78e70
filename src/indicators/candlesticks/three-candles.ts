import type { Candles } from './candles.ts';
import { pattern } from './pattern.ts';
import { engulfs } from './two-candles.ts';

export const threeCandles = [
  pattern('gap_side_by_side_white', '갭 나란히', 'Side-by-side white lines', 8, (x) => {
    const isUp = x.bodyGapsUp(2, 1) && x.bodyGapsUp(2, 0);
    const isDown = x.bodyGapsDown(2, 1) && x.bodyGapsDown(2, 0);
    const isLevel = Math.abs(x.body(0) - x.body(1)) <= x.near(1) && Math.abs(x.open(0) - x.open(1)) <= x.equal(1);
    return (isUp || isDown) && x.isWhite(1) && x.isWhite(0) && isLevel && (isUp ? 1 : -1);
  }),
  pattern('morning_star', '샛별형', 'Morning star', 13, (x) => isMorning(x) && x.hasNoLongBody(1) && 1),
  pattern('morning_doji_star', '샛별 도지', 'Morning doji star', 13, (x) => isMorning(x) && x.isDoji(1) && 1),
  pattern('evening_star', '저녁별형', 'Evening star', 13, (x) => isEvening(x) && x.hasNoLongBody(1) && -1),
  pattern('evening_doji_star', '저녁별 도지', 'Evening doji star', 13, (x) => isEvening(x) && x.isDoji(1) && -1),
  pattern('three_inside', '삼내형', 'Three inside', 13, (x) => {
    const isInside = x.hasLongBody(2) && x.hasNoLongBody(1) && x.top(1) < x.top(2) && x.bottom(1) > x.bottom(2);
    const isConfirmed = x.isWhite(2) ? x.isBlack(0) && x.close(0) < x.open(2) : x.isWhite(0) && x.close(0) > x.open(2);
    return isInside && isConfirmed && -x.colour(2);
  }),
  pattern('three_outside', '삼외형', 'Three outside', 3, (x) => {
    const isConfirmed = x.isWhite(1) ? x.close(0) > x.close(1) : x.close(0) < x.close(1);
    return engulfs(x, 2, 1) && isConfirmed && x.colour(1);
  }),
  pattern('abandoned_baby', '버려진 아기', 'Abandoned baby', 13, (x) => {
    if (!x.hasLongBody(2) || !x.isDoji(1) || !x.hasLongBody(0)) return false;
    const isTop = x.isWhite(2) && x.isBlack(0) && x.gapsUp(2, 1) && x.gapsDown(1, 0);
    const isBottom = x.isBlack(2) && x.isWhite(0) && x.gapsDown(2, 1) && x.gapsUp(1, 0);
    const [fall, rise] = [x.close(2) - x.body(2) * 0.3, x.close(2) + x.body(2) * 0.3];
    return ((isTop && x.close(0) < fall) || (isBottom && x.close(0) > rise)) && x.colour(0);
  }),
  pattern('tasuki_gap', '타스키 갭', 'Tasuki gap', 8, (x) => {
    const colour = x.colour(1);
    const isApart = colour === 1 ? x.bodyGapsUp(2, 1) : x.bodyGapsDown(2, 1);
    const opensInside = x.open(0) < x.top(1) && x.open(0) > x.bottom(1);
    const edge = colour === 1 ? x.top(2) : x.bottom(2);
    const closesInGap = colour * (x.close(0) - x.open(1)) < 0 && colour * (x.close(0) - edge) > 0;
    const isAsLong = Math.abs(x.body(1) - x.body(0)) < x.near(1);
    return isApart && x.colour(0) !== colour && opensInside && closesInGap && isAsLong && colour;
  }),
  pattern('upside_gap_two_crows', '갭업 두 까마귀', 'Upside gap two crows', 13, (x) => {
    const colours = x.isWhite(2) && x.hasLongBody(2) && x.isBlack(1) && x.hasNoLongBody(1) && x.isBlack(0);
    const isOver = x.bodyGapsUp(2, 1) && x.open(0) > x.open(1) && x.close(0) < x.close(1) && x.close(0) > x.close(2);
    return colours && isOver && -1;
  }),
  pattern('two_crows', '두 까마귀', 'Two crows', 13, (x) => {
    const colours = x.isWhite(2) && x.hasLongBody(2) && x.isBlack(1) && x.bodyGapsUp(2, 1) && x.isBlack(0);
    const opensInside = x.open(0) < x.open(1) && x.open(0) > x.close(1);
    return colours && opensInside && x.close(0) > x.open(2) && x.close(0) < x.close(2) && -1;
  }),
  pattern('unique_three_river', '독특한 삼강', 'Unique three river', 13, (x) => {
    const isLong = x.isBlack(2) && x.hasLongBody(2);
    const isInside = x.isBlack(1) && x.close(1) > x.close(2) && x.open(1) <= x.open(2) && x.low(1) < x.low(2);
    return isLong && isInside && x.isWhite(0) && x.hasShortBody(0) && x.open(0) > x.low(1) && 1;
  }),
  pattern('stick_sandwich', '스틱 샌드위치', 'Stick sandwich', 8, (x) => {
    const colours = x.isBlack(2) && x.isWhite(1) && x.isBlack(0);
    return colours && x.low(1) > x.close(2) && Math.abs(x.close(0) - x.close(2)) <= x.equal(2) && 1;
  }),
  pattern('tristar', '삼성', 'Tristar', 13, (x) => {
    const doji = x.dojiBody(2);
    if (x.body(2) > doji || x.body(1) > doji || x.body(0) > doji) return false;
    if (x.bodyGapsUp(2, 1) && x.top(0) < x.top(1)) return -1;
    return x.bodyGapsDown(2, 1) && x.bottom(0) > x.bottom(1) && 1;
  }),
  pattern('up_down_gap_three_methods', '갭 삼법', 'Gap three methods', 3, (x) => {
    if (x.colour(2) !== x.colour(1) || x.colour(1) === x.colour(0)) return false;
    const isApart = x.isWhite(2) ? x.bodyGapsUp(2, 1) : x.bodyGapsDown(2, 1);
    const opensInside = x.open(0) < x.top(1) && x.open(0) > x.bottom(1);
    const closesInside = x.close(0) < x.top(2) && x.close(0) > x.bottom(2);
    return isApart && opensInside && closesInside && x.colour(2);
  }),
];

/** A long black candle, a star below it, and a white one deep into the first. */
function isMorning(x: Candles): boolean {
  const isLong = x.isBlack(2) && x.hasLongBody(2);
  const returns = x.isWhite(0) && x.hasLongBody(0) && x.close(0) > x.close(2) + x.body(2) * 0.3;
  return isLong && x.bodyGapsDown(2, 1) && returns;
}

function isEvening(x: Candles): boolean {
  const isLong = x.isWhite(2) && x.hasLongBody(2);
  const returns = x.isBlack(0) && x.hasLongBody(0) && x.close(0) < x.close(2) - x.body(2) * 0.3;
  return isLong && x.bodyGapsUp(2, 1) && returns;
}
