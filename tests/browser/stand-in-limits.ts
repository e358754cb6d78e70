import { starter } from '#guard/limits.ts';
import type { LimitPolicyView } from '#link/limit-api.ts';
import { at } from './stand-in-data.ts';

const account = { scope: 'account', subject: '' } as const;

/** The starter's limits, one that a person tightened, and one that waits to be loosened. */
export const limitPolicy: LimitPolicyView = {
  profile: 'starter',
  rows: [
    ...Object.entries(starter).map(([name, value]) => ({ ...account, name, value: Number(value) })),
    { scope: 'strategy', subject: 'tutorial', name: 'orderValueMax', value: 500_000 },
  ],
  waiting: [{ ...account, name: 'ordersPerDayMax', value: 150, id: 'wish-1', effectiveAt: at('14:41:00'), by: 'web' }],
  haltedStrategies: [],
  isHalved: false,
  unlisted: [],
};
