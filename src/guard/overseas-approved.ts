import type { OverseasOrderRequest } from '#domain/overseas-order.ts';

declare const guardedAbroad: unique symbol;

/** A request for a US stock that the guard has let through. Another brand than `Approved`: neither stands for the other. */
export type ApprovedOverseas = OverseasOrderRequest & { readonly [guardedAbroad]: true };

const approvals = new WeakSet<object>();

/** Used by `decideOverseas()` and nothing else: the compiler cannot say so, a test that searches the sources does. */
export function approveOverseas(request: OverseasOrderRequest): ApprovedOverseas {
  const approved = Object.freeze({ ...request }) as ApprovedOverseas;
  approvals.add(approved);
  return approved;
}

/** False for anything that only looks like an approval: a cast, a copy, an `Approved` of a Korean order. */
export function isApprovedOverseas(request: object): boolean {
  return approvals.has(request);
}
