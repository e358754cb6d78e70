import { limitNames, type Limits } from './limits.ts';
import { isCount } from './whole-number.ts';

/** Made here: frozen copies, looked through once. */
const settled = new WeakSet<Limits>();

/** A frozen copy, which the guard looks through now and not for every order: for backtests, which ask it millions of times. */
export function settledLimits(limits: Limits): Limits {
  const copy = Object.freeze({ ...limits });
  if (brokenLimits(copy) === 0) settled.add(copy);
  return copy;
}

/** How many limits are missing or cannot be a limit. */
export function brokenLimits(limits: Limits): number {
  if (settled.has(limits)) return 0;
  let broken = 0;
  for (const name of limitNames) if (!isCount(limits[name])) broken += 1;
  return broken;
}
