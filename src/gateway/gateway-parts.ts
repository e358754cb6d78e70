import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { InstrumentListKeeper } from './market/instrument-list.ts';
import { NxtTrading } from './market/nxt-trading.ts';
import { StrategyGrade } from './safety/strategy-grade.ts';

/** What follows from how strategies are held, by this installation's waiver. */
export function gradeOf(
  { environment, gradeCWaiverUntil, clock }: GatewayOptions,
  halt: (by: string, reason: string) => void,
): StrategyGrade {
  return new StrategyGrade({
    environment,
    isWhole: gradeCWaiverUntil === undefined,
    waiverUntil: gradeCWaiverUntil ?? null,
    today: () => seoulDate(clock.now()),
    halt,
  });
}

/** Null where the broker publishes no list, or nobody said where to keep it. */
export function keeperOf({
  broker,
  clock,
  onFault,
  instrumentFile: file,
}: GatewayOptions): InstrumentListKeeper | null {
  const read = broker.instruments;
  if (read === undefined || file === undefined) return null;
  return new InstrumentListKeeper({ file, read, today: () => seoulDate(clock.now()), onFault });
}

/** Null where the broker does not say what NXT trades. */
export function nxtTradingOf({ broker, clock, onFault }: GatewayOptions): NxtTrading | null {
  const read = broker.tradesOnNxt;
  return read === undefined ? null : new NxtTrading({ read, today: () => dateNumber(seoulDate(clock.now())), onFault });
}
