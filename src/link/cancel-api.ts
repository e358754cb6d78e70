import { z } from 'zod';
import type { Api } from './api.ts';
import { instant } from './views.ts';

const secretText = z.string().min(1).max(2_048);

/**
 * What it takes to list and cancel orders at a broker until `expiresAt`, and no longer. At KIS every call carries the
 * app key and its secret, so a lease holds them: it is handed over the owner's socket under the gateway's capability
 * alone, lives in memory alone, and cannot be asked back.
 */
export const cancelLease = z.strictObject({
  broker: z.string(),
  environment: z.enum(['paper', 'real']),
  rest: z.string(),
  webSocket: z.string(),
  appKey: secretText,
  appSecret: secretText,
  account: secretText,
  token: secretText,
  /** When the token ends, by the broker's clock. */
  expiresAt: instant,
  /** Another pace than the broker publishes, for a testbed; null keeps the published one. */
  callsPerSecond: z.number().positive().nullable(),
});

/** How a sweep ended. `verified`: a complete list of the broker shows nothing that may still fill. */
export const sweepView = z.strictObject({
  outcome: z.enum(['verified', 'still-open', 'not-listed', 'no-lease']),
  /** Orders that a list showed open; how many cancels the broker accepted. */
  found: z.int(),
  accepted: z.int(),
  left: z.int(),
  inquiries: z.int(),
  tookMs: z.number(),
  /** Why, where it is not verified; empty otherwise. */
  detail: z.string(),
});

/** What the cancel-only process answers. */
export const cancelApi = {
  methods: {
    /** Takes a lease over, in place of an earlier one. */
    arm: { params: cancelLease, result: z.strictObject({}), roles: ['gateway'] },
    /** Forgets the lease. */
    disarm: { params: z.strictObject({}), result: z.strictObject({}), roles: ['gateway'] },
    /** Cancels whatever is open at the broker and asks until its list is empty. */
    sweep: { params: z.strictObject({ reason: z.string().min(1).max(200) }), result: sweepView, roles: ['watchdog'] },
    /** Whether a lease is held, and a sign of life. */
    pulse: {
      params: z.strictObject({}),
      result: z.strictObject({ build: z.string(), isArmed: z.boolean() }),
      roles: ['watchdog'],
    },
  },
  events: {},
} as const satisfies Api;

export type CancelApi = typeof cancelApi;
export type CancelLease = z.infer<typeof cancelLease>;
export type SweepView = z.infer<typeof sweepView>;
