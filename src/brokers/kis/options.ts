import type { Clock } from '#domain/clock.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';
import type { InstrumentId, InstrumentKind } from '#domain/instrument.ts';
import type { SlidingWindowOptions } from '#wire/sliding-window.ts';

import type { Credentials } from '../broker.ts';
import { isSimulator } from './is-simulator.ts';
import { callWindow, kisLimits, tokenIssueEveryMs } from './limits.ts';

/** Something a person should know about: no secret, no account number, no whole answer in it. */
export interface KisIncident {
  readonly kind:
    | 'unmapped-code'
    | 'unreadable-answer'
    /** Outside market hours and unreachable; told once until it answers again. `trId` is empty. */
    | 'maintenance'
    | 'unsupported-instrument'
    | 'registration-refused'
    | 'app-key-in-use'
    | 'undecryptable-notice'
    | 'unreadable-frame'
    | 'field-drift'
    /** A record has another number of fields than before, and can still be read. */
    | 'field-width'
    /** A message of the websocket that is no text, or too large to be taken. */
    | 'strange-message';
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
  /** Pause before another try after KIS said that the app key has a session already; its own pauses can be shorter. */
  readonly sessionInUseMs: number;
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
  /** Whether calls of one endpoint keep the distance that its table says. */
  readonly endpointSpacing: boolean;
}

export interface KisBrokerOptions {
  readonly environment: BrokerEnvironment;
  /** Base URL of the REST host, without a path. */
  readonly rest: string;
  readonly webSocket: string;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** The machine's time of day in milliseconds, which tells that it slept; that of this process when unsaid. */
  wallMs?(): number;
  /** From 0 up to but not including 1; for jitter only. */
  readonly random: () => number;
  /** Required to speak to a simulator of the real host on loopback; refused with a published host. */
  readonly simulated?: boolean;
  /**
   * What an instrument is, from a master file of the day; null for one that is not in it. KIS writes the code of an ETN
   * with a `Q` before it, and a listing code does not say that it is one. Absent: only the listings of this build know.
   */
  kindOf?(instrument: InstrumentId): InstrumentKind | null;
  onIncident?(incident: KisIncident): void;
  /** The `Date` header of an answer to a read, and when its question left, by `clock.elapsedMs()`. */
  onDate?(date: string, sentElapsedMs: number): void;
  readonly timeouts?: Partial<KisTimeouts>;
  /** Only downward from what KIS publishes, unless both hosts are on loopback. */
  readonly limits?: Partial<KisBudget>;
}

/** No wish makes a read try more often. */
const readAttemptsMax = 6;

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
  sessionInUseMs: 10_000,
};

export function timeoutsOf(options: KisBrokerOptions): KisTimeouts {
  return { ...timeoutDefaults, ...options.timeouts };
}

/**
 * A burst is taken from the sustained rate, so that burst and rate together never pass the published limit. Wishes for
 * more than KIS publishes count on loopback only; there, whoever goes faster than published keeps no distance between
 * calls of one endpoint either, unless it is said.
 */
export function budgetOf(options: KisBrokerOptions): KisBudget {
  const { callsPerSecond } = kisLimits[options.environment];
  const published = publishedBudget(callsPerSecond);
  const wanted = { ...published, ...options.limits };
  if (isSimulator(options)) {
    const isFaster = wanted.perSecond + wanted.burst > published.perSecond + published.burst;
    return { ...wanted, endpointSpacing: options.limits?.endpointSpacing ?? !isFaster };
  }
  const burst = Math.min(wanted.burst, published.burst);
  return {
    perSecond: Math.min(wanted.perSecond, burst > 1 ? callsPerSecond - burst : callsPerSecond),
    burst,
    readAttempts: Math.min(wanted.readAttempts, readAttemptsMax),
    pagesMax: Math.min(wanted.pagesMax, published.pagesMax),
    tokenIssueEveryMs: Math.max(wanted.tokenIssueEveryMs, tokenIssueEveryMs),
    endpointSpacing: true,
  };
}

/** What the other side sees in any second of its own clock, whatever the network does to our pace. */
export function windowOf(options: KisBrokerOptions): SlidingWindowOptions {
  const { perSecond, burst } = budgetOf(options);
  const calls = Math.max(1, Math.floor(perSecond + (burst > 1 ? burst : 0)));
  return { calls, ...callWindow };
}

function publishedBudget(callsPerSecond: number): KisBudget {
  const burst = callsPerSecond > 3 ? 3 : 1;
  return {
    perSecond: burst > 1 ? callsPerSecond - burst : callsPerSecond,
    burst,
    readAttempts: 3,
    pagesMax: 200,
    tokenIssueEveryMs,
    endpointSpacing: true,
  };
}
