import { randomBytes } from 'node:crypto';

/**
 * Request ids of one strategy, `<strategy>-<nonce>-<counter>`, at most 64 characters. The nonce is 48 random bits made at
 * each start, so that no id comes back after a restart: the gateway would answer it with the old order.
 */
export function requestIds(strategy: string): () => string {
  const nonce = randomBytes(6).toString('hex');
  let counter = 0;
  return () => `${strategy}-${nonce}-${(counter += 1)}`;
}
