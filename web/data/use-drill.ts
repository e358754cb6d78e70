import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { DrillView } from '../../src/server/drill-view.ts';
import { get, post, type ApiFailure } from './api.ts';
import type { Answer } from './queries.ts';

const key = ['drill'];

/** Faults and clock of the simulated broker, asked again every two seconds. */
export function useDrill(): Answer<DrillView> {
  return useQuery({ queryKey: key, queryFn: () => get('/api/drill'), refetchInterval: 2_000 });
}

export interface DrillFault {
  readonly fault: string;
  readonly trId: string;
  readonly probability: number;
  readonly count: number | null;
}

type Change<V> = UseMutationResult<unknown, ApiFailure, V>;

/** Switches a fault on. */
export function useAddFault(): Change<DrillFault> {
  return useChange((fault) => post('/api/drill/faults', fault));
}

/** Switches one fault off by its number, or all with null. */
export function useClearFaults(): Change<number | null> {
  return useChange((id) => post('/api/drill/faults/clear', { id }));
}

export interface ClockChange {
  readonly speed?: number;
  readonly pause?: boolean;
  readonly step?: number;
}

/** Speed, pause and step of market time. */
export function useClockChange(): Change<ClockChange> {
  return useChange((change) => post('/api/drill/clock', change));
}

function useChange<V>(act: (value: V) => Promise<unknown>): Change<V> {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: key }) });
}
