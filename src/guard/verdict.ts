import type { Approved } from './approved.ts';
import type { Check, Denial } from './denial.ts';

/** What the guard answers: every rule that ran, and either the approval or every reason against it. */
export type Verdict =
  | { readonly kind: 'approved'; readonly order: Approved; readonly checks: readonly Check[] }
  | { readonly kind: 'denied'; readonly denials: readonly Denial[]; readonly checks: readonly Check[] };
