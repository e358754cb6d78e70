import { faultNames, faultOdds, type FaultName } from './fault-odds.ts';
import type { Random } from './random.ts';

/** Which faults a history knows, and how often each struck. */
export class FaultPlan {
  readonly struck = new Map<FaultName, number>();
  readonly #random: Random;
  readonly #enabled = new Set<FaultName>();
  #isHealed = false;

  /** About half of all faults, chosen by the seed; exactly `only` when it is given. */
  constructor(random: Random, only: readonly FaultName[] | null) {
    this.#random = random;
    for (const name of faultNames) {
      const isChosen = random.chance(0.5);
      if (only === null ? isChosen : only.includes(name)) this.#enabled.add(name);
    }
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.#isHealed = true;
  }

  has(name: FaultName): boolean {
    return this.#enabled.has(name) && !this.#isHealed;
  }

  /** True when the fault strikes here and now; counted. */
  strikes(name: FaultName): boolean {
    if (!this.has(name) || !this.#random.chance(faultOdds[name])) return false;
    this.struck.set(name, (this.struck.get(name) ?? 0) + 1);
    return true;
  }

  /** The first of `names` that strikes; null when none does. */
  firstOf<Name extends FaultName>(names: readonly Name[]): Name | null {
    for (const name of names) if (this.strikes(name)) return name;
    return null;
  }
}
