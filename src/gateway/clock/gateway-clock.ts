import type { Clock } from '#domain/clock.ts';

/** The gateway's clock: `speed` market seconds pass in a real one. */
export interface GatewayClock extends Clock {
  readonly speed: number;
  /** False while the market's time is not known well enough to trade by (INV-11). */
  readonly isTrusted: boolean;
  /** How far it may be from the market's time, in real milliseconds; absent where `isTrusted` is all that is known. */
  readonly errorMs?: number | null;
  /** A time the market itself printed; a virtual clock never stays behind it. */
  observe(instant: Temporal.Instant): void;
  /** The `Date` header of a broker's answer, and when its question left; absent where the market has a clock of its own. */
  observeServer?(date: string, sentElapsedMs: number): void;
}
