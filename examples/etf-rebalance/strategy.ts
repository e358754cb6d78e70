import { instrumentId } from '#domain/instrument.ts';
import { decimal, whole } from '#indicators/params.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';
import { Rebalancer } from '#strategy/rebalancer.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { tunable } from '#strategy/tunable-strategy.ts';

/**
 * ETF 월간 리밸런싱 · Monthly rebalance of ETFs.
 *
 * 매달 첫 거래일 종가에 목표 비중을 정하고, 1%p 넘게 벗어난 것만 다음 장부터 맞춰요. 판 것이 체결되어야 그 돈으로 사요: 대금은
 * 이틀 뒤(T+2)에 들어오지만 다시 사는 데는 바로 쓸 수 있어요. 하루 한도에 걸리면 며칠에 나눠요.
 * At the close of a month's first session it aims at the weights and orders, from the next session on, what is off by more
 * than one point. A sale has to fill before its money buys: it settles two days later (T+2) and can be ordered with at once.
 */
/** Together small enough for one day under the starter's limits; what a limit stops is asked for again at the next close. */
const settings = { weights: { '069500': 0.08, '229200': 0.05, '091160': 0.05 }, bandBps: 100 };

export function etfRebalance({ weights, bandBps }: EtfRebalanceSettings = settings): Strategy {
  const targets = new Map(Object.entries(weights).map(([symbol, weight]) => [instrumentId(symbol), weight]));
  const rebalancer = new Rebalancer(bandBps);
  return defineStrategy({
    name: 'etf-rebalance',
    instruments: Object.keys(weights),
    interval: '1d',
    timers: { month: { kind: 'month-first' } },
    onTimer: () => rebalancer.aim(targets),
    onClose: (context) => rebalancer.work(context),
  });
}

interface EtfRebalanceSettings {
  /** Fractions of the equity by listing code; the rest stays cash. */
  readonly weights: Readonly<Record<string, number>>;
  /** Weights off by no more than this, in hundredths of a percent, are left alone. */
  readonly bandBps: number;
}

/** 비중끼리의 비율은 그대로 두고 `scale`로 크기를, `bandBps`로 그냥 두는 폭을 바꿔요. Proportions stay; size and band may change. */
export const strategy = tunable({
  params: { scale: decimal(1, 0.1, 5, 0.1), bandBps: whole(settings.bandBps, 0, 2_000) },
  make: ({ scale, bandBps }) => {
    const weights = Object.entries(settings.weights).map(([symbol, weight]) => [symbol, weight * scale] as const);
    return etfRebalance({ weights: Object.fromEntries(weights), bandBps });
  },
});
