import type { OrderRequest } from '#domain/order.ts';
import { approve } from './approved.ts';
import type { Check, Denial, DenialCode } from './denial.ts';
import { limitsFor } from './limit-overrides.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules.ts';
import type { GuardState } from './state.ts';
import { tallyOf, type Tally } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** The table as pairs, made once: it is walked for every order. */
const ruleList = (Object.entries(rules) as readonly (readonly [DenialCode, Rule])[]).map(([code, rule]) => ({
  code,
  rule,
}));

/**
 * The one way to an approval. Every rule runs, also after the first refusal, so that a screen can show how close each
 * limit was; one failed check denies.
 *
 * Never throws, whatever it is given: a rule that cannot answer counts as one that said no. The approval is made from
 * the copy that was checked, so nothing that happens to `request` later can change it.
 */
export function decide(request: OrderRequest, state: GuardState): Verdict {
  const facts = factsOf(request, state);
  const checks = ruleList.map(({ code, rule }) => run(code, rule, facts));
  const denials: Denial[] = [];
  for (const check of checks) if (!check.passed) denials.push(denialOf(check));
  if (facts === null || denials.length > 0) return { kind: 'denied', denials, checks };
  return { kind: 'approved', order: approve(facts.request), checks };
}

/**
 * What `decide()` would deny the request for, and no approval: for a backtest, whose orders must never reach a broker and
 * whose checks nobody looks at.
 */
export function denialsOf(request: OrderRequest, state: GuardState): readonly Denial[] {
  const facts = factsOf(request, state);
  let denials: Denial[] | null = null;
  for (const { code, rule } of ruleList) {
    const check = run(code, rule, facts);
    if (!check.passed) (denials ??= []).push(denialOf(check));
  }
  return denials ?? none;
}

const none: readonly Denial[] = [];

interface Facts {
  /** A copy, so that a getter or a later change cannot show the rules one order and the broker another. */
  readonly request: OrderRequest;
  /** With the limits that bind this request. */
  readonly state: GuardState;
  readonly tally: Tally;
}

/** What the rules compare; null when the request cannot be copied or the state not be read, and then none has an answer. */
function factsOf(original: OrderRequest, state: GuardState): Facts | null {
  try {
    const request = { ...original, requester: { ...original.requester } };
    const limits = limitsFor(request, state);
    const bound = limits === state.limits ? state : { ...state, limits };
    return { request, state: bound, tally: tallyOf(request, bound) };
  } catch {
    return null;
  }
}

/** Only garbage makes a rule throw. No answer means no (INV-11), with numbers that say that there are none. */
function run(code: DenialCode, rule: Rule, facts: Facts | null): Check {
  if (facts === null) return noAnswer(code);
  try {
    return rule(facts.request, facts.state, facts.tally);
  } catch {
    return noAnswer(code);
  }
}

function noAnswer(code: DenialCode): Check {
  return { code, actual: Number.NaN, limit: Number.NaN, unit: 'none', passed: false };
}

function denialOf({ code, actual, limit, unit }: Check): Denial {
  return { code, actual, limit, unit };
}
