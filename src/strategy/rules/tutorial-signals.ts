import { decimalText, percentText, wonText } from '../korean-number.ts';
import type { TradingConfig } from '../trading-config.ts';
import type { Signal } from './signal.ts';
import type { TutorialReading } from './tutorial-indicators.ts';

/** The reason to buy on this bar, the cross before the rebound; null when there is none. */
export function entrySignal(reading: TutorialReading, config: TradingConfig): Signal | null {
  if (reading.isGoldenCross && reading.rsi < config.rsiOverbought) {
    const lines = `${config.maShort}봉 평균 ${wonText(reading.maShort)}이 ${config.maLong}봉 평균 ${wonText(reading.maLong)}`;
    return { code: 'golden-cross', sentence: `골든크로스: ${lines} 위로 올라왔어요. RSI ${decimalText(reading.rsi)}.` };
  }
  if (reading.close < reading.lower && reading.rsi < config.rsiOversold) {
    const prices = `종가 ${wonText(reading.close)}이 밴드 하단 ${wonText(reading.lower)}보다 낮아요.`;
    return { code: 'rebound', sentence: `과매도 반등: ${prices} RSI ${decimalText(reading.rsi)}.` };
  }
  return null;
}

/** The reason to sell what is held, the stop before all others; null when there is none. */
export function exitSignal(reading: TutorialReading, averagePrice: number, config: TradingConfig): Signal | null {
  const { close } = reading;
  // Asked of every bar on which something is held, and said on few: the words are made only when they are.
  const change = (): string =>
    `종가 ${wonText(close)}, 평균 ${wonText(averagePrice)} (${signed(close / averagePrice - 1)}).`;
  if (close <= averagePrice * (1 - config.stopLoss)) return { code: 'stop', sentence: `손절: ${change()}` };
  if (close >= averagePrice * (1 + config.takeProfit)) return { code: 'take', sentence: `익절: ${change()}` };
  if (reading.isDeadCross) {
    const lines = `${config.maShort}봉 평균 ${wonText(reading.maShort)}이 ${config.maLong}봉 평균 ${wonText(reading.maLong)}`;
    return { code: 'dead-cross', sentence: `데드크로스: ${lines} 아래로 내려갔어요.` };
  }
  if (reading.rsi > config.rsiOverbought && close > reading.upper) {
    const prices = `종가 ${wonText(close)}이 밴드 상단 ${wonText(reading.upper)}보다 높아요.`;
    return { code: 'overheated', sentence: `과열: ${prices} RSI ${decimalText(reading.rsi)}.` };
  }
  return null;
}

function signed(fraction: number): string {
  return fraction > 0 ? `+${percentText(fraction)}` : percentText(fraction);
}
