import type { DatabaseSync } from 'node:sqlite';
import { invariant } from '#domain/invariant.ts';
import { decodeBlocks } from '../blocks/decode-blocks.ts';
import type { LoadJob } from './load-job.ts';
import type { LoadMemory } from './load-memory.ts';
import { columnPlace, plannedColumns, type LoadPlan } from './load-plan.ts';
import { placeBlocksIn, type PlaceBlocks } from '../blocks/place-blocks.ts';
import { checkSeries, damagedSeries, type CheckedBytes } from '../blocks/series-checksum.ts';

interface BlocksRow extends CheckedBytes {
  readonly count: number;
}

/** Decodes parts of a plan as of the transaction that `database` is in. Whoever shares a plan does it by this. */
export class LoadParts {
  readonly #plan: LoadPlan;
  readonly #memory: LoadMemory;
  readonly #placeBlocks: PlaceBlocks | null;
  readonly #select: ReturnType<DatabaseSync['prepare']>;

  /** @param from where this thread's decoder has its own things, of `machinePlaces` */
  constructor(database: DatabaseSync, { plan, memory }: LoadJob, from: number) {
    this.#plan = plan;
    this.#memory = memory;
    this.#placeBlocks = placeBlocksIn(memory, from);
    this.#select = database.prepare(
      `SELECT symbol, count, checksum, days, bytes FROM series
         WHERE interval = ? AND symbol BETWEEN ? AND ? ORDER BY symbol`,
    );
  }

  /** @throws {FixConfiguration} `store.damaged` */
  decode(part: number): void {
    const { partStarts, symbols, interval } = this.#plan;
    const end = partStarts[part + 1] ?? 0;
    let place = partStarts[part] ?? 0;
    for (const row of this.#select.iterate(interval, symbols[place] ?? '', symbols[end - 1] ?? '')) {
      // The table is STRICT and only this folder writes it: its columns have the types of BlocksRow.
      this.#decodeOne(place, row as unknown as BlocksRow);
      place += 1;
    }
    invariant(place === end, `part ${part} of a load ends at series ${place} and not at ${end}`);
  }

  #decodeOne(place: number, row: BlocksRow): void {
    const { symbols, checksums, firstBlocks, endBlocks } = this.#plan;
    const isPlanned = row.symbol === symbols[place] && row.checksum === checksums[place];
    invariant(isPlanned, `series ${place} of a load is ${row.symbol} with the checksum that ${symbols[place]} had`);
    const range = { firstBlock: firstBlocks[place] ?? 0, endBlock: endBlocks[place] ?? 0 };
    try {
      checkSeries(row);
      if (range.endBlock === 0) return;
      const placeBlocks = this.#placeBlocks;
      if (placeBlocks === null) {
        decodeBlocks(row.bytes, row.count, range, plannedColumns(this.#plan, place, this.#memory));
      } else placeBlocks(row.bytes, row.count, range, columnPlace(this.#plan, place, this.#memory));
    } catch (cause) {
      throw damagedSeries(row.symbol, cause);
    }
  }
}
