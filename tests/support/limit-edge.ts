import type { OrderRequest } from '#domain/order.ts';
import type { DenialCode } from '#guard/denial.ts';
import type { GuardState } from '#guard/state.ts';
import { aRequest, aState, checkOf } from './guard-makers.ts';

/** One limit looked at one unit below, at, and one unit above: what is asked, and whether each of the three passes. */
export interface LimitEdge {
  readonly name: string;
  readonly code: DenialCode;
  readonly request?: Partial<OrderRequest>;
  readonly state: (step: -1 | 0 | 1) => Partial<GuardState>;
  readonly passes: readonly [below: boolean, at: boolean, above: boolean];
}

/** A most that may be reached. */
export const upTo = [true, true, false] as const;
/** A most that may not be reached. */
export const below = [true, false, false] as const;
/** A least that is enough. */
export const from = [false, true, true] as const;
/** A least that is not enough. */
export const above = [false, false, true] as const;

/** What `aRequest()` is worth, in won. */
export const requestValue = 700_000;

/** What the guard says of the limit one unit below, at, and one unit above. */
export function passesOf({ code, request, state }: LimitEdge): readonly boolean[] {
  return ([-1, 0, 1] as const).map((step) => checkOf(code, aRequest(request), aState(state(step))).passed);
}
