import { Fragment, type ReactNode } from 'react';
import type { BacktestResultView } from '../../src/server/backtest-result-view.ts';
import { useText } from '../data/preferences.tsx';
import css from '../pages/lab.module.css';
import { signedPercent } from '../words/number.ts';
import { longDate } from '../words/seoul.ts';
import { Card } from './card.tsx';
import { classes } from './classes.ts';
import layout from './layout.module.css';

type Metrics = BacktestResultView['metrics'];

/** What was counted per day, per trade, against holding and in costs; a result of an earlier version has none of it. */
export function FigureGroups({ metrics }: { readonly metrics: Metrics }): ReactNode {
  const text = useText();
  const { lab } = text;
  const { perDay, perTrade, againstBenchmark: held, costs } = metrics;
  return (
    <>
      {perDay !== undefined && (
        <Figures
          title={lab.perDay}
          says={perDay.days === 0 ? undefined : lab.clock(longDate(perDay.from), longDate(perDay.to))}
          rows={[
            [lab.sortino, figure(perDay.sortino)],
            [lab.calmar, figure(perDay.calmar)],
            [lab.downside, percent(perDay.downsideDeviation)],
            [lab.underWater, perDay.longest === null ? '–' : lab.daysOf(perDay.longest.days)],
            [lab.bestDay, change(perDay.bestDay?.value)],
            [lab.worstDay, change(perDay.worstDay?.value)],
            [lab.worstMonth, change(perDay.worstMonth?.value)],
            [lab.tail, figure(perDay.tailRatio)],
          ]}
        />
      )}
      {perTrade !== undefined && (
        <Figures
          title={lab.perTrade}
          rows={[
            [lab.expectancy, perTrade.expectancy === null ? '–' : text.money.won(Math.round(perTrade.expectancy))],
            [lab.payoff, figure(perTrade.payoff)],
            [
              lab.holding,
              perTrade.averageHoldingDays === null ? '–' : lab.daysOf(Math.round(perTrade.averageHoldingDays)),
            ],
            [lab.streak, lab.times(perTrade.lossesInARow)],
          ]}
        />
      )}
      {held !== undefined && held !== null && (
        <Figures
          title={lab.againstHold}
          rows={[
            [lab.alpha, change(held.alpha)],
            [lab.beta, figure(held.beta)],
            [lab.information, figure(held.informationRatio)],
            [lab.tracking, percent(held.trackingError)],
          ]}
        />
      )}
      {costs !== undefined && (
        <Figures
          title={lab.costs}
          rows={[
            [lab.fees, text.money.won(costs.fees)],
            [lab.tax, text.money.won(costs.tax)],
            [lab.slippage, costs.slippage === null ? lab.notCounted : text.money.won(costs.slippage)],
          ]}
        />
      )}
    </>
  );
}

interface FiguresProps {
  readonly title: string;
  readonly says?: string | undefined;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

function Figures({ title, says, rows }: FiguresProps): ReactNode {
  return (
    <Card title={title}>
      <dl className={layout['dl']}>
        {rows.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {says !== undefined && <p className={classes(css['small'], css['clock'])}>{says}</p>}
    </Card>
  );
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(2).replace('-', '−');
}

function change(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : signedPercent(value);
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(2)}%`;
}
