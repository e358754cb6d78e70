import { standard, starter, type Limits } from '#guard/limits.ts';

/** The guard's limits by the name of their profile, for those who cannot import the guard. */
export const limitProfiles = { starter, standard } as const satisfies Readonly<Record<string, Limits>>;

export type LimitProfile = keyof typeof limitProfiles;
