import { useMutation, useQuery, type UseMutationResult } from '@tanstack/react-query';
import type { BacktestJob } from '#link/runner-api.ts';
import type { BacktestResultView } from '../../src/server/backtest-result-view.ts';
import { get, post, type ApiFailure } from './api.ts';
import type { Answer } from './queries.ts';

export interface BacktestRequest {
  readonly strategy: string;
  readonly symbols: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly cash: number;
  readonly overrides: Readonly<Record<string, number>>;
}

const askEveryMs = 500;

export function useStartBacktest(): UseMutationResult<BacktestJob, ApiFailure, BacktestRequest> {
  return useMutation({ mutationFn: (request) => post('/api/backtests', request) });
}

export function useCancelBacktest(): UseMutationResult<BacktestJob, ApiFailure, string> {
  return useMutation({ mutationFn: (id) => post('/api/backtests/:id/cancel', {}, { id }) });
}

/** The job, asked twice a second until it has ended. */
export function useBacktest(id: string | null): Answer<BacktestJob> {
  return useQuery({
    queryKey: ['backtest', id],
    queryFn: () => get('/api/backtests/:id', { id: id ?? '' }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? askEveryMs : false),
  });
}

export function useBacktestResult(id: string): Answer<BacktestResultView> {
  return useQuery({ queryKey: ['backtest-result', id], queryFn: () => get('/api/backtests/:id/result', { id }) });
}
