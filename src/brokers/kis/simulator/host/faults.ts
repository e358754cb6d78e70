import { z } from 'zod';

import { randomFrom, type Random } from '../venue/random.ts';
import { faultNames, faultsAt, meaningOf, type FaultName } from './fault-table.ts';

/** Faults of an HTTP call. */
export const callFaults = faultsAt('call');
/** Faults of an order notice, and of a frame of trades or books. */
export const pushFaults = faultsAt('notice');
export const feedFaults = faultsAt('feed');

/** What `trId` of a rule for the TLS front is: no TR id is known before the handshake. */
export const tlsFaultName = 'tls';

/** Body of `POST /faults`; `trId` is a TR id, `tokenP`, `revokeP`, `Approval`, `hashkey`, `tls`, or `*`. */
export const faultRule = z.strictObject({
  trId: z
    .string()
    .regex(/^(\*|\w{1,20})$/)
    .default('*'),
  fault: z.enum(faultNames),
  probability: z.number().min(0).max(1).default(1),
  /** How often it may strike; null for ever. */
  count: z.number().int().positive().nullable().default(null),
  seed: z
    .union([z.string().max(100), z.number()])
    .transform(String)
    .default('0'),
  /** Real milliseconds; of the clock's step, market milliseconds. */
  delayMs: z.number().int().min(0).max(60_000).default(1000),
  /** Page of an inquiry, or rows of a page. */
  page: z.number().int().min(1).max(1000).default(2),
});

export type FaultRule = z.infer<typeof faultRule>;
export type CallFault = FaultName;

/** What is switched on, with how often it has struck. `id` names the rule for as long as it is on. */
export interface ActiveFault extends FaultRule {
  readonly id: number;
  readonly struck: number;
}

const rulesMax = 200;

/** The faults that the console has switched on; at most 200. */
export class Faults {
  readonly #rules: { id: number; rule: FaultRule; random: Random; struck: number }[] = [];
  readonly #struckByFault = new Map<FaultName, number>();
  #lastId = 0;

  /** Returns the rule's number. @throws {RangeError} beyond 200 rules, and for a page error before the first page */
  add(rule: FaultRule): number {
    if (this.#rules.length >= rulesMax) throw new RangeError(`No room for another fault: ${rulesMax} are switched on`);
    const isTls = meaningOf(rule.fault).at.includes('tls');
    if (isTls && rule.trId !== '*' && rule.trId !== tlsFaultName) {
      throw new RangeError(`${rule.fault} strikes before any TR id is known: write "tls" or "*"`);
    }
    this.#lastId += 1;
    this.#rules.push({ id: this.#lastId, rule, random: randomFrom(rule.seed), struck: 0 });
    return this.#lastId;
  }

  /** Switches all off, or one of them; false when no rule has that number. */
  clear(id?: number): boolean {
    if (id === undefined) {
      this.#rules.length = 0;
      return true;
    }
    const index = this.#rules.findIndex((active) => active.id === id);
    if (index !== -1) this.#rules.splice(index, 1);
    return index !== -1;
  }

  list(): readonly ActiveFault[] {
    return this.#rules.map(({ id, rule, struck }) => ({ id, ...rule, struck }));
  }

  /** How often each fault has struck since the start, rules that are off again included. */
  tally(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#struckByFault);
  }

  /** The first rule that strikes this call or frame; each draw uses up one random number of every matching rule. */
  strike(trId: string, among: readonly string[], page = 1): FaultRule | null {
    let chosen: FaultRule | null = null;
    for (const active of this.#rules) {
      const { rule } = active;
      if (rule.trId !== '*' && rule.trId !== trId) continue;
      if (!among.includes(rule.fault) || (rule.fault === 'page-error' && page < rule.page)) continue;
      const isStruck = active.random.next() < rule.probability;
      if (!isStruck || chosen !== null || (rule.count !== null && active.struck >= rule.count)) continue;
      active.struck += 1;
      this.#struckByFault.set(rule.fault, (this.#struckByFault.get(rule.fault) ?? 0) + 1);
      chosen = rule;
    }
    return chosen;
  }
}
