import { z } from 'zod';

/** A number, or one as the command line writes it. */
const port = z.coerce.number().int().min(0).max(65_535);

/** The answers a person may give to `snowball testbed kis`; one JSON object on the entry's standard input. */
export const kisTestbedOptions = z.strictObject({
  restReal: port.default(9443),
  restPaper: port.default(29_443),
  wsReal: port.default(21_000),
  wsPaper: port.default(31_000),
  console: port.default(0),
  /** TLS fronts before the REST hosts; none when neither is given. */
  tlsReal: port.optional(),
  tlsPaper: port.optional(),
  /** `auto` meets each client as it was written. @see brokers/kis/simulator/README.md */
  profile: z.enum(['auto', 'legacy', '2025', '2026-09']).default('auto'),
  permissive: z.boolean().default(false),
  limits: z.union([z.boolean(), z.enum(['on', 'off']).transform((word) => word === 'on')]).default(false),
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
  cash: z.coerce.number().int().positive().default(10_000_000),
  seed: z.string().default('snowball'),
  /** Market seconds per real second; more than 1 makes market time run away from the machine's. */
  speed: z.coerce.number().min(1).max(1000).default(1),
  /** A past market instead of a made-up one: recording, CSV file or folder, or bar store. */
  replay: z.string().min(1).optional(),
  /** First day of the replay, yyyy-mm-dd. */
  from: z.string().optional(),
  /** Codes to replay, with commas between; all if not given. */
  symbols: z
    .string()
    .regex(/^[0-9A-Z]{6}(,[0-9A-Z]{6})*$/)
    .optional(),
  /** New file for every print of the session. */
  record: z.string().min(1).optional(),
  /** Market time stands still until the console says otherwise. */
  paused: z.boolean().default(false),
  /** Seconds between two token issues of a key. */
  tokenThrottleSeconds: z.coerce.number().min(0).max(3600).default(60),
  pingSeconds: z.coerce.number().min(0.1).max(600).default(20),
});

export type KisTestbedOptions = z.infer<typeof kisTestbedOptions>;
