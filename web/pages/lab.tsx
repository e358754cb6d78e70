import { useState, type ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import { useDatasets } from '../data/queries.ts';
import { useBacktest, type BacktestRequest } from '../data/use-backtest.ts';
import { BacktestForm } from '../parts/backtest-form.tsx';
import { BacktestReport } from '../parts/backtest-report.tsx';
import { Card } from '../parts/card.tsx';
import { PageHead } from '../parts/hero.tsx';
import { Empty, Panel } from '../parts/panel.tsx';

/** 검증: conditions, progress, result. */
export function LabPage(): ReactNode {
  const text = useText();
  const datasets = useDatasets();
  const [jobId, setJobId] = useState<string | null>(null);
  const [request, setRequest] = useState<BacktestRequest | null>(null);
  const [isEditing, setEditing] = useState(true);
  const job = useBacktest(jobId);
  const started = (id: string, asked: BacktestRequest): void => {
    setJobId(id);
    setRequest(asked);
    setEditing(false);
  };
  if (jobId !== null && job.data?.state === 'done' && !isEditing) {
    return <BacktestReport jobId={jobId} isSynthetic={job.data.isSynthetic} onChange={() => setEditing(true)} />;
  }
  return (
    <>
      <PageHead title={text.pages.lab} meta={text.lab.past} />
      <Card title={text.lab.start}>
        <Panel query={datasets} what="datasets" source="runner">
          {(data) =>
            data.length === 0 ? (
              <Empty title={text.lab.noData} says={text.lab.noDataSays} />
            ) : (
              <BacktestForm
                datasets={data}
                before={request}
                job={isEditing ? null : (job.data ?? null)}
                onStarted={started}
              />
            )
          }
        </Panel>
      </Card>
    </>
  );
}
