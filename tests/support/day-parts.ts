import { setDefaultCACertificates } from 'node:tls';
import type { Credentials, KeptToken } from '#brokers/broker.ts';
import { createKisBroker, type KisBroker, type KisIncident } from '#brokers/kis/index.ts';
import { startKisSimulator, type KisSimulator } from '#brokers/kis/simulator/start.ts';
import { stillMarket } from '#brokers/kis/simulator/venue/floor/still-market.ts';
import type { Instrument } from '#domain/instrument.ts';
import { Secret } from '#domain/secret.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import type { GatewayClock } from '#gateway/clock/gateway-clock.ts';
import { starter, type Limits } from '#guard/limits.ts';
import { plainPermits, type Permits } from '#guard/permits.ts';
import { listings } from '#markets/listings.ts';
import { syntheticMarket } from '#testbed/synthetic-market.ts';
import { VirtualClock } from '#testbed/virtual-clock.ts';

/** A Friday with an evening session. */
export const date = Temporal.PlainDate.from('2026-11-20');
/** Won in the account at the day's start. */
const cash = 10_000_000_000;
/** Every fault must strike this often. */
export const strikes = 10;
/** Stocks have an evening session; a stream carries all of them with trades and books. */
export const instruments: readonly Instrument[] = listings.filter(({ kind }) => kind === 'stock');

/** TR ids of the paper host that the days strike. */
export const ids = {
  buy: 'VTTC0012U',
  sell: 'VTTC0011U',
  cancel: 'VTTC0013U',
  list: 'VTTC0081R',
  balance: 'VTTC8434R',
  bars: 'FHKST03010100',
  notice: 'H0STCNI9',
  trades: 'H0STCNT0',
} as const;

/** The evening is switched on; else as every installation starts. */
export const dayPermits: Permits = { ...plainPermits, sessions: new Set(['regular', 'after-market']) };

/** Three hundred orders in half a minute are not what limits are made for: those that count and add up are wide here. */
export const dayLimits: Limits = {
  ...starter,
  orderValueMax: won(500_000_000),
  dayValueAccountMax: won(cash),
  openValueMax: won(cash),
  ordersPerMinuteAccountMax: 10_000,
  ordersPerDayMax: 10_000,
  cancelsPerMinuteMax: 10_000,
  cancelFillRatioMax: 10_000,
  // Here the market moves in jumps, over which little is traded or nothing.
  priceAgeMaxMs: 86_400_000,
  positionValueMax: won(cash),
  positionCountMax: 100,
  exposureMax: won(cash),
  exposureEquityBps: 10_000,
  dailyLossMax: won(cash),
  dailyLossEquityBps: 10_000,
  smallOrdersPerSymbolMax: 1_000,
};

export const at = (time: string): Temporal.Instant => seoulInstant(date, Temporal.PlainTime.from(time));

/** Market time that stands still until a test moves it. */
export function standingClock(time: string): VirtualClock {
  const hoursOf = () => ({ from: at('00:00'), to: at('23:59') });
  const clock = new VirtualClock({ start: at(time), hoursOf, speed: 1, file: null });
  clock.setPaused(true);
  return clock;
}

export function gatewayClock(clock: VirtualClock): GatewayClock {
  return {
    speed: 1,
    isTrusted: true,
    now: () => clock.now(),
    elapsedMs: () => clock.elapsedMs(),
    observe: () => {
      // The simulator and the gateway look at the same clock.
    },
  };
}

/**
 * `busy`: a crowd that trades all day, which costs much computing. `calm`: one that only quotes, each instrument at a
 * price of its own, and trades with us and where it is pushed.
 */
export type DayMarket = 'busy' | 'calm';

const calmPrices = Object.fromEntries(instruments.map(({ symbol }, index) => [symbol, 30_000 + 5_000 * index]));

export async function daySimulator(seed: string, clock: VirtualClock, market: DayMarket): Promise<KisSimulator> {
  return await startKisSimulator({
    restReal: 0,
    restPaper: 0,
    wsReal: 0,
    wsPaper: 0,
    console: 0,
    tls: { paper: 0, real: 0 },
    profile: '2026-09',
    permissive: false,
    limits: false,
    session: 'clock',
    home: null,
    market: market === 'busy' ? syntheticMarket({ seed, instruments }) : stillMarket({ prices: calmPrices }),
    clock,
    tokenThrottleSeconds: 0,
    beatMs: 100,
    cash,
  });
}

export interface DayClientOptions {
  readonly simulator: KisSimulator;
  readonly clock: VirtualClock;
  /** Over the simulator's TLS front, which this process trusts from then on; it can trust one only. */
  readonly isSecure: boolean;
  readonly onIncident: (incident: KisIncident) => void;
}

/** The KIS client of paper trading. */
export function dayClient({ simulator, clock, isSecure, onIncident }: DayClientOptions): KisBroker {
  const { hosts, credentials } = simulator;
  if (isSecure) setDefaultCACertificates([hosts.tls?.paper.certificate ?? '']);
  return createKisBroker({
    environment: 'paper',
    rest: isSecure ? (hosts.tls?.paper.url ?? '') : hosts.rest,
    webSocket: hosts.webSocket,
    credentials: plainCredentials(credentials),
    clock,
    random: () => 0.5,
    timeouts: { totalMs: 2_500, retryBaseMs: 1, reconnectBaseMs: 5, sessionInUseMs: 5, tooFastPauseMs: 5 },
    limits: { perSecond: 10_000, burst: 1_000, tokenIssueEveryMs: 0, endpointSpacing: false },
    onIncident,
  });
}

function plainCredentials({ paper, htsId }: KisSimulator['credentials']): Credentials {
  let kept: KeptToken | null = null;
  return {
    appKey: () => new Secret(paper.appKey),
    appSecret: () => new Secret(paper.appSecret),
    account: () => new Secret(paper.account),
    htsId: () => new Secret(htsId),
    loadToken: () => kept,
    saveToken: (token, expiresAt) => void (kept = { token, expiresAt }),
  };
}
