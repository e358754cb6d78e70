import { say } from '#link/language.ts';
import type { ReplayedStrategy } from '#link/day-replay.ts';
import type { StrategyNews } from './day-replay.ts';

/** What a person reads of one strategy's replay, each line ended. */
export function replayLines(news: StrategyNews): string {
  const lines = news.kind === 'strategy' ? linesOf(news) : [`✖ ${news.strategy}  ${news.message} [${news.code}]`];
  return lines.map((line) => `${line}\n`).join('');
}

function linesOf(news: ReplayedStrategy): readonly string[] {
  const { strategy, difference, lines, orders, otherOrders, failure, isChanged, sha256 } = news;
  const isSame = difference === null && otherOrders.length === 0;
  const count = say(
    `결정 ${lines}줄, 주문 ${orders}건, 봉 ${news.bars}개`,
    `${lines} lines, ${orders} orders, ${news.bars} bars`,
  );
  const head = isSame
    ? `✔ ${strategy}  ${say('같아요', 'equal')}. ${count}. ${sha256.slice(0, 16)}…`
    : `✖ ${strategy}  ${say('달라요', 'differs')}. ${count}.`;
  return [
    head,
    ...(difference === null ? [] : differenceLines(difference)),
    ...otherOrders.map((id) => `  ${say('조건이 다른 주문', 'order with other terms')}: ${id}`),
    ...(failure === null
      ? []
      : [`  ${say('되짚는 동안 전략이 멈췄어요', 'the strategy ended in the replay')}: ${failure}`]),
    ...(isChanged ? [`  ${say('전략이나 설정이 그날과 달라요.', 'The strategy or its settings changed since.')}`] : []),
    ...barsAloneLines(news.byBarsAlone),
  ];
}

function differenceLines({ line, recorded, replayed }: NonNullable<ReplayedStrategy['difference']>): readonly string[] {
  const ended = say('(여기서 끝나요)', '(ends here)');
  return [
    `  ${say(`${line}번째 줄부터 달라요.`, `from line ${line} on:`)}`,
    `  ${say('그날', 'day   ')}: ${recorded ?? ended}`,
    `  ${say('지금', 'replay')}: ${replayed ?? ended}`,
  ];
}

function barsAloneLines(byBarsAlone: ReplayedStrategy['byBarsAlone']): readonly string[] {
  if (byBarsAlone === null) return [];
  const { difference } = byBarsAlone;
  if (difference === null)
    return [`  ${say('봉만 보는 검증도 똑같이 결정해요.', 'A backtest of the bars alone decides the same.')}`];
  return [
    `  ${say(
      `봉만 보는 검증은 ${difference}번째 줄부터 달라요. 봉 안의 체결 가격과 시각을 모르기 때문이에요.`,
      `A backtest of the bars alone differs from line ${difference} on: it knows no price or moment inside a bar.`,
    )}`,
  ];
}
