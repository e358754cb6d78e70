import type { Bar } from '#domain/bar.ts';
import { StreamingSma } from '#indicators/kernels/sma.ts';
import type { Wish } from './one-share-strategy.ts';

/** In when the average of 5 closes crosses above that of 20, out when it crosses below. */
export function crossWishes(): (bar: Bar) => Wish {
  const [quick, calm] = [new StreamingSma(5), new StreamingSma(20)];
  let [quickBefore, calmBefore] = [NaN, NaN];
  return ({ close }) => {
    const [fast, slow] = [quick.next(close), calm.next(close)];
    const isUp = quickBefore <= calmBefore && fast > slow;
    const isDown = quickBefore >= calmBefore && fast < slow;
    [quickBefore, calmBefore] = [fast, slow];
    return isUp ? 'in' : isDown ? 'out' : null;
  };
}
