import { pattern } from './pattern.ts';

/*
 * Rules by the definitions of TA-Lib, whose readiness and signs the file format takes over. None of them looks at the
 * trend before it.
 */

export const oneCandle = [
  pattern('doji', '도지', 'Doji', 11, (x) => x.isDoji(0) && 1),
  pattern('dragonfly_doji', '잠자리 도지', 'Dragonfly doji', 11, (x) => {
    return x.isDoji(0) && x.hasNoUpperShadow(0) && x.lowerShadow(0) > x.veryShortShadow(0) && 1;
  }),
  pattern('gravestone_doji', '비석 도지', 'Gravestone doji', 11, (x) => {
    return x.isDoji(0) && x.hasNoLowerShadow(0) && x.upperShadow(0) > x.veryShortShadow(0) && 1;
  }),
  pattern('long_legged_doji', '긴다리 도지', 'Long-legged doji', 11, (x) => {
    return x.isDoji(0) && (x.hasLongLowerShadow(0) || x.hasLongUpperShadow(0)) && 1;
  }),
  pattern('marubozu', '장대봉', 'Marubozu', 11, (x) => {
    return x.hasLongBody(0) && x.hasNoUpperShadow(0) && x.hasNoLowerShadow(0) && x.colour(0);
  }),
  pattern('closing_marubozu', '종가 장대봉', 'Closing marubozu', 11, (x) => {
    return x.hasLongBody(0) && (x.isWhite(0) ? x.hasNoUpperShadow(0) : x.hasNoLowerShadow(0)) && x.colour(0);
  }),
  pattern('spinning_top', '팽이형', 'Spinning top', 11, (x) => {
    return x.hasShortBody(0) && x.hasLongUpperShadow(0) && x.hasLongLowerShadow(0) && x.colour(0);
  }),
  pattern('belt_hold', '띠 잡기', 'Belt hold', 11, (x) => {
    return x.hasLongBody(0) && (x.isWhite(0) ? x.hasNoLowerShadow(0) : x.hasNoUpperShadow(0)) && x.colour(0);
  }),
  pattern('high_wave', '큰 파도', 'High wave', 11, (x) => {
    const isLong = (shadow: number): boolean => shadow > 2 * x.body(0);
    return x.hasShortBody(0) && isLong(x.upperShadow(0)) && isLong(x.lowerShadow(0)) && x.colour(0);
  }),
  pattern('rickshaw_man', '인력거꾼', 'Rickshaw man', 11, (x) => {
    const middle = x.low(0) + x.range(0) / 2;
    const hasLongLegs = x.hasLongLowerShadow(0) && x.hasLongUpperShadow(0);
    const isInTheMiddle = x.bottom(0) <= middle + x.near(0) && x.top(0) >= middle - x.near(0);
    return x.isDoji(0) && hasLongLegs && isInTheMiddle && 1;
  }),
];
