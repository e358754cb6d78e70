import { z } from 'zod';

/** The answers a person may give to `snowball testbed kis`; one JSON object on the entry's standard input. */
export const kisTestbedOptions = z.strictObject({
  restReal: z.number().int().min(0).max(65_535).default(9443),
  restPaper: z.number().int().min(0).max(65_535).default(29_443),
  wsReal: z.number().int().min(0).max(65_535).default(21_000),
  wsPaper: z.number().int().min(0).max(65_535).default(31_000),
  console: z.number().int().min(0).max(65_535).default(0),
  profile: z.enum(['legacy', '2025', '2026-09']).default('2026-09'),
  permissive: z.boolean().default(false),
  limits: z.boolean().default(false),
  session: z.enum(['clock', 'regular']).default('clock'),
  /** Business date, yyyy-mm-dd; the machine's day in Seoul if not given. */
  date: z.string().optional(),
  appKeyReal: z.string().length(36).optional(),
  appSecretReal: z.string().length(180).optional(),
  appKeyPaper: z.string().length(36).optional(),
  appSecretPaper: z.string().length(180).optional(),
  /** Eight digits, or ten with the product; the same number on both hosts. */
  account: z
    .string()
    .regex(/^\d{8}(-?\d{2})?$/)
    .optional(),
  htsId: z.string().min(1).max(12).optional(),
  cash: z.number().int().positive().default(10_000_000),
  seed: z.string().default('snowball'),
  /** Seconds between two token issues of a key. */
  tokenThrottleSeconds: z.number().min(0).max(3600).default(60),
  pingSeconds: z.number().min(0.1).max(600).default(20),
});

export type KisTestbedOptions = z.infer<typeof kisTestbedOptions>;
