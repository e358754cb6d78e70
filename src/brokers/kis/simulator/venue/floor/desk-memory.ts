import type { Interruption } from './market-operation.ts';
import type { DayBarRow } from '../venue-event.ts';

/** An interruption as it was recorded: when it was to end, and the single price it ended with. */
export interface RecordedInterruption {
  readonly interruption: Interruption;
  readonly endsAt: number;
  /** Null while it lasts. */
  readonly singlePrice: number | null;
}

/** What a start during the day must know of one desk beyond the crowd's past. */
export interface DeskMemory {
  /** Oldest first. */
  readonly interruptions: readonly RecordedInterruption[];
  readonly isHalted: boolean;
  /** Where the console moved the market to; null when it did not. */
  readonly pushed: number | null;
  /** The day's bar once regular trading is over. */
  readonly close: DayBarRow | null;
}
