/**
 * What goes wrong in a history, and how often it strikes where it can: the rows of threat-model §14 that touch orders,
 * inquiries, notices, the market and the host. Each seed switches on about half of them, so that rare ones also meet
 * each other.
 */
const firstOdds = {
  // Placing, amending: at most one of these strikes a request.
  refuse: 0.08,
  'drop-before-acceptance': 0.1,
  'accept-then-hang': 0.12,
  'accept-then-reset': 0.08,
  'accept-late': 0.08,
  'accept-twice': 0.02,
  'status-500-before': 0.05,
  'status-500-after': 0.08,
  'rate-limit': 0.05,
  'expired-token': 0.03,
  'market-closed': 0.04,
  'malformed-answer': 0.05,
  'no-order-number': 0.05,
  'slow-answer': 0.1,
  'rejected-by-exchange': 0.04,
  // The broker's list.
  'late-visibility': 0.5,
  'page-error': 0.3,
  'pages-hardly-readable': 0.9,
  'stale-page': 0.15,
  'rows-reordered': 0.4,
  'rows-without-origin': 1,
  // Pushes.
  'push-missing': 0.2,
  'push-twice': 0.2,
  'push-late': 0.4,
  'push-before-answer': 0.3,
  'stream-gap': 0.3,
  // A person at another screen.
  'foreign-order': 0.25,
  'identical-manual-order': 0.25,
  'declared-manual-order': 0.3,
  // Cancels.
  'cancel-lost': 0.2,
  'cancel-hangs': 0.2,
  // The machine.
  crash: 0.8,
  'torn-write': 0.5,
  'slow-fsync': 0.1,
  suspend: 0.3,
  'clock-step-small': 0.3,
  'clock-step-large': 0.2,
  // What people and strategies do.
  'halt-by-person': 0.4,
  'asks-again': 0.2,
} as const;

/**
 * Faults that came later. They draw from random numbers of their own, so that a seed found before them still plays the
 * history that it was found with, where they are left out.
 */
const laterOdds = {
  // Pushes: a fill taken back by the exchange, one that cannot be decrypted, a process that reads too slowly.
  'fill-busted': 0.15,
  'undecryptable-notice': 0.2,
  'slow-consumer': 0.3,
  // The market. The prices among them strike where the real guard looks at it, in every fourth history.
  'price-stale': 0.4,
  'price-zero': 0.3,
  'price-negative': 0.3,
  'limit-lock': 0.3,
  'volatility-halt': 0.3,
  'symbol-change': 0.2,
  'odd-tick': 0.4,
  // The machine once more.
  'suspend-hours': 0.2,
  'sleep-before-sending': 0.02,
  'disk-full': 0.3,
  'disk-read-only': 0.15,
  'fsync-error': 0.25,
  'second-gateway': 0.4,
} as const;

export const faultOdds = { ...firstOdds, ...laterOdds } as const;

export type FaultName = keyof typeof faultOdds;

export const faultNames: readonly FaultName[] = Object.keys(faultOdds).filter(isFaultName);

/** True for a fault that draws from the second row of random numbers. */
export function isLater(name: FaultName): boolean {
  return Object.hasOwn(laterOdds, name);
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faultOdds, name);
}
