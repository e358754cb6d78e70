import type { BarSeries } from '#domain/bar.ts';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { playBacktest, type PlayedBacktest } from '../engine.ts';
import { roundTripsOf } from '../metrics/round-trips.ts';
import { EquityMeter } from './equity-meter.ts';
import type { SweepFigures, SweepOptions, SweepTrade } from './sweep.ts';

export interface EventRun {
  readonly figures: SweepFigures;
  readonly equity: Float64Array;
  readonly trades: readonly SweepTrade[];
}

/** One combination by the engine itself: what the other paths must equal, and what runs where they do not apply. */
export function eventRun(
  options: Pick<SweepOptions, 'from' | 'to' | 'initialCash' | 'limits' | 'commissionPpb' | 'fills'>,
  run: {
    readonly series: readonly BarSeries[];
    readonly instruments: readonly Instrument[];
    readonly strategy: Strategy;
  },
): EventRun {
  const { from, to, initialCash, limits, commissionPpb, fills } = options;
  const played = playBacktest({
    strategy: run.strategy,
    series: run.series,
    instruments: run.instruments,
    from,
    to,
    initialCash,
    limits,
    ...(commissionPpb === undefined ? {} : { commissionPpb }),
    ...(fills === undefined ? {} : { fills }),
    // Nobody reads the decision log of a sweep.
    sha256: () => '',
  });
  return {
    figures: figuresOf(played, initialCash),
    equity: played.equity.values.slice(),
    trades: played.trades.map(({ symbol, side, date, price, quantity, fee, tax, profit }) => ({
      symbol,
      side,
      date,
      price,
      quantity,
      fee,
      tax,
      profit,
    })),
  };
}

function figuresOf(played: PlayedBacktest, initialCash: number): SweepFigures {
  const { equity, trades, orders } = played;
  const days = equity.length - firstAtOrAfter(equity.dates, played.tradableFrom);
  const meter = new EquityMeter();
  meter.restart(initialCash);
  for (const value of equity.values) meter.add(value);
  const trips = roundTripsOf(trades);
  const wins = trips.filter(({ profit }) => profit > 0);
  const lost = trips.reduce((sum, { profit }) => sum + Math.max(0, -profit), 0);
  return {
    finalValue: meter.last,
    totalReturn: meter.last / initialCash - 1,
    maximumDrawdown: meter.maximumDrawdown,
    sharpe: meter.sharpe(days),
    roundTrips: trips.length,
    winRate: trips.length === 0 ? null : wins.length / trips.length,
    profitFactor: lost === 0 ? null : wins.reduce((sum, { profit }) => sum + profit, 0) / lost,
    trades: trades.length,
    orders: orders.length,
    deniedOrders: orders.filter(({ state }) => state === 'denied').length,
    fees: played.fees,
    tax: played.tax,
    days,
    daysHeld: played.daysHeld,
  };
}
