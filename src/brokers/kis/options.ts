import type { Clock } from '#domain/clock.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';

import type { Credentials } from '../broker.ts';
import { kisLimits, tokenIssueEveryMs } from './limits.ts';

/** Something a person should know about: no secret, no account number, no whole answer in it. */
export interface KisIncident {
  readonly kind:
    | 'unmapped-code'
    | 'unreadable-answer'
    | 'unsupported-instrument'
    | 'registration-refused'
    | 'app-key-in-use'
    | 'undecryptable-notice'
    | 'unreadable-frame'
    | 'field-drift';
  readonly trId: string;
  readonly detail: string;
}

/** All in milliseconds of real time. */
export interface KisTimeouts {
  readonly connectMs: number;
  readonly totalMs: number;
  /** Longest wait for a turn in the rate budget. */
  readonly cancelWaitMs: number;
  readonly orderWaitMs: number;
  readonly queryWaitMs: number;
  /** Nothing is sent for so long after KIS said that we are too fast (EGW00201). */
  readonly tooFastPauseMs: number;
  /** Pause before a read is tried a second time; it doubles. */
  readonly retryBaseMs: number;
  /** All registrations of a new connection must be acknowledged within this. */
  readonly registrationMs: number;
  /** A websocket on which nothing arrives for so long, heartbeats included, is given up. */
  readonly silenceMs: number;
  readonly reconnectBaseMs: number;
}

export interface KisBudget {
  /** Sustained REST calls a second and calls at once; together they stay within the published limit of any second. */
  readonly perSecond: number;
  readonly burst: number;
  /** Tries of one read, the first included. */
  readonly readAttempts: number;
  /** Pages of one inquiry; one that is longer is incomplete. */
  readonly pagesMax: number;
  readonly tokenIssueEveryMs: number;
}

export interface KisBrokerOptions {
  readonly environment: BrokerEnvironment;
  /** Base URL of the REST host, without a path. */
  readonly rest: string;
  readonly webSocket: string;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** From 0 up to but not including 1; for jitter only. */
  readonly random: () => number;
  /** Required to speak to a simulator of the real host on loopback; refused with a published host. */
  readonly simulated?: boolean;
  onIncident?(incident: KisIncident): void;
  readonly timeouts?: Partial<KisTimeouts>;
  readonly limits?: Partial<KisBudget>;
}

const timeoutDefaults: KisTimeouts = {
  connectMs: 5_000,
  totalMs: 10_000,
  cancelWaitMs: 5_000,
  orderWaitMs: 3_000,
  queryWaitMs: 20_000,
  tooFastPauseMs: 1_000,
  retryBaseMs: 1_000,
  registrationMs: 5_000,
  silenceMs: 70_000,
  reconnectBaseMs: 1_000,
};

export function timeoutsOf(options: KisBrokerOptions): KisTimeouts {
  return { ...timeoutDefaults, ...options.timeouts };
}

/**
 * A burst is taken from the sustained rate, so that burst and rate together never pass the published limit. Where
 * there is no burst, a twentieth is left: two calls a second apart here can be less than a second apart there.
 */
export function budgetOf(options: KisBrokerOptions): KisBudget {
  const { callsPerSecond } = kisLimits[options.environment];
  const burst = callsPerSecond > 3 ? 3 : 1;
  return {
    perSecond: callsPerSecond > burst ? callsPerSecond - burst : callsPerSecond * 0.95,
    burst,
    readAttempts: 3,
    pagesMax: 200,
    tokenIssueEveryMs,
    ...options.limits,
  };
}
