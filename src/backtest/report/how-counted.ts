import { ordinaryFills, type FillModel, type Slippage } from '../desk/fill-model.ts';
import type { BacktestResult } from '../result.ts';
import { dayText, wholeText } from './report-numbers.ts';
import type { ReportLanguage } from './report-texts.ts';

/** Plain sentences about what this result believed of its bars and prices, in the order in which they are read. */
export function howCounted(result: BacktestResult, language: ReportLanguage): readonly string[] {
  const fills = result.fills ?? ordinaryFills;
  const isMinutes = result.interval === '1m';
  const say = (ko: string, en: string): string => (language === 'ko' ? ko : en);
  return [
    isMinutes
      ? say(
          '1분이 끝나면 정하고, 다음 분부터 그날 끝까지 주문이 기다려요. 다음 분의 시가에, 불리하면 지정가에 닿을 때 체결했어요.',
          'Decided when a minute is over; an order waits from the next minute until the day ends, and fills at the open or, when that is worse than the limit price, where the price reaches it.',
        )
      : say(
          '하루가 끝난 뒤 정하고, 다음 날 시가에 체결했어요. 시가가 지정가보다 불리하면 그날 지정가에 닿을 때만 체결했어요.',
          'Decided after the close, filled at the next open; when the open was worse than the limit price, only if the day reached it.',
        ),
    say(
      `한 봉의 주문을 모두 더해 그 봉 거래량의 ${percentText(fills.volumeShareBps)}까지만 체결되고, 남은 주문은 그날로 끝나요.`,
      `All orders of one bar together take at most ${percentText(fills.volumeShareBps)} of its volume; what is left expires that day.`,
    ),
    slippageLine(fills.slippage, language),
    ...marketLines(fills, language),
    say(
      '실전과 같은 안전 점검을 거쳤고, 수수료와 결제일 기준 세금을 뺐어요.',
      'Every order passed the same safety check as live; fees and tax by settlement date are taken off.',
    ),
    priceLine(result, language),
    dividendLine(result, language),
    say('지나간 결과예요. 앞으로도 같으리라는 뜻은 아니에요.', 'This is the past. It does not promise the future.'),
  ];
}

function slippageLine(slippage: Slippage, language: ReportLanguage): string {
  const [ko, en] = slippageTexts(slippage);
  return language === 'ko' ? ko : en;
}

function slippageTexts(slippage: Slippage): readonly [ko: string, en: string] {
  switch (slippage.kind) {
    case 'none':
      return [
        '미끄러짐은 없다고 보았어요. 실제로는 더 비싸게 사고 더 싸게 팔 수 있어요.',
        'No slippage was assumed; real orders may buy dearer and sell cheaper.',
      ];
    case 'ticks':
      return [
        `바로 체결되는 주문은 ${slippage.ticks}호가씩 불리하게 체결했어요.`,
        `Orders that trade at once fill ${slippage.ticks} tick${slippage.ticks === 1 ? '' : 's'} worse.`,
      ];
    case 'bps':
      return [
        `바로 체결되는 주문은 값의 ${percentText(slippage.bps)}만큼 불리하게 체결했어요.`,
        `Orders that trade at once fill ${percentText(slippage.bps)} of the price worse.`,
      ];
    case 'spread':
      return [
        `바로 체결되는 주문은 호가 간격(값의 ${percentText(slippage.spreadBps)})의 ${percentText(slippage.shareBps)}만큼 불리하게 체결했어요.`,
        `Orders that trade at once fill worse by ${percentText(slippage.shareBps)} of a spread of ${percentText(slippage.spreadBps)} of the price.`,
      ];
    case 'impact':
      break;
  }
  return [
    `바로 체결되는 주문은 봉 거래량에서 차지하는 몫의 제곱근만큼 불리해지고, 거래량 전부라면 값의 ${percentText(slippage.bps)}예요.`,
    `Orders that trade at once fill worse by the square root of their share of the bar's volume, ${percentText(slippage.bps)} of the price at the whole of it.`,
  ];
}

/** Only what differs from the ordinary is said. */
function marketLines(fills: FillModel, language: ReportLanguage): readonly string[] {
  const lines: (readonly [ko: string, en: string])[] = [];
  if (fills.lots === 'market') {
    lines.push([
      '그날의 매매 단위로만 주문했어요. 단위에 모자라는 주문은 거절됐어요.',
      'Orders came in the lots of their day; what is none was rejected.',
    ]);
  }
  if (!fills.limitLock) {
    lines.push([
      '상한가나 하한가에 하루 종일 멈춘 날에도 체결된다고 보았어요.',
      'A market that stands at its price limit all bar long was taken to fill.',
    ]);
  }
  if (fills.volatilityInterruptions) {
    lines.push([
      '정적 변동성 완화장치(VI)가 걸리는 값에서 그 분의 체결을 멈췄어요.',
      'Static volatility interruptions stop the fills of their minute.',
    ]);
  }
  return lines.map(([ko, en]) => (language === 'ko' ? ko : en));
}

function priceLine({ adjusted, splits }: BacktestResult, language: ReportLanguage): string {
  const say = (ko: string, en: string): string => (language === 'ko' ? ko : en);
  if (adjusted !== undefined) {
    const { version, actions, knownBy } = adjusted;
    const [count, day] = [wholeText(actions), knownBy === undefined ? null : dayText(knownBy, true)];
    return say(
      `수정주가예요. 저장소의 분할·배당 기록 버전 ${version}에서 ${count}건을 반영했어요${day === null ? '' : ` (${day}까지 알려진 것)`}. 옛날 값은 그때의 호가 단위와 다를 수 있어요.`,
      `Prices are adjusted by ${count} of the store's corporate actions, version ${version}${day === null ? '' : `, as known by ${day}`}; old ones need not lie on the ticks of their day.`,
    );
  }
  if (splits !== undefined) {
    const count = wholeText(splits.length);
    return say(
      `수정하지 않은 값이에요. 분할 ${count}건은 가진 주식 수에 반영했어요.`,
      `Prices are as they were; ${count} splits changed the number of shares held.`,
    );
  }
  return say(
    '값은 받은 그대로 썼어요. 수정주가라면 옛날 값이 그때의 호가 단위와 다를 수 있어요.',
    'Prices are taken as the bars have them; adjusted ones need not lie on the ticks of their day.',
  );
}

function dividendLine({ adjusted, dividends }: BacktestResult, language: ReportLanguage): string {
  const say = (ko: string, en: string): string => (language === 'ko' ? ko : en);
  if (dividends !== undefined) {
    return say('배당은 지급일에 세금을 빼고 넣었어요.', 'Dividends are counted on their payment day, after tax.');
  }
  if (adjusted === undefined) return say('배당은 넣지 않았어요.', 'Dividends are not counted.');
  return say(
    '기록한 배당은 세금 없이 수정주가에 들어 있고, 돈으로는 넣지 않았어요.',
    'Recorded dividends are in the adjusted prices, before tax, and are not paid in cash.',
  );
}

/** Basis points as a percentage without needless zeros: 5 → `0.05%`. */
function percentText(bps: number): string {
  return `${Number((bps / 100).toFixed(4))}%`;
}
