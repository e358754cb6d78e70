import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { StatusView } from '#link/views.ts';
import { post, type ApiFailure } from './api.ts';
import { useText } from './preferences.tsx';

/** Stops everything; the answer is the new status. */
export function useHalt(): UseMutationResult<StatusView, ApiFailure, void> {
  const text = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post('/api/halt', { reason: text.safety.reasonWeb }),
    onSuccess: (status) => client.setQueryData(['status'], status),
  });
}

/** Lets orders through again. */
export function useResume(): UseMutationResult<StatusView, ApiFailure, void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post('/api/resume', {}),
    onSuccess: (status) => client.setQueryData(['status'], status),
  });
}
