import type { Bar, BarInterval } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { decimal } from '#indicators/params.ts';
import type { AuthorContext } from '#strategy/author-context.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { tunable } from '#strategy/tunable-strategy.ts';

/**
 * 변동성 돌파 · Larry Williams' volatility breakout: in when the price passes today's open + k × yesterday's range, out at the
 * next open. Williams, Long-Term Secrets to Short-Term Trading (1999), chapter 4.
 *
 * 분봉(1m)에서는 기준을 넘은 1분봉이 닫히면 바로 사요. 일봉(1d)에서는 그 순간을 알 수 없어서, 종가가 기준을 넘은 날의 다음
 * 시가에 사요. 일봉의 고가로 "그때 샀다"고 치면 미래를 본 거예요: 고가가 나온 뒤 어디로 갔는지 일봉은 모르니까요.
 * On minute bars it buys after the minute that passed the trigger. Day bars do not tell that moment: there it buys at the
 * opening after a close above the trigger. Counting a day's high as an entry at the trigger would look into the future.
 */
interface LarryWilliamsSettings {
  readonly interval: BarInterval;
  readonly symbols: readonly string[];
  readonly k: number;
  /** Fraction of the equity that one entry may cost. */
  readonly weight: number;
}

const settings: LarryWilliamsSettings = { interval: '1d', symbols: ['069500', '229200'], k: 0.5, weight: 0.08 };

/** One instrument's day so far, and the range of the day before. */
interface Day {
  readonly date: number;
  readonly open: number;
  high: number;
  low: number;
  /** High less low of the day before; NaN while it is not known. */
  readonly rangeBefore: number;
  hasEntered: boolean;
}

export function larryWilliams({ interval, symbols, k, weight }: LarryWilliamsSettings = settings): Strategy {
  const days = new Map<InstrumentId, Day>();
  return defineStrategy({
    name: 'larry-williams',
    instruments: symbols,
    interval,
    // Two days of minutes; the session has 381.
    warmUpBars: interval === '1d' ? 2 : 500,
    onBar(context, bar) {
      if (bar.volume === 0) return;
      const isFirst = days.get(bar.instrument)?.date !== bar.date;
      const day = withBar(days.get(bar.instrument), bar);
      days.set(bar.instrument, day);
      if (bar.isWarmUp || context.hasOpenOrder(bar.instrument)) return;
      const held = context.shares(bar.instrument);
      if (held > 0 && isFirst) context.sell(bar.instrument, held, '산 다음 장이 열려서 팔아요.');
      else if (held === 0 && !day.hasEntered) enter(context, bar.instrument, { day, close: bar.close, k, weight });
    },
  });
}

/** `snowball optimise examples/larry-williams --grid k=0.3..0.9:0.1` */
export const strategy = tunable({
  symbols: settings.symbols,
  params: { k: decimal(settings.k, 0.1, 2, 0.05), weight: decimal(settings.weight, 0.01, 1, 0.01) },
  make: (values, symbols) => larryWilliams({ ...settings, ...values, symbols }),
});

/** A day of day bars is one bar, so `isFirst` is true at each close and the sale meets the next opening. */
function withBar(day: Day | undefined, bar: Bar): Day {
  if (day?.date === bar.date) {
    day.high = Math.max(day.high, bar.high);
    day.low = Math.min(day.low, bar.low);
    return day;
  }
  const rangeBefore = day === undefined ? NaN : day.high - day.low;
  return { date: bar.date, open: bar.open, high: bar.high, low: bar.low, rangeBefore, hasEntered: false };
}

function enter(
  context: AuthorContext,
  instrument: InstrumentId,
  now: { readonly day: Day; readonly close: number; readonly k: number; readonly weight: number },
): void {
  const { day, close, k, weight } = now;
  const trigger = day.open + k * day.rangeBefore;
  // NaN before the first whole day, and a day without range, never pass.
  if (!(day.rangeBefore > 0 && close >= trigger)) return;
  day.hasEntered = true;
  const reason = `변동성 돌파: 종가 ${close}원이 기준 ${Math.ceil(trigger)}원을 넘었어요.`;
  context.buy(instrument, context.sharesFor(instrument, context.equity * weight), reason);
}
