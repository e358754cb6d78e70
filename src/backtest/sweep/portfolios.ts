import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { SweepSubject } from './sweep.ts';

/**
 * The series that share an account in a sweep: rules look at one instrument, so each has a backtest and cash of its own;
 * recipes and code are one strategy over several, as `snowball backtest` runs them, so all share one.
 */
export function portfoliosOf(
  subject: Pick<SweepSubject, 'kind'>,
  series: readonly BarSeries[],
): readonly (readonly BarSeries[])[] {
  return isOnePortfolio(subject) ? [series] : series.map((one) => [one]);
}

export function isOnePortfolio({ kind }: Pick<SweepSubject, 'kind'>): boolean {
  return kind === 'recipe' || kind === 'code';
}

/** Its listing codes: `005930`, `005930+000660`. */
export function portfolioName(portfolio: readonly BarSeries[]): string {
  return portfolio.map(({ instrument }) => symbolOf(instrument)).join('+');
}
