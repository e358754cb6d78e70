import type { BacktestTrade } from '../result.ts';
import { roundValues } from './chart-scale.ts';
import { coordinate } from './markup.ts';
import { wholeText } from './report-numbers.ts';

/** At most five lines across at round prices. */
export function priceLines(
  extent: { readonly low: number; readonly high: number },
  y: (price: number) => number,
  plotWidth: number,
): string {
  return roundValues(extent, 4)
    .map((price) => {
      const at = coordinate(y(price));
      return `<line class="c-grid" x1="0" x2="${plotWidth}" y1="${at}" y2="${at}"/><text x="${plotWidth + 8}" y="${coordinate(y(price) + 4)}">${wholeText(price)}</text>`;
    })
    .join('');
}

/** One candle: its centre, and prices. */
export interface Candle {
  readonly x: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Wicks and bodies, rising ones and falling ones as two paths each. */
export function candleBodies(candles: Iterable<Candle>, y: (price: number) => number, thick: number): string {
  const paths = { up: { wick: '', body: '' }, down: { wick: '', body: '' } };
  for (const { x, open, high, low, close } of candles) {
    const path = paths[close >= open ? 'up' : 'down'];
    const [from, to] = [y(Math.max(open, close)), y(Math.min(open, close))];
    path.wick += `M${x} ${coordinate(y(high))}V${coordinate(y(low))}`;
    path.body += `M${x - thick / 2} ${coordinate(from)}h${thick}v${coordinate(Math.max(1, to - from))}h-${thick}z`;
  }
  return (['up', 'down'] as const)
    .map(
      (kind) =>
        `<path class="k-wick k-${kind}" d="${paths[kind].wick}"/><path class="k-${kind}" d="${paths[kind].body}"/>`,
    )
    .join('');
}

/** How thick bodies are that stand `stride` apart. */
export function bodyWidth(stride: number): number {
  return Math.max(1, Math.min(12, Math.floor(stride * 0.66)));
}

/** A triangle at the edge of a candle, and how many shares unless it is bare. */
export function tradeMark({ side, quantity }: BacktestTrade, x: number, edge: number, isBare = false): string {
  const isBuy = side === 'buy';
  const tip = coordinate(edge + (isBuy ? 5 : -5));
  const text = coordinate(edge + (isBuy ? 25 : -16));
  const triangle = `<path class="m-${side}" d="M${x} ${tip}l5 ${isBuy ? 8 : -8}h-10z"/>`;
  if (isBare) return triangle;
  return `${triangle}<text class="${isBuy ? 't-up' : 't-down'}" text-anchor="middle" x="${x}" y="${text}">${isBuy ? '+' : '−'}${wholeText(quantity)}</text>`;
}
