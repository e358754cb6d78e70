import { FixConfiguration } from '#domain/errors.ts';

/** Design §4: the security release of October 2026. */
const nodeWanted = [26, 12, 1] as const;

/**
 * Why real trading does not start: every condition of the threat model that is not met, in one sentence. Two of them
 * cannot be met by this version at all, so it always refuses.
 *
 * @param node such as `26.10.0`
 */
export function realRefusal(node: string): FixConfiguration {
  const missing = [
    ...(isOlder(node) ? [`Node ${nodeWanted.join('.')} or newer (this is ${node})`] : []),
    'arming with a passkey for one session (not built yet)',
    'an adapter that has spoken to the real host in a supervised trial (never done)',
  ];
  return new FixConfiguration(
    'gateway.real-not-ready',
    `Cannot start real trading: missing are ${missing.join('; ')}. Use --environment paper`,
  );
}

function isOlder(node: string): boolean {
  const found = node.split('.').map(Number);
  const different = nodeWanted.findIndex((wanted, index) => found[index] !== wanted);
  return different >= 0 && (found[different] ?? 0) < (nodeWanted[different] ?? 0);
}
