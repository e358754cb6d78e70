import type { Role } from './api.ts';
import type { Environment } from '#domain/environment.ts';

/**
 * What the supervisor hands a child as one JSON line on descriptor 3, never by argument or environment.
 * Tokens are 256 random bits in hex, new at every start of the supervisor.
 */
export interface Boot {
  /** Folder of this installation's data, 0700. */
  readonly home: string;
  readonly environment: Environment;
  /** Folder of the sockets, 0700; short, because a socket path holds 107 bytes at most. */
  readonly runFolder: string;
  /** The same for every process of one start; a mismatch disarms. */
  readonly build: string;
  /** What this child shows when it connects to another. */
  readonly token: string;
  /** SHA-256 in hex of the token of each role that may connect here. */
  readonly tokenHashes: Readonly<Partial<Record<Role, string>>>;
  /** When the tokens of roles end, by the machine's clock; those not named live as long as this start. */
  readonly tokenEndsAt?: Readonly<Partial<Record<Role, string>>>;
  /** Trial only: where the testbed's paper hosts and console listen. */
  readonly testbed: { readonly rest: string; readonly webSocket: string; readonly console: string } | null;
  /** Role-specific options, such as the web port. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

export const gatewaySocket = 'gateway.sock';
export const runnerSocket = 'runner.sock';
export const serverSocket = 'server.sock';
/** Of the process that can only list and cancel orders. */
export const cancelSocket = 'cancel.sock';

/** A child ends with this code when only the person can mend it; starting it again would not help. */
export const configurationExitCode = 78;
