import type { Broker } from '#brokers/broker.ts';
import type { Environment } from '#domain/environment.ts';
import type { Tick } from '#domain/market-data.ts';
import type { Limits } from '#guard/limits.ts';
import type { Permits } from '#guard/permits.ts';
import type { Journal } from '#journal/journal.ts';
import type { BarGap } from './market/bar-gaps.ts';
import type { DeskOrder } from './desk/state.ts';
import type { GatewayClock } from './clock/gateway-clock.ts';
import type { SessionDoor } from './keys/session-door.ts';

export interface GatewayOptions {
  readonly environment: Environment;
  readonly build: string;
  readonly broker: Broker;
  readonly journal: Journal;
  readonly clock: GatewayClock;
  readonly limits?: Limits;
  /** Kinds of order that may go out; limit orders on KRX in the regular session when nothing is said. */
  readonly permits?: Permits;
  /** Where the broker's list of instruments is kept; it is not read when nothing is said. */
  readonly instrumentFile?: string;
  /** Real milliseconds; never below what the environment demands. */
  readonly quietWindowMs?: number;
  /** The last day on which grade C is borne in real trading; every limit stays whole when nothing is said. */
  readonly gradeCWaiverUntil?: Temporal.PlainDate | null;
  /** Whose silence stops new risk; nobody's when nothing is said. */
  readonly signsOfLife?: { readonly watchdog: boolean; readonly supervisor: boolean };
  readonly onOrder: (order: DeskOrder) => void;
  readonly onTick: (tick: Tick) => void;
  readonly onBarGap?: (gap: BarGap) => void;
  /** Refuses what the session window does not allow; unsaid where every hour is one of a session. */
  readonly door?: Pick<SessionDoor, 'passStrictly'>;
  readonly onStatus: () => void;
  /** A problem that is dealt with; for the log. */
  readonly onFault: (error: unknown) => void;
  /** Nothing may be sent any more: the process must end. */
  readonly onFatal: (error: unknown) => void;
}

/**
 * How long an order must stay invisible to be called absent: 30 s against a real broker and its paper host, and only
 * upward from there. The testbed shows an order at once unless a fault delays it, its money is fake, and a person who
 * tries Snowball out should not wait half a minute after each drill: 10 s, and for drills without such faults as little
 * as 2 s. The worst that a window too short does here is an order of ours called foreign, which halts.
 */
export const quietWindow: Readonly<Record<Environment, { readonly ms: number; readonly floorMs: number }>> = {
  trial: { ms: 10_000, floorMs: 2_000 },
  paper: { ms: 30_000, floorMs: 30_000 },
  real: { ms: 30_000, floorMs: 30_000 },
};
