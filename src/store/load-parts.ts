import type { DatabaseSync } from 'node:sqlite';
import { invariant } from '#domain/invariant.ts';
import { decodeBlocks } from './decode-blocks.ts';
import { plannedColumns, type LoadPlan } from './load-plan.ts';
import { checkSeries, damagedSeries, type CheckedBytes } from './series-checksum.ts';

interface BlocksRow extends CheckedBytes {
  readonly count: number;
}

/** Decodes parts of a plan as of the transaction that `database` is in. Whoever shares a plan does it by this. */
export class LoadParts {
  readonly #plan: LoadPlan;
  readonly #memory: SharedArrayBuffer;
  readonly #select: ReturnType<DatabaseSync['prepare']>;

  constructor(database: DatabaseSync, plan: LoadPlan, memory: SharedArrayBuffer) {
    this.#plan = plan;
    this.#memory = memory;
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
      decodeBlocks(row.bytes, row.count, range, plannedColumns(this.#plan, place, this.#memory));
    } catch (cause) {
      throw damagedSeries(row.symbol, cause);
    }
  }
}
