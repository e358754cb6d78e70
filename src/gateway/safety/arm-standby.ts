import { join } from 'node:path';
import type { Credentials } from '#brokers/broker.ts';
import { SnowballError } from '#domain/errors.ts';
import { cancelSocket, type Boot } from '#link/boot.ts';
import { cancelApi, type CancelApi, type CancelLease } from '#link/cancel-api.ts';
import { connect, type LinkClient } from '#link/client.ts';

export interface LeaseOptions {
  readonly credentials: Credentials;
  readonly rest: string;
  readonly webSocket: string;
  /** Null keeps what the broker publishes. */
  readonly callsPerSecond: number | null;
}

export interface ArmStandbyOptions {
  readonly boot: Boot;
  /** What to hand over now; null while there is no token. */
  readonly lease: () => CancelLease | null;
  readonly onFault: (error: unknown) => void;
}

export interface Standby {
  /** Takes the lease back. Never rejects: a process that cannot be told forgets when the token ends. */
  disarm(): Promise<void>;
}

/** A new token is handed on within so long. */
const lookEveryMs = 1_000;
const answerWithinMs = 2_000;

/**
 * Keeps the cancel-only process in possession of a lease for as long as this one runs in order: handed over at once,
 * again after either of the two started anew, again with each new token, and taken back when the token is dropped or the
 * gateway stops. A gateway that dies or hangs takes nothing back; that is what the lease is for.
 */
export async function armStandby({ boot, lease, onFault }: ArmStandbyOptions): Promise<Standby> {
  const link = await connect({
    socketPath: join(boot.runFolder, cancelSocket),
    api: cancelApi,
    role: 'gateway',
    token: boot.token,
    reconnect: true,
    callTimeoutMs: answerWithinMs,
  });
  let given: string | null = null;
  const hand = (): void => {
    given = give(link, leaseNow(lease), given, onFault);
  };
  link.onState((state) => {
    given = null;
    if (state === 'up') hand();
  });
  const timer = setInterval(hand, lookEveryMs);
  return {
    async disarm() {
      clearInterval(timer);
      await link.call('disarm', {}).catch(onFault);
      await link.close();
    },
  };
}

/** A sealed vault lends nothing, and what it lent is taken back. */
function leaseNow(lease: () => CancelLease | null): CancelLease | null {
  try {
    return lease();
  } catch (error) {
    if (error instanceof SnowballError) return null;
    throw error;
  }
}

/** @returns the token that the other side holds after this, as far as we know; null when it was never told */
function give(
  link: LinkClient<CancelApi>,
  lease: CancelLease | null,
  given: string | null,
  onFault: (error: unknown) => void,
): string | null {
  const wanted = lease?.token ?? '';
  if (link.state === 'down' || wanted === given) return given;
  const call = lease === null ? link.call('disarm', {}) : link.call('arm', lease);
  call.catch((error: unknown) => {
    // Told again when the connection is back.
    if (!(error instanceof SnowballError) || error.code !== 'link.down') onFault(error);
  });
  return wanted;
}

/** Null without a token: there is nothing to cancel with, and no order can have gone out. */
export function leaseOf({ credentials, rest, webSocket, callsPerSecond }: LeaseOptions): CancelLease | null {
  const kept = credentials.loadToken();
  if (kept === null || kept.token.reveal() === '') return null;
  return {
    broker: 'kis',
    environment: credentials.environment ?? 'paper',
    rest,
    webSocket,
    appKey: credentials.appKey().reveal(),
    appSecret: credentials.appSecret().reveal(),
    account: credentials.account().reveal(),
    token: kept.token.reveal(),
    expiresAt: kept.expiresAt.toString(),
    callsPerSecond,
  };
}
