import type { BarSeries } from '#domain/bar.ts';
import { instrumentId, type Instrument } from '#domain/instrument.ts';
import { listingOf } from '#markets/listings.ts';
import type { TargetStock } from '#strategy/target-stocks.ts';
import { say } from '#link/language.ts';
import type { BacktestBars } from './backtest-bars.ts';

/** Our table first; a code that it does not hold is taken for a KOSPI stock, and we say so. */
export function instrumentOf(symbol: string, targets: readonly TargetStock[], bars: BacktestBars): Instrument {
  const listed = listingOf(symbol);
  if (listed !== null) return listed;
  process.stderr.write(
    say(
      `${symbol}: 모르는 종목이라 코스피 주식으로 계산해요.\n`,
      `${symbol}: not in our table of listings, counted as a KOSPI stock.\n`,
    ),
  );
  const target = targets.find((one) => one.symbol === symbol);
  const name = bars.names.get(symbol) || target?.name || symbol;
  return { id: instrumentId(symbol), symbol, name, market: 'KOSPI', kind: 'stock', leverage: 1 };
}

/** Days that the bars lack are told, not filled: indicators would run across the hole. */
export function warnOfGaps(bars: BacktestBars, from: number, to: number): void {
  for (const { symbol, gaps } of bars.files) {
    const inside = gaps.filter((gap) => gap.to >= from && gap.from <= to);
    const sessions = inside.reduce((sum, gap) => sum + gap.sessions, 0);
    if (sessions === 0) continue;
    process.stderr.write(
      say(
        `${symbol}: 기간 안에 빠진 거래일이 ${sessions}일 있어요 (처음은 ${inside[0]?.from}).\n`,
        `${symbol}: ${sessions} sessions are missing in this range (the first is ${inside[0]?.from}).\n`,
      ),
    );
  }
}

/** The first day of any of them, yyyymmdd. */
export function firstDay(series: readonly BarSeries[]): number {
  return Math.min(...series.map((one) => one.date[0] ?? Infinity));
}

/** The last day of any of them. */
export function lastDay(series: readonly BarSeries[]): number {
  return Math.max(...series.map((one) => one.date.at(-1) ?? -Infinity));
}
