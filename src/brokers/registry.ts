import { FixConfiguration } from '#domain/errors.ts';

import type { Broker } from './broker.ts';
import { createKisBroker, type KisBrokerOptions } from './kis/index.ts';

/** What it takes to open any broker. One so far; the next one makes this a union. */
export type BrokerOptions = KisBrokerOptions;

const brokers: Readonly<Record<string, (options: BrokerOptions) => Broker>> = {
  kis: createKisBroker,
};

/** Names that `openBroker` knows. */
export const brokerNames: readonly string[] = Object.keys(brokers);

/**
 * Opens a broker by the name of its folder. No connection is made until the first call.
 *
 * @throws {FixConfiguration} `brokers.unknown` and those of the broker
 */
export function openBroker(name: string, options: BrokerOptions): Broker {
  const open = Object.hasOwn(brokers, name) ? brokers[name] : undefined;
  if (open !== undefined) return open(options);
  throw new FixConfiguration(
    'brokers.unknown',
    `Cannot open broker "${name}": wanted one of ${brokerNames.join(', ')}`,
  );
}
