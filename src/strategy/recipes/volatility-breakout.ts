import type { InstrumentId } from '#domain/instrument.ts';
import { decimal, whole } from '#indicators/params.ts';
import type { AuthorContext } from '../author-context.ts';
import { defineStrategy } from '../define-strategy.ts';
import { indicator, type IndicatorUse } from '../indicator-use.ts';
import { wonText } from '../korean-number.ts';
import { defineRecipe } from './recipe.ts';

/** 변동성 돌파 on day bars, confirmed by the close. Williams, Long-Term Secrets to Short-Term Trading (1999), chapter 4. */
export const volatilityBreakout = defineRecipe({
  id: 'volatility-breakout',
  name: { ko: '변동성 돌파(종가 확인)', en: 'Volatility breakout, confirmed by the close' },
  description: {
    ko: '오늘 시가 + k × 어제 고저폭을 종가가 넘었고 종가가 이동평균 위면, 다음 장 시작에 사서 그다음 장 시작에 팔아요. 일봉으로는 장중 돌파 순간에 살 수 없어요. 그렇게 계산한 백테스트는 미래를 본 거예요. 장중에 사려면 examples/larry-williams를 분봉으로 돌려요.',
    en: "When the close passed today's open plus k times yesterday's range and lies above its moving average, buys at the next opening and sells at the one after. With day bars nobody can buy at the moment of the breakout: a backtest that does looks into the future. For entries within the day run examples/larry-williams on minute bars.",
  },
  risks: {
    ko: '거래가 잦아 수수료와 세금이 수익을 갉아먹어요. 밤사이 시가가 크게 벌어지면 그대로 손실이 돼요.',
    en: 'It trades often: fees and sell tax eat into what it earns. A gap over night is borne in full.',
  },
  params: {
    k: decimal(0.5, 0.1, 2, 0.05),
    trend: whole(5, 2, 200),
    weight: decimal(0.08, 0.01, 1, 0.01),
  },
  symbols: ['069500', '229200'],
  build: ({ name, symbols }, { k, trend, weight }) => {
    const average = indicator('sma', { period: trend });
    const strategy = defineStrategy({
      name,
      instruments: symbols,
      interval: '1d',
      indicators: [average],
      onClose: (context, date) => {
        for (const instrument of strategy.instruments) {
          if (context.lastBar(instrument)?.date !== date || context.hasOpenOrder(instrument)) continue;
          const held = context.shares(instrument);
          if (held > 0) context.sell(instrument, held, '산 다음 장이 시작되면 팔아요.');
          else enterOnBreakout(context, instrument, { k, weight, average });
        }
      },
    });
    return strategy;
  },
});

function enterOnBreakout(
  context: AuthorContext,
  instrument: InstrumentId,
  { k, weight, average }: { readonly k: number; readonly weight: number; readonly average: IndicatorUse<'sma'> },
): void {
  const [yesterday, today] = context.bars(instrument, 2);
  if (yesterday === undefined || today === undefined) return;
  const trigger = today.open + k * (yesterday.high - yesterday.low);
  if (yesterday.high === yesterday.low || !(today.close >= trigger)) return;
  if (!(today.close > context.indicator(average, instrument))) return;
  const shares = context.sharesFor(instrument, context.equity * weight);
  context.buy(instrument, shares, `변동성 돌파: 종가 ${wonText(today.close)}이 기준 ${wonText(trigger)} 이상이에요.`);
}
