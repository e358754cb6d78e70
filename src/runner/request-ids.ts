import { randomBytes } from 'node:crypto';

/**
 * Request ids of one strategy, `<strategy>-<nonce>-<counter>`, at most 64 characters. The nonce is 48 random bits made at
 * each start, so that no id comes back after a restart: the gateway would answer it with the old order.
 */
export function requestIds(strategy: string): RequestIds {
  const prefix = `${strategy}-${randomBytes(6).toString('hex')}`;
  let counter = 0;
  return { prefix, next: () => `${prefix}-${(counter += 1)}` };
}

export interface RequestIds {
  /** What every id of this start begins with, before `-` and the counter. */
  readonly prefix: string;
  readonly next: () => string;
}
