import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { decimal, whole } from '#indicators/params.ts';
import type { AuthorContext } from '#strategy/author-context.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { tunable } from '#strategy/tunable-strategy.ts';

/**
 * 페어 트레이딩, 사기만 하는 방식 · Pairs, long only.
 *
 * 개인은 주식을 빌려 팔기 어려워서 두 종목 가운데 싼 쪽만 들고 있어요. 로그 가격비의 z값이 크게 벌어지면 싼 쪽으로 갈아타고,
 * 가운데로 돌아오면 팔아요. 시장 전체가 내리면 함께 잃어요. 짝을 지어 파는 쪽이 없으니까요.
 * Individuals can hardly sell short here, so it holds the cheaper leg alone: it switches when the z-score of the log ratio
 * is wide and leaves when it is back in the middle. Without a short leg it falls with the market.
 */
const settings = { first: '005930', second: '000660', lookback: 60, enter: 2, leave: 0.5, weight: 0.09 };

/** Days without trading that the look back reaches over. */
const haltsMax = 20;

export function pairs({ first, second, lookback, enter, leave, weight } = settings): Strategy {
  const [left, right] = [instrumentId(first), instrumentId(second)];
  /** The leg that we want; null for none. */
  let wanted: InstrumentId | null = null;
  return defineStrategy({
    name: 'pairs',
    instruments: [first, second],
    interval: '1d',
    warmUpBars: lookback + haltsMax,
    onClose(context, date) {
      const z = zScore(context, left, right, lookback);
      // Both legs must have traded today: half a pair says nothing.
      const isWhole = [left, right].every((leg) => context.lastBar(leg)?.date === date);
      if (z === null || !isWhole) return;
      // A high ratio means that the left leg is dear, so the right one is bought.
      if (z >= enter) wanted = right;
      else if (z <= -enter) wanted = left;
      else if (Math.abs(z) <= leave) wanted = null;
      hold(context, { legs: [left, right], wanted, weight, z });
    },
  });
}

/** `snowball optimise examples/pairs --grid lookback=20..120:10` · `--symbols`로 다른 짝도 골라요. */
export const strategy = tunable({
  symbols: [settings.first, settings.second],
  params: {
    lookback: whole(settings.lookback, 10, 400),
    enter: decimal(settings.enter, 0.5, 5, 0.25),
    leave: decimal(settings.leave, 0, 3, 0.25),
    weight: decimal(settings.weight, 0.01, 1, 0.01),
  },
  make: (values, [first = settings.first, second = settings.second]) => pairs({ first, second, ...values }),
});

function hold(
  context: AuthorContext,
  plan: {
    readonly legs: readonly InstrumentId[];
    readonly wanted: InstrumentId | null;
    readonly weight: number;
    readonly z: number;
  },
): void {
  const { legs, wanted, weight, z } = plan;
  const reason = `로그 가격비의 z값 ${z.toFixed(2)}`;
  for (const leg of legs) {
    if (context.hasOpenOrder(leg)) continue;
    const held = context.shares(leg);
    if (leg !== wanted && held > 0) context.sell(leg, held, `${reason}: 더 들고 있을 까닭이 없어요.`);
    if (leg === wanted && held === 0) {
      context.buy(leg, context.sharesFor(leg, context.equity * weight), `${reason}: 짝보다 싸요.`);
    }
  }
}

/** How many standard deviations the log ratio lies from its mean; null before there are enough bars, or when it never moved. */
function zScore(context: AuthorContext, left: InstrumentId, right: InstrumentId, lookback: number): number | null {
  // A leg may have been halted on some days: only days on which both traded are compared.
  const theirs = new Map(context.bars(right, lookback + haltsMax).map((bar) => [bar.date, bar.close]));
  const ratios = context
    .bars(left, lookback + haltsMax)
    .flatMap(({ date, close }) => (theirs.has(date) ? [Math.log(close / (theirs.get(date) ?? NaN))] : []))
    .slice(-lookback);
  if (ratios.length < lookback) return null;
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / lookback;
  const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / (lookback - 1);
  // Of rounding alone: a ratio that never moved has no score.
  if (!(variance > 1e-20)) return null;
  return ((ratios.at(-1) ?? NaN) - mean) / Math.sqrt(variance);
}
