import type { FillModel, Slippage } from '#backtest/desk/fill-model.ts';
import { say } from '#link/language.ts';
import { counted } from '../terminal/numbers.ts';

/** What was believed of bars, in one line: of at most 80 columns unless somebody asks for four decimals. */
export function fillsLine({ slippage, volumeShareBps, lots }: FillModel): string {
  const share = percentText(volumeShareBps);
  const parts = [
    slippageText(slippage),
    say(`거래량 ${share}까지`, `volume cap ${share}`),
    ...(lots === 'market' ? [say('그날 매매 단위', "day's lots")] : []),
  ];
  return `${say('체결 가정', 'fills')}: ${parts.join(' · ')}`;
}

function slippageText(slippage: Slippage): string {
  switch (slippage.kind) {
    case 'none':
      return say('미끄러짐 없음', 'no slippage');
    case 'ticks':
      return say(`미끄러짐 ${slippage.ticks}호가`, `slippage ${counted(slippage.ticks, 'tick')}`);
    case 'bps':
      return say(`미끄러짐 ${slippage.bps}bp`, `slippage ${slippage.bps} bps`);
    case 'spread': {
      const share = percentText(slippage.shareBps);
      return say(
        `미끄러짐 간격 ${slippage.spreadBps}bp의 ${share}`,
        `slippage ${share} of a ${slippage.spreadBps} bps spread`,
      );
    }
    case 'impact':
      break;
  }
  return say(`미끄러짐 전량일 때 ${slippage.bps}bp`, `slippage ${slippage.bps} bps at all of the volume`);
}

/** Basis points as a percentage without needless zeros: 250 → `2.5%`. */
function percentText(bps: number): string {
  return `${Number((bps / 100).toFixed(2))}%`;
}
