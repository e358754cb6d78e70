import { halved } from '#guard/halve-limits.ts';
import { limitsInForce, type LimitsInForce } from '#guard/limit-policy.ts';
import type { Limits } from '#guard/limits.ts';
import type { DeskState } from '../desk/state.ts';

/** What binds at a moment: the installation's limits with what people changed, halved where strategies are held by grade C. */
export function limitsAtGrade(
  { policy }: DeskState,
  base: Limits,
  nowMs: number,
  { isHalved }: { readonly isHalved: boolean },
): LimitsInForce {
  const whole = limitsInForce(policy.limits, base, nowMs);
  return isHalved ? halved(whole) : whole;
}
