import type { BarSeries } from '#domain/bar.ts';
import { instrumentId, type Instrument } from '#domain/instrument.ts';
import { daysOfTwentyYears, madeUpBars } from '../harness/made-up-bars.ts';

export interface MadeUpMarket {
  readonly instruments: readonly Instrument[];
  readonly series: readonly BarSeries[];
}

/** So many stocks of twenty years, codes from 000001 on, each a walk of its own; stock n is the same in every market. */
export function madeUpMarket(count: number): MadeUpMarket {
  const instruments = madeUpInstruments(count);
  const series = instruments.map(({ id }, index): BarSeries => ({
    instrument: id,
    interval: '1d',
    ...madeUpBars(daysOfTwentyYears, index + 1),
  }));
  return { instruments, series };
}

export function madeUpInstruments(count: number): readonly Instrument[] {
  return Array.from({ length: count }, (_, index): Instrument => {
    const symbol = String(index + 1).padStart(6, '0');
    return { id: instrumentId(symbol), symbol, name: symbol, market: 'KOSPI', kind: 'stock', leverage: 1 };
  });
}
