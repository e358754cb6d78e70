import type { ReactNode } from 'react';
import type { BacktestResultView } from '../../src/server/backtest-result-view.ts';
import { useText } from '../data/preferences.tsx';
import { useNames } from '../data/queries.ts';
import css from '../pages/lab.module.css';
import { grouped } from '../words/number.ts';
import type { RoundTrip } from '../words/round-trips.ts';
import { shortDate } from '../words/seoul.ts';
import { Change } from './amount.tsx';
import { Card } from './card.tsx';

interface WhyCardProps {
  readonly result: BacktestResultView;
  readonly trip: RoundTrip;
}

/** One round trip told step by step: each execution with the sentence of its decision, and what came of it. */
export function WhyCard({ result, trip }: WhyCardProps): ReactNode {
  const { lab, unit } = useText();
  const name = useNames();
  const steps = result.trades.filter(
    ({ symbol, date }) => symbol === trip.symbol && date >= trip.boughtOn && date <= trip.soldOn,
  );
  return (
    <Card title={lab.why} meta={`${name(trip.symbol)} ${grouped(trip.quantity)}${unit.shares}`}>
      <ol className={css['reasons']} aria-live="polite">
        {steps.map((step) => (
          <li key={`${step.date} ${step.side} ${step.price}`}>
            <b>{step.reason}</b>
            <span>
              {lab.step(step.side, shortDate(step.date), grouped(step.quantity), grouped(step.price))}
              {step.side === 'sell' && (
                <>
                  {' '}
                  <Change value={step.profit} isPublic />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      <p className={css['small']}>{lab.whyMore}</p>
    </Card>
  );
}
