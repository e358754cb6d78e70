import type { OrderRequest } from '#domain/order.ts';
import { approve } from './approved.ts';
import type { Check, Denial, DenialCode } from './denial.ts';
import { limitsFor } from './limit-overrides.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules.ts';
import type { GuardState } from './state.ts';
import type { Verdict } from './verdict.ts';

/** The table as pairs, made once: it is walked for every order. */
const ruleList = Object.entries(rules) as readonly (readonly [DenialCode, Rule])[];

/**
 * The one way to an approval. Every rule runs, also after the first refusal, so that a screen can show how close each
 * limit was; one failed check denies.
 *
 * Never throws, whatever it is given: a rule that cannot answer counts as one that said no. The approval is made from
 * the copy that was checked, so nothing that happens to `request` later can change it.
 */
export function decide(request: OrderRequest, state: GuardState): Verdict {
  const copy = copyOf(request);
  const bound = boundBy(copy, state);
  const checks = ruleList.map(([code, rule]) => run(code, rule, copy, bound));
  const denials = checks.filter((check) => !check.passed).map(denialOf);
  if (denials.length > 0) return { kind: 'denied', denials, checks };
  return { kind: 'approved', order: approve(copy), checks };
}

/** A request that cannot even be copied is passed on as it is; the rules fail on it one by one. */
function copyOf(request: OrderRequest): OrderRequest {
  try {
    return { ...request, requester: Object.freeze({ ...request.requester }) };
  } catch {
    return request;
  }
}

/** The state with the limits that bind this request; null when they cannot be read, and then no rule has an answer. */
function boundBy(request: OrderRequest, state: GuardState): GuardState | null {
  try {
    const limits = limitsFor(request, state);
    return limits === state.limits ? state : { ...state, limits };
  } catch {
    return null;
  }
}

/** Only garbage makes a rule throw. No answer means no (INV-11), with numbers that say that there are none. */
function run(code: DenialCode, rule: Rule, request: OrderRequest, state: GuardState | null): Check {
  try {
    return state === null ? noAnswer(code) : rule(request, state);
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
