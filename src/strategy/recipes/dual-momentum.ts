import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { decimal, whole } from '#indicators/params.ts';
import type { AuthorContext } from '../author-context.ts';
import { defineStrategy } from '../define-strategy.ts';
import { percentText } from '../korean-number.ts';
import { Rebalancer } from '../rebalancer.ts';
import { defineRecipe } from './recipe.ts';

/** Absolute and relative momentum. Antonacci, Dual Momentum Investing (2014), chapter 8. */
export const dualMomentum = defineRecipe({
  id: 'dual-momentum',
  name: { ko: '듀얼 모멘텀', en: 'Dual momentum' },
  description: {
    ko: '매달 마지막 거래일 종가에 지난 252거래일 수익률이 가장 높은 종목을 골라요(상대). 그 수익률이 기준(2%)보다 높을 때만 사고, 아니면 현금으로 남겨요(절대). 빠진 종목은 다음 장에 팔고, 판 돈이 들어오면 새 종목을 사요. 한도 때문에 며칠에 나눠 살 수 있어요.',
    en: 'At the close of the last session of a month it ranks the symbols by their return over 252 sessions (relative) and holds the best, if that return is above a hurdle of 2 % (absolute); otherwise cash. What fell out is sold in the next session, the new is bought when the money is there, over several days where a limit asks for it.',
  },
  risks: {
    ko: '한 달에 한 번만 보므로 급락을 그대로 맞아요. 추세가 자주 뒤집히는 해에는 비싸게 사고 싸게 파는 일이 되풀이돼요.',
    en: 'It looks once a month, so a crash within a month is borne in full. In years whose trends keep turning it buys high and sells low again and again.',
  },
  params: {
    lookback: whole(252, 5, 498),
    hurdle: decimal(0.02, -0.5, 1, 0.01),
    top: whole(1, 1, 10),
    exposure: decimal(0.18, 0.01, 1, 0.01),
  },
  symbols: ['069500', '229200', '091160'],
  build: ({ name, symbols }, plan) => {
    const targets = new Rebalancer();
    const strategy = defineStrategy({
      name,
      instruments: symbols,
      interval: '1d',
      timers: { month: { kind: 'month-last' } },
      warmUpBars: plan.lookback + 1,
      onTimer: (context) => targets.aim(choose(context, strategy.instruments, plan)),
      onClose: (context) => targets.work(context),
    });
    return strategy;
  },
});

interface Momentum {
  readonly lookback: number;
  readonly hurdle: number;
  readonly top: number;
  readonly exposure: number;
}

/** Weights of every instrument that has a return; ties keep the declared order. */
function choose(
  context: AuthorContext,
  instruments: readonly InstrumentId[],
  plan: Momentum,
): ReadonlyMap<InstrumentId, number> {
  const ranked = instruments
    .flatMap((instrument) => {
      const bars = context.bars(instrument, plan.lookback + 1);
      const [first, last] = [bars[0], bars.at(-1)];
      if (first === undefined || last === undefined || bars.length <= plan.lookback) return [];
      return [{ instrument, change: last.close / first.close - 1 }];
    })
    .toSorted((a, b) => b.change - a.change);
  for (const { instrument, change } of ranked) {
    context.log(instrument, `rank:momentum ${symbolOf(instrument)} ${plan.lookback}일 수익률 ${percentText(change)}.`);
  }
  const chosen = new Set(ranked.slice(0, plan.top).filter(({ change }) => change > plan.hurdle));
  return new Map(ranked.map((one) => [one.instrument, chosen.has(one) ? plan.exposure / plan.top : 0]));
}
