import type { ReactNode } from 'react';
import type { DrillView } from '../../src/server/drill-view.ts';
import { useText } from '../data/preferences.tsx';
import { useDrill } from '../data/use-drill.ts';
import { Card } from '../parts/card.tsx';
import { ClockCard } from '../parts/clock-card.tsx';
import { DrillForm } from '../parts/drill-form.tsx';
import { DrillList } from '../parts/drill-list.tsx';
import { PageHead } from '../parts/hero.tsx';
import layout from '../parts/layout.module.css';
import { Empty, Panel } from '../parts/panel.tsx';
import css from './system.module.css';

type Ready = Extract<DrillView, { state: 'ready' }>;

/** 시스템: in trial mode the faults of the simulated broker, and its clock. */
export function SystemPage(): ReactNode {
  const text = useText();
  const query = useDrill();
  return (
    <>
      <PageHead title={text.pages.system} meta={text.system.meta} />
      <Panel query={query} what="drill">
        {(view) => (view.state === 'ready' ? <Drill view={view} /> : <Absent />)}
      </Panel>
    </>
  );
}

function Drill({ view }: { readonly view: Ready }): ReactNode {
  const { system } = useText();
  return (
    <div className={layout['two']}>
      <div className={layout['stack']}>
        <Card title={system.drill}>
          <p className={css['intro']}>{system.drillSays}</p>
          <DrillForm known={view.known} />
        </Card>
        <DrillList active={view.active} known={view.known} />
      </div>
      <ClockCard clock={view.clock} />
    </div>
  );
}

function Absent(): ReactNode {
  const { system } = useText();
  return (
    <Card title={system.drill}>
      <Empty title={system.absent} says={system.absentSays} />
    </Card>
  );
}
