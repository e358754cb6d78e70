import { z } from 'zod';

/** First words of whoever connects: a role, and the token of this boot that proves it. */
export const hello = z.strictObject({
  role: z.enum(['supervisor', 'gateway', 'runner', 'server', 'cli', 'admin', 'watchdog']),
  token: z.string().min(16).max(256),
});

/**
 * A call. `id` is chosen by the caller and comes back in the answer. `key` names the request itself: a repeat over the
 * same or another connection carries the same one.
 */
export const request = z.strictObject({
  id: z.int().nonnegative(),
  method: z.string().max(64),
  params: z.unknown(),
  key: z.string().min(1).max(64).optional(),
});

const failure = z.strictObject({
  nextStep: z.enum(['retry-later', 'reconcile', 'halt', 'fix-configuration']),
  code: z.string(),
  message: z.string(),
});

/** What a listener sends: answers, events, the welcome and refusals; tried in this order, the frequent ones first. */
export const fromListener = z.union([
  z.strictObject({ id: z.int(), result: z.unknown() }),
  z.strictObject({ event: z.string(), data: z.unknown() }),
  z.strictObject({ id: z.int(), error: failure }),
  z.strictObject({ welcome: z.int() }),
  z.strictObject({ refused: failure }),
]);

export type Request = z.infer<typeof request>;
export type Failure = z.infer<typeof failure>;
export type FromListener = z.infer<typeof fromListener>;
