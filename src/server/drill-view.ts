import { z } from 'zod';

/** Market time of the simulated broker. */
export const drillClock = z.object({ now: z.string(), speed: z.number(), paused: z.boolean() });

/** A fault that can be switched on, in words of both languages. */
export const knownFault = z.object({
  name: z.string(),
  layer: z.string(),
  at: z.array(z.string()),
  korean: z.string(),
  english: z.string(),
});

/** A fault that is on, with how often it has struck. */
export const activeFault = z.object({
  id: z.number(),
  trId: z.string(),
  fault: z.string(),
  probability: z.number(),
  count: z.number().nullable(),
  delayMs: z.number(),
  struck: z.number(),
});

/** What a person may switch on from the page: the fault, where, how often. */
export const drillFault = z.strictObject({
  fault: z.string().max(40),
  trId: z.string().regex(/^(\*|\w{1,20})$/),
  probability: z.number().min(0).max(1),
  count: z.int().positive().max(1_000_000).nullable(),
});

/** What a person may do to market time: its speed, stop it, move it ahead by seconds. */
export const drillClockChange = z.strictObject({
  speed: z.number().min(1).max(1_000).optional(),
  pause: z.boolean().optional(),
  step: z.int().positive().max(86_400).optional(),
});

export type DrillClock = z.infer<typeof drillClock>;
export type KnownFault = z.infer<typeof knownFault>;
export type ActiveFault = z.infer<typeof activeFault>;

/** Everything the card shows; `absent` where no simulated broker stands behind this house. */
export type DrillView =
  | { readonly state: 'absent' }
  | {
      readonly state: 'ready';
      readonly clock: DrillClock;
      readonly known: readonly KnownFault[];
      readonly active: readonly ActiveFault[];
    };
