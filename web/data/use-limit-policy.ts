import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { LimitPolicyView } from '#link/limit-api.ts';
import { get, post, type ApiFailure } from './api.ts';
import type { Answer } from './queries.ts';

/** What a person asks one limit of the account to be. */
export interface LimitWish {
  readonly name: string;
  readonly value: number;
  /** True when it lets more through, which waits. */
  readonly isLooser: boolean;
}

/** What binds, what waits, and which strategies are stopped. */
export function useLimitPolicy(): Answer<LimitPolicyView> {
  return useQuery({ queryKey: ['limit-policy'], queryFn: () => get('/api/limit-policy'), refetchInterval: 5_000 });
}

/** Sets a limit; the answer is what binds now and what waits. */
export function useSetLimit(): UseMutationResult<LimitPolicyView, ApiFailure, LimitWish> {
  return useChange(({ name, value, isLooser }: LimitWish) => {
    const wish = { scope: 'account', subject: '', name, value };
    return isLooser ? post('/api/limits/loosen', wish) : post('/api/limits/tighten', wish);
  });
}

/** Takes back what waits. */
export function useWithdrawLimit(): UseMutationResult<LimitPolicyView, ApiFailure, string> {
  return useChange((id: string) => post('/api/limits/withdraw', { id }));
}

/** Puts a stock on the list of those that may be bought, or takes it off. */
export function useUniverse(): UseMutationResult<
  LimitPolicyView,
  ApiFailure,
  { readonly symbol: string; readonly isListed: boolean }
> {
  return useChange(({ symbol, isListed }: { readonly symbol: string; readonly isListed: boolean }) =>
    isListed ? post('/api/universe/list', { symbol }) : post('/api/universe/unlist', { symbol }),
  );
}

function useChange<Input>(
  change: (input: Input) => Promise<LimitPolicyView>,
): UseMutationResult<LimitPolicyView, ApiFailure, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (policy) => {
      client.setQueryData(['limit-policy'], policy);
      void client.invalidateQueries({ queryKey: ['limits'] });
    },
  });
}
