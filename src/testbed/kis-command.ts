import { machineClock, type VenueClock } from '#brokers/kis/simulator/venue/venue-clock.ts';
import { startKisSimulator, type KisSimulator } from '#brokers/kis/simulator/start.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { seoulDate, seoulInstant, seoulTime } from '#domain/trading-date.ts';
import { isTradingDay } from '#markets/calendar.ts';

import type { KisTestbedOptions } from './kis-options.ts';
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
}

/**
 * The simulator alone, for clients written for the real broker. Tokens expire by the machine's clock, because that is
 * what such clients compare with; market time is that of the business date.
 *
 * @throws FixConfiguration `simulator.port-in-use` · `testbed.date`
 */
export async function runKisTestbed(
  options: KisTestbedOptions,
): Promise<{ readonly simulator: KisSimulator; readonly ready: KisTestbedReady }> {
  const today = seoulDate(Temporal.Now.instant());
  const date = options.date === undefined ? today : readDate(options.date);
  const account = options.account?.replace('-', '').padEnd(10, '01');
  const simulator = await startKisSimulator({
    ...options,
    home: null,
    market: syntheticMarket({ seed: options.seed }),
    clock: clockOf(options, date, today),
    signInClock: machineClock(),
    credentials: {
      htsId: options.htsId,
      real: chosen({ appKey: options.appKeyReal, appSecret: options.appSecretReal, account }),
      paper: chosen({ appKey: options.appKeyPaper, appSecret: options.appSecretPaper, account }),
    },
  });
  return { simulator, ready: readyOf(simulator, options, date) };
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

function readyOf(simulator: KisSimulator, options: KisTestbedOptions, date: Temporal.PlainDate): KisTestbedReady {
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
