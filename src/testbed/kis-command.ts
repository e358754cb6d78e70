import type { MarketSource } from '#brokers/kis/simulator/venue/floor/market-source.ts';
import { machineClock, type VenueClock } from '#brokers/kis/simulator/venue/venue-clock.ts';
import { startKisSimulator, type KisSimulator, type SimulatorHosts } from '#brokers/kis/simulator/start.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { seoulDate, seoulInstant, seoulTime } from '#domain/trading-date.ts';
import { isTradingDay } from '#markets/calendar.ts';

import type { KisTestbedOptions } from './kis-options.ts';
import { openReplay, replayClock } from './replay/open-replay.ts';
import { openTickRecorder } from './replay/tick-recorder.ts';
import { syntheticMarket } from './synthetic-market.ts';
import { VirtualClock, type OpenHours } from './virtual-clock.ts';

const opensAt = Temporal.PlainTime.from('09:00');
/** The closing auction takes no part in a session that is always regular. */
const closesAt = Temporal.PlainTime.from('15:20');
const startsAt = Temporal.PlainTime.from('10:30');

/** What the command prints when it is ready: one line, everything a client must be given. */
export interface KisTestbedReady {
  readonly rest: { readonly real: string; readonly paper: string };
  readonly webSocket: { readonly real: string; readonly paper: string };
  readonly console: string;
  readonly appKey: { readonly real: string; readonly paper: string };
  readonly appSecret: { readonly real: string; readonly paper: string };
  readonly account: { readonly real: string; readonly paper: string };
  readonly htsId: string;
  readonly date: string;
  readonly session: string;
  readonly profile: string;
  /** What is replayed; null when the market is made up. */
  readonly replay: { readonly from: string; readonly to: string; readonly symbols: readonly string[] } | null;
  /** `https://localhost:port` and the certificate to trust, by host; null without TLS. */
  readonly tls: SimulatorHosts['tls'];
}

/**
 * The simulator alone, for clients written for the real broker. Tokens expire by the machine's clock, because that is
 * what such clients compare with; market time is that of the business date.
 *
 * @throws FixConfiguration `simulator.port-in-use` · `testbed.date` · `testbed.replay-…` · `testbed.record-file`
 */
export async function runKisTestbed(
  options: KisTestbedOptions,
): Promise<{ readonly simulator: KisSimulator; readonly ready: KisTestbedReady }> {
  const stage = options.replay === undefined ? invented(options) : replayed(options, options.replay);
  if (options.paused) stage.clock.setPaused(true);
  const account = options.account?.replace('-', '').padEnd(10, '01');
  const recorder = options.record === undefined ? null : openTickRecorder(options.record);
  const simulator = await startKisSimulator({
    ...options,
    tls: tlsOf(options),
    home: null,
    market: stage.market,
    clock: stage.clock,
    signInClock: machineClock(),
    onPrints: recorder === null ? undefined : (prints) => recorder.onPrints(prints),
    credentials: {
      htsId: options.htsId,
      real: chosen({ appKey: options.appKeyReal, appSecret: options.appSecretReal, account }),
      paper: chosen({ appKey: options.appKeyPaper, appSecret: options.appSecretPaper, account }),
    },
  });
  const close = (): Promise<void> => simulator.close().then(() => recorder?.close());
  return { simulator: { ...simulator, close }, ready: readyOf(simulator, options, stage) };
}

/** The market to trade in, its clock, and what is said about both. */
interface Stage {
  readonly market: MarketSource;
  readonly clock: VenueClock;
  readonly date: Temporal.PlainDate;
  readonly replay: KisTestbedReady['replay'];
}

function invented(options: KisTestbedOptions): Stage {
  const today = seoulDate(Temporal.Now.instant());
  const date = options.date === undefined ? today : readDate(options.date);
  return {
    market: syntheticMarket({ seed: options.seed }),
    clock: clockOf(options, date, today),
    date,
    replay: null,
  };
}

function replayed(options: KisTestbedOptions, path: string): Stage {
  if (options.session === 'regular') throw needsHours();
  const from = readDate(options.from ?? '1980-01-04');
  const symbols = options.symbols?.split(',') ?? [];
  const { market, days } = openReplay({ path, from, symbols, seed: options.seed });
  const first = days[0] ?? from;
  return {
    market,
    clock: replayClock(days, options.speed),
    date: first,
    replay: {
      from: first.toString(),
      to: (days.at(-1) ?? first).toString(),
      symbols: market.instruments.map(({ symbol }) => symbol),
    },
  };
}

function tlsOf({
  tlsReal,
  tlsPaper,
}: KisTestbedOptions): { readonly real: number; readonly paper: number } | undefined {
  return tlsReal === undefined && tlsPaper === undefined ? undefined : { real: tlsReal ?? 0, paper: tlsPaper ?? 0 };
}

function needsHours(): FixConfiguration {
  return new FixConfiguration(
    'testbed.replay-session',
    'Cannot replay a past market in a session that is always open, wanted the hours of the exchange: leave --session out.',
  );
}

/** With hours to keep and no date given the machine's own clock will do; otherwise market time is made. */
function clockOf(options: KisTestbedOptions, date: Temporal.PlainDate, today: Temporal.PlainDate): VenueClock {
  if (options.session === 'clock' && options.speed === 1 && date.equals(today)) return machineClock();
  const now = seoulTime(Temporal.Now.instant());
  const isOpen = Temporal.PlainTime.compare(now, opensAt) >= 0 && Temporal.PlainTime.compare(now, closesAt) < 0;
  const time = options.session === 'clock' || isOpen ? now : startsAt;
  const hoursOf = options.session === 'clock' ? wholeDay : (day: Temporal.PlainDate) => hoursFrom(day, date);
  return new VirtualClock({ start: seoulInstant(date, time), hoursOf, speed: options.speed, file: null });
}

/** The chosen day is open whatever the calendar says; after it, trading days follow. */
function hoursFrom(day: Temporal.PlainDate, first: Temporal.PlainDate): OpenHours | null {
  if (!day.equals(first) && !isTradingDay(day)) return null;
  return { from: seoulInstant(day, opensAt), to: seoulInstant(day, closesAt) };
}

function wholeDay(day: Temporal.PlainDate): OpenHours {
  const midnight = Temporal.PlainTime.from('00:00');
  return { from: seoulInstant(day, midnight), to: seoulInstant(day.add({ days: 1 }), midnight) };
}

function readyOf(simulator: KisSimulator, options: KisTestbedOptions, { date, replay }: Stage): KisTestbedReady {
  const { hosts, credentials } = simulator;
  const { real, paper, htsId } = credentials;
  return {
    rest: { real: hosts.restReal, paper: hosts.rest },
    webSocket: { real: hosts.webSocketReal, paper: hosts.webSocket },
    console: hosts.console,
    appKey: { real: real.appKey, paper: paper.appKey },
    appSecret: { real: real.appSecret, paper: paper.appSecret },
    account: { real: real.account, paper: paper.account },
    htsId,
    date: date.toString(),
    session: options.session,
    profile: options.profile,
    replay,
    tls: hosts.tls,
  };
}

/** Leaves out what was not chosen. */
function chosen(values: Readonly<Record<'appKey' | 'appSecret' | 'account', string | undefined>>) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function readDate(text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch (cause) {
    throw new FixConfiguration('testbed.date', `Cannot use the date "${text}": no such day, wanted yyyy-mm-dd.`, {
      cause,
    });
  }
}
