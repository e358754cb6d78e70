import { connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';

import { faultsAt } from './fault-table.ts';
import { tlsFaultName, type FaultRule, type Faults } from './faults.ts';
import { selfSigned } from './self-signed.ts';

export interface TlsFrontOptions {
  readonly faults: Faults;
  /** Port of the host behind it, on loopback. */
  readonly targetPort: number;
}

/** A front before one REST host, and what a client has to trust to speak to it. */
export interface TlsFront {
  readonly server: Server;
  /** Certificate of "localhost" as PEM, new at every start. */
  readonly certificate: string;
}

const tlsFaults = faultsAt('tls');
const tlsConnectionsMax = 64;

/**
 * TLS on loopback before a REST host: takes connections, shakes hands as the faults want it, and carries bytes to and
 * fro. Real KIS speaks TLS 1.2 and above; so does this, unless a fault says otherwise.
 */
export function createTlsFront({ faults, targetPort }: TlsFrontOptions): TlsFront {
  const right = selfSigned('localhost');
  const wrong = selfSigned('elsewhere');
  const contexts = {
    ordinary: createSecureContext({ key: right.key, cert: right.certificate, minVersion: 'TLSv1.2' }),
    wrong: createSecureContext({ key: wrong.key, cert: wrong.certificate, minVersion: 'TLSv1.2' }),
    old: createSecureContext({
      key: right.key,
      cert: right.certificate,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      // Level 0 is the only one at which OpenSSL 3 still speaks it.
      ciphers: 'DEFAULT@SECLEVEL=0',
    }),
  };
  const contextOf = (rule: FaultRule | null): SecureContext => {
    if (rule?.fault === 'tls-wrong-certificate') return contexts.wrong;
    return rule?.fault === 'tls-old-version' ? contexts.old : contexts.ordinary;
  };
  const server = createServer((raw) => {
    // A client that refuses our hand is what most of these faults are for.
    raw.on('error', () => raw.destroy());
    const rule = faults.strike(tlsFaultName, tlsFaults);
    const greet = (): void => carry(raw, contextOf(rule), targetPort);
    if (rule?.fault === 'tls-slow-handshake') setTimeout(greet, rule.delayMs).unref();
    else greet();
  });
  server.maxConnections = tlsConnectionsMax;
  return { server, certificate: right.certificate };
}

function carry(raw: Socket, secureContext: SecureContext, port: number): void {
  if (raw.destroyed) return;
  const secure = new TLSSocket(raw, { isServer: true, secureContext });
  const inner = connect(port, '127.0.0.1');
  const end = (): void => {
    secure.destroy();
    inner.destroy();
  };
  for (const side of [secure, inner]) side.on('error', end).on('close', end);
  secure.pipe(inner);
  inner.pipe(secure);
}
