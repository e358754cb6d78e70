import { apply } from '../desk/apply.ts';
import type { DeskRecord } from '../desk/records.ts';
import { emptyDesk, type DeskState } from '../desk/state.ts';

/** `full` leaves the reserve, which takes what is urgent; the next write of a disk that `sync-fails` is its last. */
export type DiskCondition = 'well' | 'full' | 'read-only' | 'sync-fails';

/** Records that fit into the journal's reserve: few, so that histories see its end. */
const reserveRecords = 12;

/** The journal's disk: what it takes, what it refuses, and the state that the next start folds from it. */
export class ModelDisk {
  readonly durable: DeskRecord[] = [];
  condition: DiskCondition = 'well';
  readonly #onDurable: (record: DeskRecord) => void;
  #reserve = reserveRecords;
  #folded: DeskState = emptyDesk;
  #foldedCount = 0;

  constructor(onDurable: (record: DeskRecord) => void) {
    this.#onDurable = onDurable;
  }

  /** What a start makes of the records; folded when it is asked for, since few histories die often. */
  get state(): DeskState {
    for (const record of this.durable.slice(this.#foldedCount)) this.#folded = apply(this.#folded, record);
    this.#foldedCount = this.durable.length;
    return this.#folded;
  }

  /** All of `records` or none of them. `failed` is a journal lost for this process. */
  write(records: readonly DeskRecord[], isUrgent: boolean): 'written' | 'full' | 'failed' {
    if (this.condition === 'read-only' || this.condition === 'sync-fails') return 'failed';
    if (this.condition === 'full') {
      if (!isUrgent || records.length > this.#reserve) return 'full';
      this.#reserve -= records.length;
    } else this.#reserve = reserveRecords;
    this.keep(records);
    return 'written';
  }

  /** What the disk turns out to hold, be it that nobody heard of it. */
  keep(records: readonly DeskRecord[]): void {
    for (const record of records) {
      this.durable.push(record);
      this.#onDurable(record);
    }
  }
}
