import type { Context } from 'hono';
import type { FailureAnswer } from '../answers.ts';
import { refusal } from '../refusal.ts';
import type { Doorman } from './doorman.ts';

export type PassphraseCheck =
  { readonly kind: 'right' } | { readonly kind: 'wrong' } | { readonly kind: 'locked'; readonly waitMs: number };

/** Holds what was typed against the page's own passphrase; five wrong ones lock it, wherever they were typed. */
export async function checkPassphrase({ throttle, passphrase }: Doorman, typed: string): Promise<PassphraseCheck> {
  const waitMs = throttle.waitMs();
  if (waitMs > 0) return { kind: 'locked', waitMs };
  // Counted before the slow check: tries sent at the same moment must not slip past the limit.
  throttle.failed();
  if (!(await passphrase.matches(typed))) return { kind: 'wrong' };
  throttle.succeeded();
  return { kind: 'right' };
}

/** What the browser hears of a passphrase that did not open. */
export function passphraseRefusal(context: Context, check: Exclude<PassphraseCheck, { kind: 'right' }>): Response {
  if (check.kind === 'wrong') return refusal(context, 401, 'login.passphrase', 'This passphrase is wrong');
  return throttled(context, check.waitMs);
}

/** Too many wrong tries: how long to wait. */
export function throttled(context: Context, waitMs: number): Response {
  const message = `Too many wrong tries: wait ${Math.ceil(waitMs / 1_000)} s`;
  const answer: FailureAnswer = { code: 'login.throttled', message, waitMs };
  context.header('retry-after', String(Math.ceil(waitMs / 1_000)));
  return context.json(answer, 429);
}
