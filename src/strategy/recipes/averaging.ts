import type { InstrumentId } from '#domain/instrument.ts';
import { decimal, whole } from '#indicators/params.ts';
import type { AuthorContext } from '../author-context.ts';
import { defineStrategy } from '../define-strategy.ts';
import { percentText, wonText } from '../korean-number.ts';
import { defineRecipe } from './recipe.ts';

interface AveragingPlan {
  readonly parts: number;
  readonly budget: number;
  readonly take_profit: number;
  readonly chase: number;
}

/** Averaging down in the manner of 무한매수: a fortieth a day, all out at the target. */
export const averaging = defineRecipe({
  id: 'averaging',
  name: { ko: '무한매수식 분할 매수', en: 'Averaging in forty parts' },
  description: {
    ko: '종목마다 예산을 40칸으로 나눠요. 종가가 평균 단가보다 낮으면 한 칸, 평균보다 조금(5%) 위까지면 반 칸을 다음 장에 사요. 종가가 평균보다 10% 높으면 모두 팔아요. 종가를 보고 다음 장에 2% 안쪽 지정가를 내므로 LOC 주문과는 체결가가 달라요.',
    en: 'Divides a budget for each symbol into 40 parts. Buys one part while the close is at or below the average price, half a part up to 5 % above it, and sells everything when the close is 10 % above it. It looks at the close and orders a limit within 2 % for the next session, so fills differ from those of a limit-on-close order.',
  },
  risks: {
    ko: '손절이 없어요. 계속 내리는 종목에서는 예산을 모두 쓰고 큰 손실을 안은 채 기다리게 돼요. 레버리지 상품은 횡보만 해도 줄어들어요.',
    en: 'There is no stop. In a symbol that keeps falling the whole budget is spent and a large loss is carried, perhaps for ever. Leveraged products shrink even while the market moves sideways.',
  },
  params: {
    parts: whole(40, 2, 200),
    budget: whole(1_800_000, 100_000, 1_000_000_000),
    take_profit: decimal(0.1, 0.01, 1, 0.01),
    chase: decimal(0.05, 0, 0.5, 0.01),
  },
  symbols: ['069500'],
  build: ({ name, symbols }, plan) => {
    /** Instruments that reached their target and are not sold out, and those whose empty budget was told. */
    const leaving = new Set<InstrumentId>();
    const told = new Set<InstrumentId>();
    const strategy = defineStrategy({
      name,
      instruments: symbols,
      interval: '1d',
      warmUpBars: 1,
      onClose: (context, date) => {
        for (const instrument of strategy.instruments) {
          if (context.lastBar(instrument)?.date !== date || context.hasOpenOrder(instrument)) continue;
          if (context.shares(instrument) === 0) {
            leaving.delete(instrument);
            told.delete(instrument);
          }
          averageIn(context, instrument, { plan, leaving, told });
        }
      },
    });
    return strategy;
  },
});

function averageIn(
  context: AuthorContext,
  instrument: InstrumentId,
  {
    plan,
    leaving,
    told,
  }: { readonly plan: AveragingPlan; readonly leaving: Set<InstrumentId>; readonly told: Set<InstrumentId> },
): void {
  const close = context.lastBar(instrument)?.close ?? NaN;
  const held = context.position(instrument);
  const average = held?.averagePrice ?? NaN;
  if (close >= average * (1 + plan.take_profit)) leaving.add(instrument);
  if (held !== null && leaving.has(instrument)) {
    const gain = percentText(close / average - 1);
    context.sell(instrument, held.quantity, `목표: 종가 ${wonText(close)}, 평균 ${wonText(average)}에서 ${gain}.`);
    return;
  }
  const part = plan.budget / plan.parts;
  const cost = held === null ? 0 : held.quantity * average;
  const wanted = held === null || close <= average ? part : close <= average * (1 + plan.chase) ? part / 2 : 0;
  if (wanted === 0) return;
  const shares = context.sharesFor(instrument, Math.min(wanted, plan.budget - cost));
  if (shares > 0) {
    const used = Math.min(plan.parts, Math.round(cost / part) + 1);
    context.buy(instrument, shares, `${used}/${plan.parts}칸: 종가 ${wonText(close)}, ${wonText(wanted)}어치.`);
  } else if (!told.has(instrument)) {
    told.add(instrument);
    const left = wonText(Math.max(0, plan.budget - cost));
    context.log(instrument, `skip:no-budget 한 칸 ${wonText(part)}, 남은 예산 ${left}으로는 1주도 살 수 없어요.`);
  }
}
