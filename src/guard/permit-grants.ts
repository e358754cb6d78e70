import { plainPermits, tightenPermits, type Permits } from './permits.ts';

/** A person let these kinds of order out, all of them together. Times are epoch milliseconds of the market's clock. */
export interface PermitGrant {
  readonly id: string;
  readonly permits: Permits;
  readonly atMs: number;
  readonly effectiveAtMs: number;
  readonly by: string;
}

/** A kind has no size of which twice could be asked for, so whatever is wider waits as long as the longest limit does. */
const widerDelayMs = 86_400_000;

/** What persons granted by `nowMs`; before the first grant, the plain permits of every installation. */
export function grantedPermits(grants: readonly PermitGrant[], nowMs: number): Permits {
  return grants.findLast((grant) => grant.effectiveAtMs <= nowMs)?.permits ?? plainPermits;
}

/**
 * What binds at `nowMs`: of what the file wishes, only what a person granted. What the file takes back is gone at once,
 * what it adds waits for a grant.
 */
export function permitsInForce(grants: readonly PermitGrant[], wish: Permits, nowMs: number): Permits {
  return tightenPermits(grantedPermits(grants, nowMs), wish);
}

/** How long a grant of `wish` waits, in milliseconds: 0 when it lets nothing more out than is granted, else a day. */
export function grantDelayMs(grants: readonly PermitGrant[], wish: Permits, nowMs: number): number {
  return isWider(wish, grantedPermits(grants, nowMs)) ? widerDelayMs : 0;
}

/** Whether `wish` lets out anything that `permits` does not. */
export function isWider(wish: Permits, permits: Permits): boolean {
  return (
    !wish.types.isSubsetOf(permits.types) ||
    !wish.sessions.isSubsetOf(permits.sessions) ||
    !wish.venues.isSubsetOf(permits.venues)
  );
}

/** One more grant. What was in force when it was made stays known, and whatever else waited is overtaken: two at the most. */
export function withGrant(grants: readonly PermitGrant[], grant: PermitGrant): readonly PermitGrant[] {
  const inForce = grants.findLast(({ effectiveAtMs }) => effectiveAtMs <= grant.atMs);
  return inForce === undefined ? [grant] : [inForce, grant];
}
