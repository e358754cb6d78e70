import { join } from 'node:path';
import { createKisBroker } from '#brokers/kis/index.ts';
import type { Environment } from '#domain/environment.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { plainPermits, type Permits } from '#guard/permits.ts';
import type { Vault } from '#vault/vault.ts';
import { sealedCredentials, type SealedCredentials } from './credentials.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';
import type { IncidentLog } from '../incident-log.ts';
import { keySetOf, type KeyOwner, type KeySet } from './key-set.ts';
import { keyUseRecord, type KeyUseRecord } from './key-use.ts';
import { RotatingBroker, type KeyedBroker } from './rotating-broker.ts';
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
  /** Kinds of order in force now, whose sessions make the window; plain ones when not said. */
  readonly permits?: () => Permits;
  /** An order or a token call outside the session was refused (N01). */
  readonly onOutside: (what: string, sentence: string) => void;
}

export interface ConnectedBroker {
  /** Works inside the session window only. */
  readonly broker: SessionBroker;
  readonly door: SessionDoor;
  /** Of the key in use. */
  readonly credentials: SealedCredentials;
  readonly owner: KeyOwner;
  readonly rotating: RotatingBroker;
  /** Another adapter for another key of the same account. */
  readonly connect: (keys: KeySet) => KeyedBroker;
}

/** KIS with the vault's paper keys: its tokens shared with other processes, its incidents told once, behind the session's door, its key exchangeable. Opens nothing yet. */
export function connectBroker(options: ConnectBrokerOptions): ConnectedBroker {
  const { vault, clock } = options;
  const owner = { broker: 'kis', environment: 'paper' } as const;
  const permits = options.permits ?? (() => plainPermits);
  const door = new SessionDoor({
    window: () => sessionWindow(clock.now(), permits()),
    onOutside: options.onOutside,
  });
  const connect = (keys: KeySet): KeyedBroker => keyedKis(options, door, owner, keys);
  const rotating = new RotatingBroker(connect(keySetOf(vault, owner, 'CURRENT')));
  const { credentials } = rotating;
  return { broker: sessionBroker(rotating.broker, door), door, credentials, owner, rotating, connect };
}

/** One adapter, bound to one key for its life. */
function keyedKis(options: ConnectBrokerOptions, door: SessionDoor, owner: KeyOwner, keys: KeySet): KeyedBroker {
  const { environment, vault, folder, clock, incidents, rest, webSocket, callsPerSecond } = options;
  const onFault = (error: unknown): void => incidents.fault(error);
  let keyUse: KeyUseRecord | null = null;
  let exempted = 0;
  const onToken = (): void => void keyUse?.note(seoulDate(clock.now()));
  const tokenFolder = join(folder, 'tokens');
  const sealed = sealedCredentials({ ...owner, vault, keys, tokenFolder, onFault, onToken });
  const credentials = door.behind(sealed, () => exempted > 0);
  const broker = createKisBroker({
    environment: owner.environment,
    rest,
    webSocket,
    credentials,
    clock,
    random: Math.random,
    ...(callsPerSecond === null ? {} : { limits: { perSecond: callsPerSecond, burst: 3 } }),
    onIncident: (incident) => incidents.incident(incident),
    onDate: (date, sentElapsedMs) => clock.observeServer?.(date, sentElapsedMs),
  });
  const issuedOn = (): Temporal.PlainDate | null => sealed.keyIssuedOn();
  const kept = { ...owner, appKey: sealed.appKey(), folder: join(folder, 'keys'), issuedOn, onFault };
  keyUse = keyUseRecord(environment, kept, broker.capabilities.keyLife);
  const exempt: KeyedBroker['exempt'] = async (work) => {
    exempted += 1;
    try {
      return await work();
    } finally {
      exempted -= 1;
    }
  };
  return { keys, broker, credentials: sealed, keyUse, exempt };
}
