import { z } from 'zod';
import { isolationGrade } from './isolation-grade.ts';
import { instant, symbol } from './views.ts';

const scope = z.enum(['account', 'strategy', 'symbol']);

/** One limit that is set for somebody. `name` is the guard's own word for it. */
const limitRow = z.strictObject({
  scope,
  /** Strategy name or listing code; empty for the account. */
  subject: z.string(),
  name: z.string(),
  /** Won, shares, counts, basis points or milliseconds, as the name says. */
  value: z.number(),
});

/** What binds, what waits, and who is stopped. */
export const limitPolicyView = z.strictObject({
  profile: z.enum(['starter', 'standard']),
  /** All of the account's, then those that a strategy or a symbol has of its own. */
  rows: z.array(limitRow),
  /** Loosenings that are not in force yet; `profile` as a name has the multiple of the starter's amounts as value. */
  waiting: z.array(z.strictObject({ ...limitRow.shape, id: z.string(), effectiveAt: instant, by: z.string() })),
  haltedStrategies: z.array(
    z.strictObject({ strategy: z.string(), since: instant, by: z.string(), reason: z.string() }),
  ),
  /** Every value of the rows is half of what was set: strategies are held by grade C, or nobody said how. */
  isHalved: z.boolean(),
  /** Stocks that a person took off the list. */
  unlisted: z.array(symbol),
});

const permitSets = { types: z.array(z.string()), sessions: z.array(z.string()), venues: z.array(z.string()) };

/** Kinds of order: what may go out now, what the configuration wishes, and a grant that waits. */
export const permitsView = z.strictObject({
  inForce: z.strictObject(permitSets),
  wished: z.strictObject(permitSets),
  waiting: z.strictObject({ ...permitSets, effectiveAt: instant, by: z.string() }).nullable(),
});

/** One row of the table of threat-model §9, from what is in force now. */
export const blastRadiusRow = z.strictObject({
  id: z.string(),
  compromise: z.strictObject({ ko: z.string(), en: z.string() }),
  /** Won of new risk that it can take on; null when it is the whole account. */
  notional: z.number().nullable(),
  /** Won it can lose at once by trading as badly as the guard lets it. */
  atOnce: z.number().nullable(),
  /** Won of loss at which new risk ends for the day; null where nothing ends it. */
  haltedAt: z.number().nullable(),
  noticedWithinMs: z.number().nullable(),
  because: z.strictObject({ ko: z.string(), en: z.string() }),
});

const wish = z.strictObject({
  scope,
  subject: z.string().max(64),
  name: z.string().max(40),
  value: z.int().nonnegative(),
});
const strategy = z.string().min(1).max(64);
const nothing = z.strictObject({});
const people = ['server', 'cli', 'admin'] as const;
/** Lets more through, or something in: never by ops. */
const loosening = ['server', 'admin'] as const;

/** Limits, and what else a person decides about the guard. */
export const limitMethods = {
  limitPolicy: { params: nothing, result: limitPolicyView, roles: people },
  /** In force at once; refused when it would loosen. */
  tightenLimit: { params: wish, result: limitPolicyView, roles: people, repeats: 'memory' },
  /** Waits ten minutes up to twice of the last day's tightest value, a day beyond. */
  loosenLimit: { params: wish, result: limitPolicyView, roles: loosening, repeats: 'memory' },
  withdrawLimit: {
    params: z.strictObject({ id: z.string().max(64) }),
    result: limitPolicyView,
    roles: people,
    repeats: 'memory',
  },
  chooseProfile: {
    params: z.strictObject({ profile: z.enum(['starter', 'standard']) }),
    result: limitPolicyView,
    roles: loosening,
    repeats: 'memory',
  },
  /** What may go out, what the configuration wishes and what waits. */
  permits: { params: nothing, result: permitsView, roles: people },
  /** Grants what the configuration wishes: at once where it is less than before, a day later where it is more. */
  grantPermits: { params: nothing, result: permitsView, roles: loosening, repeats: 'memory' },
  /** On the list again; it is bought a day later. */
  listSymbol: { params: z.strictObject({ symbol }), result: limitPolicyView, roles: loosening, repeats: 'memory' },
  /** Off the list at once; what is held can still be sold. */
  unlistSymbol: { params: z.strictObject({ symbol }), result: limitPolicyView, roles: people, repeats: 'memory' },
  haltStrategy: {
    params: z.strictObject({ strategy, reason: z.string().min(1).max(200) }),
    result: limitPolicyView,
    roles: ['runner', ...people],
    repeats: 'memory',
  },
  resumeStrategy: {
    params: z.strictObject({ strategy }),
    result: limitPolicyView,
    roles: loosening,
    repeats: 'memory',
  },
  /** A person says that this refused order is meant: its like passes the rules about unusual orders once. */
  confirmOrder: {
    params: z.strictObject({ orderId: z.string() }),
    result: nothing,
    roles: loosening,
    repeats: 'memory',
  },
  /** The runner's sign of life for the strategies it runs, all of them each time, and how well it holds them now. */
  strategiesAlive: {
    params: z.strictObject({ strategies: z.array(strategy).max(200), isolation: isolationGrade.optional() }),
    result: nothing,
    roles: ['runner'],
  },
  blastRadius: { params: nothing, result: z.array(blastRadiusRow), roles: people },
} as const;

export type LimitPolicyView = z.infer<typeof limitPolicyView>;
export type PermitsView = z.infer<typeof permitsView>;
export type BlastRadiusRow = z.infer<typeof blastRadiusRow>;
