import type { Bar } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { Instrument } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { snap, tickTable } from '#markets/tick-size.ts';

/**
 * `bar` as the venue of its day can print it. Bars of the exchange come back as they are; prices that were adjusted for
 * a split later lie between two ticks and are cut off to the lower one, and prices outside the limits are held at them.
 *
 * @param basePrice what the limits of the day are counted from
 * @throws FixConfiguration `testbed.replay-bar` for a bar that no trading can have made
 */
export function legalBar(instrument: Instrument, bar: Bar, basePrice: Won, date: Temporal.PlainDate): Bar {
  if (bar.volume === 0) return bar;
  const table = tickTable(instrument, date);
  const { lower, upper } = priceLimits(instrument, basePrice, date);
  const legal = (price: Won): Won => won(Math.min(upper, Math.max(lower, snap(table, price, 'down'))));
  const open = legal(bar.open);
  const high = legal(bar.high);
  const low = legal(bar.low);
  const close = legal(bar.close);
  const different = new Set([open, high, low, close]).size;
  const isPossible = low <= Math.min(open, close) && high >= Math.max(open, close) && different <= bar.volume;
  if (!isPossible) throw impossible(instrument, bar);
  return { ...bar, open, high, low, close };
}

/**
 * What the limits of a replayed day are counted from: the close before, unless the day then could not have been, as
 * after a split or on a first day; then its own open.
 */
export function replayBase(instrument: Instrument, bar: Bar | null, before: Bar | null, date: Temporal.PlainDate): Won {
  const table = tickTable(instrument, date);
  const candidates = [before?.close, bar?.open].filter((price) => price !== undefined);
  const fits = (base: Won): boolean => {
    const { lower, upper } = priceLimits(instrument, base, date);
    return bar === null || (bar.low >= lower && bar.high <= upper);
  };
  const legal = candidates.map((price) => snap(table, price, 'down'));
  return legal.find((base) => fits(base)) ?? legal[0] ?? won(1000);
}

function impossible(instrument: Instrument, bar: Bar): FixConfiguration {
  return new FixConfiguration(
    'testbed.replay-bar',
    `Cannot replay ${instrument.symbol} on ${bar.date}: open ${bar.open}, high ${bar.high}, low ${bar.low}, close ` +
      `${bar.close} with ${bar.volume} shares, wanted a bar that trading can have made. Correct the row or leave it out.`,
  );
}
