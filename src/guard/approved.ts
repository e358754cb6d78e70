import type { OrderRequest } from '#domain/order.ts';

declare const guarded: unique symbol;

/** A request that the guard has let through. Only the guard can make one, so nothing unapproved can reach a broker. */
export type Approved = OrderRequest & { readonly [guarded]: true };

const approvals = new WeakSet<object>();

/** Used by `decide()` and nothing else: the compiler cannot say so, a test that searches the sources does. */
export function approve(request: OrderRequest): Approved {
  const approved = Object.freeze({ ...request, requester: Object.freeze({ ...request.requester }) }) as Approved;
  approvals.add(approved);
  return approved;
}

/** False for anything that only looks like an approval: a cast, a copy, a message from another process. */
export function isApproved(request: object): boolean {
  return approvals.has(request);
}
