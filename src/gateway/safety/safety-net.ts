import type { Boot } from '#link/boot.ts';
import { watchHaltFile } from '#link/halt-file.ts';
import { armStandby, leaseOf, type LeaseOptions } from './arm-standby.ts';
import type { Gateway } from '../gateway.ts';
import { PostureWatch } from './posture-watch.ts';

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

/** What works without the rest of the house: the file HALT, the second way to the broker, and a look at ourselves. */
export async function safetyNet({ boot, gateway, broker, onFault }: SafetyNetOptions): Promise<SafetyNet> {
  const haltFile = watchHaltFile(boot.home, (reason) => gateway.halt('file', reason));
  const posture = watchPosture(boot, gateway);
  const lease = () => leaseOf(broker);
  const standby = boot.options['standby'] === true ? await armStandby({ boot, lease, onFault }) : null;
  return {
    async close() {
      haltFile.stop();
      posture?.stop();
      await standby?.disarm();
    },
  };
}

/** Where the supervisor started us, which shut what it could; who starts a gateway by hand may look into it. */
function watchPosture({ options }: Boot, gateway: Gateway): PostureWatch | null {
  if (options['posture'] !== true) return null;
  const isSealed = options['sealed'] === true;
  return new PostureWatch({ isSealed, halt: (by, reason) => gateway.halt(by, reason) });
}

/** Whose silence stops new risk, as the supervisor says. */
export function signsOfLife({ options }: Boot): { readonly watchdog: boolean; readonly supervisor: boolean } {
  return { watchdog: options['watchdog'] === true, supervisor: options['pulse'] === true };
}
