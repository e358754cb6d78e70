import { faultNames, faultOdds, isLater, type FaultName } from './fault-odds.ts';
import type { Random } from '#domain/random.ts';

export interface FaultPlanOptions {
  readonly random: Random;
  /** For the faults that came later. */
  readonly later: Random;
  /** Exactly these faults; null lets the seed choose about half of all. */
  readonly only: readonly FaultName[] | null;
  /** False plays a history as it was before the later faults. */
  readonly hasLater: boolean;
}

/** Which faults a history knows, and how often each struck. */
export class FaultPlan {
  readonly struck = new Map<FaultName, number>();
  readonly #odds = new Map<FaultName, { readonly random: Random; readonly probability: number }>();
  #isHealed = false;

  constructor({ random, later, only, hasLater }: FaultPlanOptions) {
    for (const name of faultNames) {
      const source = isLater(name) ? later : random;
      const isChosen = source.chance(0.5) && (source === random || hasLater);
      if (only === null ? !isChosen : !only.includes(name)) continue;
      this.#odds.set(name, { random: source, probability: faultOdds[name] });
    }
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.#isHealed = true;
  }

  /** True when the fault strikes here and now; counted. */
  strikes(name: FaultName): boolean {
    if (this.#isHealed) return false;
    const odds = this.#odds.get(name);
    if (odds === undefined || !odds.random.chance(odds.probability)) return false;
    this.struck.set(name, (this.struck.get(name) ?? 0) + 1);
    return true;
  }

  /** The first of `names` that strikes; null when none does. */
  firstOf<Name extends FaultName>(names: readonly Name[]): Name | null {
    for (const name of names) if (this.strikes(name)) return name;
    return null;
  }
}
