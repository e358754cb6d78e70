import { FixConfiguration } from '#domain/errors.ts';

import { kisHosts } from './endpoints/hosts.ts';
import { isLoopback } from './is-simulator.ts';
import type { KisBrokerOptions } from './options.ts';

export interface CheckedHosts {
  readonly rest: URL;
  readonly webSocket: URL;
}

/**
 * The two hosts, once it is certain that they and the key belong to the environment (INV-14): published hosts only with their own
 * environment and over TLS where KIS offers it, loopback for paper, loopback for real only when it is said aloud.
 * The websocket of KIS has no TLS; what is secret on it is encrypted inside.
 *
 * @throws {FixConfiguration} `kis.host-mismatch` · `kis.key-mismatch`
 */
export function checkHosts(options: KisBrokerOptions): CheckedHosts {
  const { credentials, environment } = options;
  if (credentials.environment !== undefined && credentials.environment !== environment) {
    throw new FixConfiguration(
      'kis.key-mismatch',
      `Cannot connect to KIS for ${environment}: the app key was put for ${credentials.environment}, wanted one for ${environment}`,
    );
  }
  const rest = parse(options.rest);
  const webSocket = parse(options.webSocket);
  const mayBeLoopback = options.environment === 'paper' || options.simulated === true;
  if (isLoopback(rest) && isLoopback(webSocket) && mayBeLoopback) {
    refuseUnless(isWeb(rest) && isSocket(webSocket), options);
    return { rest, webSocket };
  }
  const published = kisHosts[options.environment];
  refuseUnless(
    options.simulated !== true &&
      rest.protocol === 'https:' &&
      rest.host === published.rest &&
      isSocket(webSocket) &&
      webSocket.host === published.webSocket,
    options,
  );
  return { rest, webSocket };
}

function parse(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new FixConfiguration('kis.host-mismatch', `Cannot connect to KIS: "${text}" is not a URL`);
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function isSocket({ protocol }: URL): boolean {
  return protocol === 'ws:' || protocol === 'wss:';
}

function refuseUnless(agrees: boolean, options: KisBrokerOptions): void {
  if (agrees) return;
  const { environment, rest, webSocket, simulated = false } = options;
  const published = kisHosts[environment];
  throw new FixConfiguration(
    'kis.host-mismatch',
    `Cannot connect to KIS for ${environment}: hosts are "${rest}" and "${webSocket}" (simulated: ${simulated}), wanted ` +
      `"https://${published.rest}" and "ws://${published.webSocket}", or loopback` +
      (environment === 'real' ? ' with simulated: true' : ''),
  );
}
