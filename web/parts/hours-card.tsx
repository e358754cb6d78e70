import type { ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import { useStatus } from '../data/queries.ts';
import css from '../pages/safety.module.css';
import { grouped } from '../words/number.ts';
import { minuteClock } from '../words/seoul.ts';
import { Card } from './card.tsx';
import layout from './layout.module.css';
import { Panel } from './panel.tsx';

/** Nothing new is bought in the last five minutes of the session (threat-model §5). */
const entryWindowMs = 300_000;

/** When orders are taken today, and how far the journal has come. */
export function HoursCard(): ReactNode {
  const { safety, time } = useText();
  const query = useStatus();
  return (
    <Card title={safety.hours}>
      <Panel query={query} what="status">
        {({ session: { opensAt, closesAt }, journal }) => (
          <dl className={layout['dl']}>
            <dt>{safety.today}</dt>
            <dd>
              <b>
                {opensAt === null ? '' : minuteClock(opensAt)}–{closesAt === null ? '' : minuteClock(closesAt)}
              </b>
            </dd>
            <dt>{safety.entry}</dt>
            <dd>{closesAt === null ? '–' : time.until(minuteClock(Date.parse(closesAt) - entryWindowMs))}</dd>
            <dt>{safety.records}</dt>
            <dd>{safety.recordsAt(grouped(journal.sequence))}</dd>
            <dt>{safety.newer}</dt>
            <dd className={css['hash']} title={journal.hash}>
              {journal.hash.slice(0, 12)}
            </dd>
          </dl>
        )}
      </Panel>
    </Card>
  );
}
