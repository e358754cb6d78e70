import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

import type { Bar } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId, type Instrument } from '#domain/instrument.ts';
import { dateNumber, seoulInstant } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';

import { noTicks, ticksOf, type AuctionPrint, type DayTicks, type Tick } from './day-ticks.ts';
import { regularHoursOf, type RegularHours } from './regular-hours.ts';
import { daysOf, replaySource, type ReplayMarket } from './replay-market.ts';
import { tickFileHead, tickLine } from './tick-line.ts';

/** A closing auction may print late by so much, and still is one. */
const lateMs = 60_000;

interface RecordedDay {
  readonly date: Temporal.PlainDate;
  readonly basePrice: Won;
  readonly ticks: Tick[];
}

interface RecordedInstrument {
  readonly instrument: Instrument;
  readonly days: RecordedDay[];
}

/** True when `path` is a file that `openTickRecorder` wrote. */
export function isTickFile(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const file = openSync(path, 'r');
  const head = Buffer.alloc(64);
  readSync(file, head);
  closeSync(file);
  return head.toString('utf8').startsWith(JSON.stringify(tickFileHead));
}

/**
 * A recorded session as a market: the same prints at the same times in the same order, trading after hours left out. A
 * last line that was cut off by the end of the recording process is not played.
 *
 * @param symbols codes to keep; every one when empty
 * @throws FixConfiguration `testbed.tick-file` for a line that is none of ours · `testbed.replay-empty`
 */
export function tickReplay(path: string, symbols: readonly string[], from: Temporal.PlainDate): ReplayMarket {
  const all = [...readTicks(path).values()];
  const kept = all.filter(({ instrument }) => symbols.length === 0 || symbols.includes(instrument.symbol));
  const bySymbol = new Map(kept.map((one) => [one.instrument.symbol, one]));
  const dayOf = ({ symbol }: Instrument, date: Temporal.PlainDate): RecordedDay | undefined =>
    bySymbol.get(symbol)?.days.find((day) => day.date.equals(date));
  const numbers = kept.flatMap(({ days }) => days.map(({ date }) => dateNumber(date)));
  return {
    days: daysOf(
      numbers.filter((number) => number >= dateNumber(from)),
      from,
    ),
    market: replaySource({
      instruments: kept.map(({ instrument }) => instrument),
      basePrice: (instrument, date) => dayOf(instrument, date)?.basePrice ?? lastPrice(bySymbol.get(instrument.symbol)),
      dailyBars: (instrument, first, last) => {
        const days = bySymbol.get(instrument.symbol)?.days ?? [];
        const isAsked = ({ date }: RecordedDay): boolean =>
          Temporal.PlainDate.compare(date, first) >= 0 && Temporal.PlainDate.compare(date, last) <= 0;
        return days.filter((day) => isAsked(day)).map((day) => barOf(day));
      },
      ticksOf(instrument, date) {
        const day = dayOf(instrument, date);
        const hours = regularHoursOf(date);
        return day === undefined || hours === null ? noTicks : partedTicks(day.ticks, hours);
      },
    }),
  };
}

function readTicks(path: string): ReadonlyMap<number, RecordedInstrument> {
  const [, ...lines] = readFileSync(path, 'utf8').split('\n');
  // What follows the last line break was never finished.
  lines.pop();
  const instruments = new Map<number, RecordedInstrument>();
  let reachedMs = 0;
  for (const [index, text] of lines.entries()) {
    const line = readLine(text, path, index + 2);
    if (line[0] === 'i') {
      const [, number, symbol, name, market, kind, leverage] = line;
      const instrument = { id: instrumentId(symbol), symbol, name, market, kind, leverage };
      instruments.set(number, { instrument, days: [] });
    } else if (line[0] === 'd') {
      const [, number, date, basePrice] = line;
      const day = { date: Temporal.PlainDate.from(date), basePrice: won(basePrice), ticks: [] };
      instruments.get(number)?.days.push(day);
    } else {
      const [number, afterMs, price, quantity, isBuy] = line;
      reachedMs += afterMs;
      instruments
        .get(number)
        ?.days.at(-1)
        ?.ticks.push({ at: reachedMs, price, quantity, isBuy: isBuy === 1 });
    }
  }
  return instruments;
}

function readLine(text: string, path: string, line: number) {
  try {
    return tickLine.parse(JSON.parse(text));
  } catch (cause) {
    throw new FixConfiguration(
      'testbed.tick-file',
      `Cannot replay "${path}": line ${line} is no line of a recording, wanted what --record wrote. Record it again.`,
      { cause },
    );
  }
}

/** The prints of the two auctions apart from those between. */
function partedTicks(ticks: readonly Tick[], hours: RegularHours): DayTicks {
  const opening = groupAt(ticks, (at) => at === hours.opensAtMs);
  const closing = groupAt(ticks, (at) => at >= hours.closingFromMs && at <= hours.closesAtMs + lateMs);
  const between = ticks.slice(opening.length).filter(({ at }) => at < hours.closingFromMs);
  return ticksOf(between, { opening: printOf(opening), closing: printOf(closing) });
}

/** The first prints of one moment and price within a stretch of the day. */
function groupAt(ticks: readonly Tick[], isWithin: (at: number) => boolean): readonly Tick[] {
  const start = ticks.findIndex(({ at }) => isWithin(at));
  const first = ticks[start];
  if (first === undefined) return [];
  const end = ticks.findIndex(({ at, price }, index) => index > start && (at !== first.at || price !== first.price));
  return ticks.slice(start, end === -1 ? undefined : end);
}

function printOf(group: readonly Tick[]): AuctionPrint | null {
  const [first] = group;
  if (first === undefined) return null;
  return { price: first.price, quantity: group.reduce((sum, { quantity }) => sum + quantity, 0) };
}

function lastPrice(recorded: RecordedInstrument | undefined): Won {
  return won(recorded?.days.at(-1)?.ticks.at(-1)?.price ?? 1000);
}

function barOf({ date, ticks, basePrice }: RecordedDay): Bar {
  const prices = ticks.map(({ price }) => price);
  return {
    startsAtMs: seoulInstant(date, Temporal.PlainTime.from('00:00')).epochMilliseconds,
    date: dateNumber(date),
    open: won(prices[0] ?? basePrice),
    high: won(prices.reduce((high, price) => Math.max(high, price), 0)),
    low: won(prices.reduce((low, price) => Math.min(low, price), Number.MAX_SAFE_INTEGER)),
    close: won(prices.at(-1) ?? basePrice),
    volume: ticks.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}
