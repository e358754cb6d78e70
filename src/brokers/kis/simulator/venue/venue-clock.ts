import type { Clock } from '#domain/clock.ts';

/** The market's clock, and the hands that the fault console may lay on it. */
export interface VenueClock extends Clock {
  /** Market seconds per real second, 1 to 1000. */
  readonly speed: number;
  readonly isPaused: boolean;
  /** @throws {RangeError} outside 1 to 1000 */
  setSpeed(speed: number): void;
  setPaused(isPaused: boolean): void;
  /** Moves market time ahead by whole milliseconds, paused or not; a clock without hands has none. */
  step?(milliseconds: number): void;
}

/** The machine's own clock: speed 1, and nobody can stop it. */
export function machineClock(): VenueClock {
  return {
    speed: 1,
    isPaused: false,
    now: () => Temporal.Now.instant(),
    elapsedMs: () => performance.now(),
    setSpeed: refuse,
    setPaused: refuse,
  };
}

function refuse(): never {
  throw new RangeError('The clock of the machine cannot be changed: start with a virtual clock to do that');
}
