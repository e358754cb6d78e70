import type { Boot } from '#link/boot.ts';
import { watchHaltFile } from '#link/halt-file.ts';
import { armStandby, leaseOf, type LeaseOptions } from './arm-standby.ts';
import type { Gateway } from './gateway.ts';

export interface SafetyNetOptions {
  readonly boot: Boot;
  readonly gateway: Gateway;
  /** What the cancel-only process is to be able to reach. */
  readonly broker: LeaseOptions;
  readonly onFault: (error: unknown) => void;
}

export interface SafetyNet {
  /** Before the gateway lets go of anything else: an end in order takes the lease back. */
  close(): Promise<void>;
}

/** What works without the rest of the house: the file HALT, and the second way to the broker. */
export async function safetyNet({ boot, gateway, broker, onFault }: SafetyNetOptions): Promise<SafetyNet> {
  const haltFile = watchHaltFile(boot.home, (reason) => gateway.halt('file', reason));
  const lease = () => leaseOf(broker);
  const standby = boot.options['standby'] === true ? await armStandby({ boot, lease, onFault }) : null;
  return {
    async close() {
      haltFile.stop();
      await standby?.disarm();
    },
  };
}

/** Whose silence stops new risk, as the supervisor says. */
export function signsOfLife({ options }: Boot): { readonly watchdog: boolean; readonly supervisor: boolean } {
  return { watchdog: options['watchdog'] === true, supervisor: options['pulse'] === true };
}
