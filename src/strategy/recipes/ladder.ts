import type { InstrumentId } from '#domain/instrument.ts';
import { decimal, whole } from '#indicators/params.ts';
import type { AuthorContext } from '../author-context.ts';
import { defineStrategy } from '../define-strategy.ts';
import { percentText, wonText } from '../korean-number.ts';
import { defineRecipe } from './recipe.ts';

interface LadderPlan {
  readonly rungs: number;
  readonly budget: number;
  readonly drop: number;
  readonly rise: number;
}

/** 분할매수·분할매도: one rung bought at each fall, one sold at each rise. */
export const ladder = defineRecipe({
  id: 'ladder',
  name: { ko: '분할매수·분할매도', en: 'Ladder in and out' },
  description: {
    ko: '종목마다 예산을 5칸으로 나눠 첫 칸을 바로 사요. 종가가 마지막 매매 때보다 5% 내릴 때마다 한 칸을 더 사고, 5% 오를 때마다(평균 단가보다 높을 때만) 한 칸을 팔아요. 다 팔고 나면 마지막 매도 종가보다 5% 내릴 때 다시 시작해요.',
    en: 'Divides a budget for each symbol into 5 rungs and buys the first at once. One more rung when the close is 5 % below that of the last trade; one rung sold when it is 5 % above it and above the average price. Once all is sold it begins again 5 % below the close of the last sale.',
  },
  risks: {
    ko: '손절이 없어요. 다섯 칸을 다 산 뒤에도 내리면 손실이 그대로 커져요. 한 방향으로 오르는 장에서는 일찍 팔아 수익이 작아요.',
    en: 'There is no stop: below the last rung the loss grows without anything being done. In a market that only rises it sells early and earns little.',
  },
  params: {
    rungs: whole(5, 2, 20),
    budget: whole(1_800_000, 100_000, 1_000_000_000),
    drop: decimal(0.05, 0.005, 0.5, 0.005),
    rise: decimal(0.05, 0.005, 0.5, 0.005),
  },
  symbols: ['069500'],
  build: ({ name, symbols }, plan) => {
    /** Close at which the last trade was decided; lost by a restart, when the average price takes its place. */
    const references = new Map<InstrumentId, number>();
    const deciding = new Map<InstrumentId, number>();
    const strategy = defineStrategy({
      name,
      instruments: symbols,
      interval: '1d',
      warmUpBars: 1,
      onClose: (context, date) => {
        for (const instrument of strategy.instruments) {
          const bar = context.lastBar(instrument);
          if (bar?.date !== date || context.hasOpenOrder(instrument)) continue;
          deciding.set(instrument, bar.close);
          const reference = references.get(instrument) ?? context.position(instrument)?.averagePrice ?? null;
          climb(context, instrument, { plan, close: bar.close, reference });
        }
      },
      onOrder: (_context, { instrument, filled }) => {
        const close = deciding.get(instrument);
        if (filled > 0 && close !== undefined) references.set(instrument, close);
      },
    });
    return strategy;
  },
});

function climb(
  context: AuthorContext,
  instrument: InstrumentId,
  { plan, close, reference }: { readonly plan: LadderPlan; readonly close: number; readonly reference: number | null },
): void {
  const held = context.position(instrument);
  const rung = plan.budget / plan.rungs;
  const cost = held === null ? 0 : held.quantity * held.averagePrice;
  // Whole shares leave a rung a little short, never long.
  const used = held === null ? 0 : Math.max(1, Math.round(cost / rung));
  if (reference === null || close <= reference * (1 - plan.drop)) {
    if (used < plan.rungs) buyRung({ context, instrument, rung, used, plan, close, reference });
    return;
  }
  if (held === null || close < reference * (1 + plan.rise) || close <= held.averagePrice) return;
  const shares = used === 1 ? held.quantity : Math.floor(held.quantity / used);
  const rose = percentText(close / reference - 1);
  context.sell(
    instrument,
    Math.max(1, shares),
    `${used}칸 가운데 1칸: 종가 ${wonText(close)}, 마지막 매매에서 +${rose}.`,
  );
}

function buyRung(now: {
  readonly context: AuthorContext;
  readonly instrument: InstrumentId;
  readonly rung: number;
  readonly used: number;
  readonly plan: LadderPlan;
  readonly close: number;
  readonly reference: number | null;
}): void {
  const { context, instrument, rung, used, plan, close, reference } = now;
  const shares = context.sharesFor(instrument, rung);
  const fell = reference === null ? '첫 칸' : `마지막 매매에서 ${percentText(close / reference - 1)}`;
  if (shares > 0) context.buy(instrument, shares, `${used + 1}/${plan.rungs}칸: 종가 ${wonText(close)}, ${fell}.`);
  else context.log(instrument, `skip:no-budget 한 칸 ${wonText(rung)}으로는 1주도 살 수 없어요.`);
}
