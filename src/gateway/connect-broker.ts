import { join } from 'node:path';
import { createKisBroker } from '#brokers/kis/index.ts';
import type { Environment } from '#domain/environment.ts';
import { seoulDate } from '#domain/trading-date.ts';
import type { Vault } from '#vault/vault.ts';
import { sealedCredentials, type SealedCredentials } from './credentials.ts';
import type { GatewayClock } from './gateway-clock.ts';
import type { IncidentLog } from './incident-log.ts';
import { keyUseRecord, type KeyUseRecord } from './key-use.ts';
import { sessionBroker, type SessionBroker } from './session-broker.ts';
import { SessionDoor } from './session-door.ts';
import { sessionWindow } from './session-window.ts';

export interface ConnectBrokerOptions {
  readonly environment: Environment;
  readonly rest: string;
  readonly webSocket: string;
  readonly vault: Vault;
  /** The gateway's own: tokens and the days on which keys were used lie in it. */
  readonly folder: string;
  readonly clock: GatewayClock;
  readonly incidents: IncidentLog;
  /** Another pace than KIS publishes, for a testbed; null keeps the published one. */
  readonly callsPerSecond: number | null;
  /** An order or a token call outside the session was refused (N01). */
  readonly onOutside: (what: string, sentence: string) => void;
}

export interface ConnectedBroker {
  /** Works inside the session window only. */
  readonly broker: SessionBroker;
  readonly door: SessionDoor;
  readonly credentials: SealedCredentials;
  /** Null for keys to fake money. */
  readonly keyUse: KeyUseRecord | null;
}

/** KIS with the vault's paper keys: its tokens shared with other processes, its incidents told once, behind the session's door. Opens nothing yet. */
export function connectBroker(options: ConnectBrokerOptions): ConnectedBroker {
  const { environment, vault, folder, clock, incidents, rest, webSocket, callsPerSecond } = options;
  const onFault = (error: unknown): void => incidents.fault(error);
  const key = { broker: 'kis', environment: 'paper' } as const;
  let keyUse: KeyUseRecord | null = null;
  const onToken = (): void => void keyUse?.note(seoulDate(clock.now()));
  const tokenFolder = join(folder, 'tokens');
  const credentials = sealedCredentials({ ...key, vault, tokenFolder, onFault, onToken });
  const door = new SessionDoor({ window: () => sessionWindow(clock.now()), onOutside: options.onOutside });
  const kis = createKisBroker({
    environment: key.environment,
    rest,
    webSocket,
    credentials: door.behind(credentials),
    clock,
    random: Math.random,
    ...(callsPerSecond === null ? {} : { limits: { perSecond: callsPerSecond, burst: 3 } }),
    onIncident: (incident) => incidents.incident(incident),
    onDate: (date, sentElapsedMs) => clock.observeServer?.(date, sentElapsedMs),
  });
  const issuedOn = (): Temporal.PlainDate | null => credentials.keyIssuedOn();
  const kept = { ...key, appKey: credentials.appKey(), folder: join(folder, 'keys'), issuedOn, onFault };
  keyUse = keyUseRecord(environment, kept, kis.capabilities.keyLife);
  return { broker: sessionBroker(kis, door), door, credentials, keyUse };
}
