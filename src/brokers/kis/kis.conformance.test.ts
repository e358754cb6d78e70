import { randomInt } from 'node:crypto';

import type { BrokerEnvironment } from '#domain/environment.ts';
import { Secret } from '#domain/secret.ts';
import { approve } from '#guard/approved.ts';

import type { Credentials } from '../broker.ts';
import { conformanceSuite, type ConformanceSubject } from '../conformance.ts';
import { createKisBroker } from './index.ts';
import { kisConformanceControl } from './simulator/conformance-control.ts';
import { machineClock } from './simulator/venue/venue-clock.ts';
import { aSimulator } from './simulator/fixtures/wire-test-kit.ts';

const anyPort = { restReal: 0, restPaper: 0, wsReal: 0, wsPaper: 0, console: 0 };

async function simulated(environment: BrokerEnvironment): Promise<ConformanceSubject> {
  const clock = machineClock();
  const simulator = await aSimulator({
    ...anyPort,
    // The pace of one call a second has tests of its own, and would make these take a minute.
    clock,
    tokenThrottleSeconds: 0,
    beatMs: 10,
    cash: 1_000_000_000,
  });
  const { hosts, credentials } = simulator;
  const { appKey, appSecret, account } = credentials[environment];
  const vault: { token: Secret; expiresAt: Temporal.Instant }[] = [];
  const reported: string[] = [];
  const access: Credentials = {
    appKey: () => new Secret(appKey),
    appSecret: () => new Secret(appSecret),
    account: () => new Secret(account),
    htsId: () => new Secret(credentials.htsId),
    loadToken: () => vault.at(-1) ?? null,
    saveToken: (token, expiresAt) => void vault.push({ token, expiresAt }),
  };
  const broker = createKisBroker({
    environment,
    rest: environment === 'paper' ? hosts.rest : hosts.restReal,
    webSocket: environment === 'paper' ? hosts.webSocket : hosts.webSocketReal,
    simulated: environment === 'real',
    credentials: access,
    clock,
    random: () => randomInt(1_000) / 1_000,
    onIncident: (incident) => void reported.push(JSON.stringify(incident)),
    timeouts: { totalMs: 1_500, retryBaseMs: 5, reconnectBaseMs: 20, tooFastPauseMs: 50 },
    limits: { perSecond: 10_000, burst: 100, tokenIssueEveryMs: 0 },
  });
  return {
    broker,
    control: kisConformanceControl(hosts.console, environment),
    approve,
    reported: () => reported,
    secrets: [appKey, appSecret, account, account.slice(0, 8), credentials.htsId],
    close: () => simulator.close(),
  };
}

conformanceSuite('kis paper', () => simulated('paper'));
conformanceSuite('kis real', () => simulated('real'));
