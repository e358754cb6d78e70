import { FixConfiguration } from '#domain/errors.ts';
import type { Boot } from '#link/boot.ts';
import type { GatewayClock } from './gateway-clock.ts';
import { SystemClock } from './system-clock.ts';
import { TestbedClock } from './testbed-clock.ts';

/**
 * Trial runs on the testbed's virtual clock and nothing else does.
 *
 * @throws {FixConfiguration} `link.boot` in trial without a testbed
 */
export async function startClock(boot: Boot): Promise<{ readonly clock: GatewayClock; readonly stop: () => void }> {
  if (boot.environment !== 'trial') return { clock: new SystemClock(), stop: () => undefined };
  if (boot.testbed === null) throw new FixConfiguration('link.boot', 'Cannot start trial mode: there is no testbed');
  const clock = new TestbedClock(boot.testbed.console);
  await clock.start();
  return { clock, stop: () => clock.stop() };
}
