import type { ResearchStrategy } from '../research/research-strategy.ts';
import { sandboxCrew } from './sandbox-crew.ts';
import type { SweepAccount, SweepCrew } from './sweep-crew.ts';
import { threadCrew } from './sweep-pool.ts';

/** Sandboxes for a person's own code, threads for everything else. @param workers 1 or more */
export function researchCrew(strategy: ResearchStrategy, account: SweepAccount, workers: number): SweepCrew {
  const { subject, file, fixed } = strategy;
  if (subject.kind !== 'code' || file === null) return threadCrew(account, workers);
  const symbols = account.series.map(({ instrument }) => instrument.slice(4));
  return sandboxCrew(account, { file, use: { values: fixed, symbols } }, workers);
}
