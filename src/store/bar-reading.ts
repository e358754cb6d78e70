import type { BarInterval } from '#domain/bar.ts';
import type { LookingOnly } from './looking-only.ts';
import type { BarStamp } from './minutes/bar-stamps.ts';
import type { SessionsOf } from './minutes/session-minutes.ts';

/** How files of bars are to be read. */
export interface BarReading {
  /** `detect` looks at the rows of each file, see `intervalOfRows`. */
  readonly interval: BarInterval | 'detect';
  /** What a file is taken for whose rows may be days or minutes; refused when left out. */
  readonly intervalIfUnclear?: BarInterval;
  /** What the times of minute bars are; `detect` looks at the sessions of their days, see `stampEvidence`. */
  readonly stamp: BarStamp | 'detect';
  /** What times are taken for that speak for neither; refused when left out. */
  readonly stampIfUnclear?: BarStamp;
  readonly sessions: SessionsOf;
  /** For whom bars are only looked at and never traded or kept: a file may then lack what looking does not need. */
  readonly looking?: LookingOnly;
  /** Called now and then with the share that is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** What the times of minute bars were taken for, and why. */
export interface StampFound {
  readonly kind: BarStamp;
  readonly why: 'asked' | 'detected' | 'assumed';
}

/** Bars of days, and nothing else. */
export const daysOnly: BarReading = { interval: '1d', stamp: 'start', sessions: () => null };
