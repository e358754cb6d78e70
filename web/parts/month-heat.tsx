import type { ReactNode } from 'react';
import type { BacktestResultView } from '../../src/server/backtest-result-view.ts';
import { useText } from '../data/preferences.tsx';
import css from '../pages/lab.module.css';
import { monthReturns } from '../words/month-returns.ts';
import { signedPercent } from '../words/number.ts';
import { toneOf } from './amount.tsx';
import { Card } from './card.tsx';
import { classes } from './classes.ts';
import tone from './tone.module.css';

/** Borders of the five tints, in percent (look/README §5). */
const thresholds = [0.6, 1.2, 2, 3] as const;

/** Every month's return as a tinted table. */
export function MonthHeat({ result }: { readonly result: BacktestResultView }): ReactNode {
  const { lab, time } = useText();
  const years = monthReturns(result.equity, result.initialCash);
  return (
    <Card title={lab.months} meta="%" isFlush>
      <div className={css['scroll']} tabIndex={0} role="group" aria-label={lab.monthsLabel}>
        <table className={css['heat']}>
          <thead>
            <tr>
              <th>
                <span className={tone['vh']}>{lab.year}</span>
              </th>
              {Array.from({ length: 12 }, (_, month) => (
                <th key={month} scope="col">
                  {time.month(month + 1)}
                </th>
              ))}
              <th scope="col">{lab.wholeYear}</th>
            </tr>
          </thead>
          <tbody>
            {years.map(({ year, months, whole }) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                {months.map((value, month) => (
                  <Cell key={month} value={value} />
                ))}
                <td className={classes(css['year'], toneOf(roundedTenth(whole)))}>{signedPercent(whole, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Cell({ value }: { readonly value: number | null }): ReactNode {
  const { lab } = useText();
  if (value === null) {
    return (
      <td className={css['cell']}>
        <span className={tone['vh']}>{lab.none}</span>
      </td>
    );
  }
  return <td className={classes(css['cell'], css[tintOf(value)])}>{signedPercent(value, 1).replace('%', '')}</td>;
}

function tintOf(value: number): string {
  const percent = roundedTenth(value);
  if (percent === 0) return 'zero';
  const step = thresholds.filter((threshold) => Math.abs(percent) > threshold).length + 1;
  return `${percent > 0 ? 'r' : 'f'}${step}`;
}

/** In percent, with one decimal: what is written decides the colour. */
function roundedTenth(value: number): number {
  return Math.round(value * 1_000) / 10;
}
