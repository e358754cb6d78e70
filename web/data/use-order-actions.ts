import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { OrderView } from '#link/views.ts';
import type { PostAnswers } from '../../src/server/answers.ts';
import { post, type ApiFailure } from './api.ts';

type OrderAction<V> = UseMutationResult<OrderView, ApiFailure, V>;

/** Withdraws an open order. */
export function useCancel(): OrderAction<string> {
  return useOrderAction((id) => post('/api/orders/:id/cancel', {}, { id }));
}

/** Looks for an unknown order in the broker's records now. */
export function useFind(): OrderAction<string> {
  return useOrderAction((id) => post('/api/orders/:id/find', {}, { id }));
}

/** Says under which number the broker has an escalated order, or (null) that it has none. */
export function useSettle(): OrderAction<{ readonly orderId: string; readonly brokerOrderId: string | null }> {
  return useOrderAction(({ orderId, brokerOrderId }) =>
    post('/api/orders/:id/settle', { brokerOrderId }, { id: orderId }),
  );
}

/** Says that an order refused as unusual is meant. */
export function useConfirm(): UseMutationResult<unknown, ApiFailure, string> {
  return useMutation({ mutationFn: (id) => post('/api/orders/:id/confirm', {}, { id }) });
}

export interface Declaration {
  readonly requestId: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly brokerOrderId: string | null;
}

/** Says that an order made elsewhere is the person's own. */
export function useDeclare(): UseMutationResult<unknown, ApiFailure, Declaration> {
  return useMutation({ mutationFn: (declared) => post('/api/orders/declare', declared) });
}

export interface Amendment {
  readonly orderId: string;
  readonly price: number;
  readonly quantity: number;
}

/** Changes price and quantity of an open order. */
export function useAmend(): OrderAction<Amendment> {
  return useOrderAction(({ orderId, price, quantity }) =>
    post('/api/orders/:id/amend', { price, quantity }, { id: orderId }),
  );
}

export interface Ticket {
  readonly requestId: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly price: number;
}

/** Sends an order; never sent again by itself. */
export function useSubmit(): OrderAction<Ticket> {
  return useOrderAction((ticket) => post('/api/orders', ticket));
}

/** Withdraws every open order. */
export function useCancelAll(): UseMutationResult<PostAnswers['/api/orders/cancel-all'], ApiFailure, void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post('/api/orders/cancel-all', {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['orders'] }),
  });
}

function useOrderAction<V>(act: (value: V) => Promise<OrderView>): OrderAction<V> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    // Whatever the answer was, the list is asked again: an answer that got lost may still have done its work.
    onSettled: () => client.invalidateQueries({ queryKey: ['orders'] }),
  });
}
