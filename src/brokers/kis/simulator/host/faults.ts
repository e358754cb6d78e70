import { z } from 'zod';

import { randomFrom, type Random } from '../venue/random.ts';

/** Faults of an HTTP call, by the moment they strike. @see threat-model §14 */
export const callFaults = [
  /** The socket ends before the request is looked at: nothing exists. */
  'refuse-before-acceptance',
  /** Done, and never answered. */
  'accept-then-hang',
  /** Done, and the connection is reset. */
  'accept-then-reset',
  /** Done, answered after `delayMs`. */
  'accept-late',
  /** Done twice, answered once: a bug of the broker. */
  'accept-twice',
  /** HTTP 500 EGW00301, not done. */
  '500-before',
  /** HTTP 500 EGW00301, done. */
  '500-after',
  /** HTTP 500 with a page of HTML, not done · done. */
  'html-before',
  'html-after',
  /** HTTP 500 EGW00201, not done. */
  'rate-storm',
  /** HTTP 500 EGW00215, not done. */
  'ledger-storm',
  /** HTTP 500 EGW00123, not done. */
  'expired-token',
  /** Done, and the answer is cut in the middle of its JSON with a matching length. */
  'malformed-json',
  /** Done, and the connection ends before the announced length. */
  'truncated-body',
  /** Done, and the answer has no order number. */
  'missing-order-number',
  /** Done, and all number strings in the answer are numbers. */
  'numbers-unquoted',
  /** Done, and `rt_cd` stands twice, first as 1 and then as it was. */
  'duplicate-keys',
  /** Done, followed by 10 MB of spaces. */
  'huge-body',
  /** Not done: HTTP 302 to another loopback port. */
  'redirect',
  /** Done, and the text is UTF-16. */
  'wrong-charset',
  /** Orders younger than `delayMs` real milliseconds do not show in the daily list. */
  'visibility-delay',
  /** From page `page` of an inquiry on: HTTP 500 EGW00316. */
  'page-error',
  /** The rows of an inquiry come in reverse. */
  'rows-reordered',
  /** The order is taken and then refused by the exchange, told by notice. */
  'exchange-refusal',
  /** The quote stays as it was when the fault was switched on. */
  'stale-price',
  /** The quote's price is 0. */
  'zero-price',
] as const;

/** Faults of pushed frames. */
export const pushFaults = [
  'notice-duplicate',
  'notice-missing',
  'notice-late',
  /** Waits until the next notice has gone out. */
  'notice-reordered',
  'notice-undecryptable',
  'socket-drop',
] as const;

/** Body of `POST /faults`; `trId` is a TR id, `tokenP`, `revokeP`, `Approval`, `hashkey`, or `*`. */
export const faultRule = z.strictObject({
  trId: z.string().min(1).max(20),
  fault: z.enum([...callFaults, ...pushFaults]),
  probability: z.number().min(0).max(1).default(1),
  /** How often it may strike; null for ever. */
  count: z.number().int().positive().nullable().default(null),
  seed: z.union([z.string(), z.number()]).transform(String).default('0'),
  delayMs: z.number().int().min(0).max(60_000).default(1000),
  page: z.number().int().min(1).default(2),
});

export type FaultRule = z.infer<typeof faultRule>;
export type CallFault = (typeof callFaults)[number];
export type PushFault = (typeof pushFaults)[number];

/** What is switched on, with how often it has struck. */
export interface ActiveFault extends FaultRule {
  readonly struck: number;
}

const rulesMax = 200;

/** The faults that the console has switched on; at most 200. */
export class Faults {
  readonly #rules: { rule: FaultRule; random: Random; struck: number }[] = [];

  /** @throws {RangeError} beyond 200 rules */
  add(rule: FaultRule): void {
    if (this.#rules.length >= rulesMax) throw new RangeError(`No room for another fault: ${rulesMax} are switched on`);
    this.#rules.push({ rule, random: randomFrom(rule.seed), struck: 0 });
  }

  clear(): void {
    this.#rules.length = 0;
  }

  list(): readonly ActiveFault[] {
    return this.#rules.map(({ rule, struck }) => ({ ...rule, struck }));
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
      chosen = rule;
    }
    return chosen;
  }
}
