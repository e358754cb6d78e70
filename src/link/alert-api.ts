import { z } from 'zod';
import type { Api } from './api.ts';
import { instant } from './views.ts';

/** `a17-k3x9` where the gateway's record made it, `w-3fa2c1d0` where the watchdog did. */
const alertId = z.string().regex(/^[aw][0-9a-z]*-[0-9a-z]{1,12}$/);
const alertClass = z.enum(['critical', 'warning', 'notice']);
const channelName = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
const nothing = z.strictObject({});

/** What became of one alert in one channel. `detail` is a status or a short code, never an address. */
export const alertDelivery = z.strictObject({
  channel: channelName,
  outcome: z.enum(['delivered', 'failed']),
  detail: z.string().max(60),
  at: instant,
});

export const alertView = z.strictObject({
  id: alertId,
  class: alertClass,
  /** A row of `link/alert-codes.ts`, which has the sentences. */
  code: z.string().max(40),
  /** Market time. */
  at: instant,
  /** How often it happened while it was not acknowledged. */
  times: z.int().positive(),
  /** The head of the journal, for that code alone. */
  line: z.string().max(600).nullable(),
  acknowledged: z.strictObject({ by: z.string(), at: instant }).nullable(),
  deliveries: z.array(alertDelivery),
});

/** A way to the person, as the watchdog has it. */
export const alertChannelView = z.strictObject({
  name: channelName,
  kind: z.string().max(16),
  /** `down`: so many deliveries failed that it rests. */
  state: z.enum(['up', 'down']),
});

/** What the watchdog saw itself, told with its sign of life so that it stands beside the halt that comes with it. */
export const owedAlert = z.strictObject({ id: alertId, code: z.string().max(40) });

/** Alerts in the gateway: it keeps the record of them, the watchdog carries them outside. */
export const alertMethods = {
  /** Those that wait for a person, and the last others; oldest first, at most 60. */
  alerts: {
    params: nothing,
    result: z.strictObject({
      alerts: z.array(alertView),
      /** Critical ones that nobody acknowledged. */
      open: z.int(),
      /** As the watchdog said last; empty before it did. */
      channels: z.array(alertChannelView),
    }),
    roles: ['server', 'cli', 'admin'],
  },
  /** A person has seen it. */
  acknowledgeAlert: {
    params: z.strictObject({ id: alertId }),
    result: nothing,
    roles: ['server', 'cli', 'admin'],
    repeats: 'memory',
  },
  /** One notice through every channel; what became of it stands in its `deliveries`. */
  testAlerts: { params: nothing, result: z.strictObject({ id: alertId }), roles: ['cli'], repeats: 'memory' },
  /** What the watchdog has to send: alerts numbered above `after`, at most 30, and which of `open` are closed. */
  nextAlerts: {
    params: z.strictObject({
      after: z.int().nonnegative(),
      open: z.array(alertId).max(100),
      channels: z.array(alertChannelView).max(20),
    }),
    result: z.strictObject({
      environment: z.enum(['trial', 'paper', 'real']),
      /** How many alerts the record ever had. */
      count: z.int(),
      alerts: z.array(z.strictObject({ number: z.int(), alert: alertView })),
      closed: z.array(alertId),
    }),
    roles: ['watchdog'],
  },
  /** What became of an alert in a channel; told once for each outcome. */
  alertDelivered: {
    params: z.strictObject({ id: alertId, ...alertDelivery.omit({ at: true }).shape }),
    result: nothing,
    roles: ['watchdog'],
    repeats: 'memory',
  },
} as const satisfies Api['methods'];

export type AlertView = z.infer<typeof alertView>;
export type AlertDelivery = z.infer<typeof alertDelivery>;
export type AlertChannelView = z.infer<typeof alertChannelView>;
export type OwedAlert = z.infer<typeof owedAlert>;
