import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { StatusView } from '#link/views.ts';
import type { PostAnswers } from '../../src/server/answers.ts';
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

export type PreparedResume = PostAnswers['/api/resume/prepare'];

/** First step back: what happened since, and what the second step asks for. */
export function usePrepareResume(): UseMutationResult<PreparedResume, ApiFailure, void> {
  return useMutation({ mutationFn: () => post('/api/resume/prepare', {}) });
}

/** Second step, where the page may take it: lets orders through again. */
export function useResume(): UseMutationResult<
  StatusView,
  ApiFailure,
  { readonly code: string; readonly passphrase: string }
> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given) => post('/api/resume', given),
    onSuccess: (status) => client.setQueryData(['status'], status),
  });
}
