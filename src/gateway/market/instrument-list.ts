import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { Designation, InstrumentId } from '#domain/instrument.ts';
import { readInstrumentList, writeInstrumentList, type ListedInstrument } from '#markets/instrument-list.ts';

export interface InstrumentListOptions {
  /** Where the list is kept; `snowball data instruments` reads the same format. */
  readonly file: string;
  /** The broker's list of today. */
  readonly read: () => Promise<readonly ListedInstrument[]>;
  /** The date in Seoul. */
  readonly today: () => Temporal.PlainDate;
  readonly onFault: (error: unknown) => void;
}

/** Real milliseconds between two looks at the date, and after a read that failed. */
const lookEveryMs = 60_000;
/** Calendar days for which an old list says more than none; after them nothing is known of any instrument. */
const ageDaysMax = 3;

/**
 * The broker's list of all that is traded, read once a day and kept in a file. When it cannot be read, yesterday's
 * stands in with its age; one of more than three days is none, and what is not known means no (INV-11).
 */
export class InstrumentListKeeper {
  readonly #options: InstrumentListOptions;
  #date: Temporal.PlainDate | null = null;
  #designations: ReadonlyMap<InstrumentId, Designation> = new Map();
  #reading: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: InstrumentListOptions) {
    this.#options = options;
    this.#recall();
  }

  /** Reads in the background, now and on every new day; nobody waits for it. */
  start(): void {
    this.#look();
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
    this.#timer.unref();
  }

  /** A read that is under way is left to itself. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** Calendar days since the list was read; null when there is none. */
  get ageDays(): number | null {
    return this.#date === null ? null : this.#date.until(this.#options.today(), { largestUnit: 'day' }).days;
  }

  /** Null when it is not listed, or the list is none or too old. */
  designation(instrument: InstrumentId): Designation | null {
    const { ageDays } = this;
    // A list from the future was read by another clock: it says nothing about today.
    if (ageDays === null || ageDays < 0 || ageDays > ageDaysMax) return null;
    return this.#designations.get(instrument) ?? null;
  }

  /** Resolves after the read that is under way, if there is one; never rejects. */
  async settled(): Promise<void> {
    await this.#reading;
  }

  #look(): void {
    if (this.#reading !== null || this.ageDays === 0) return;
    this.#reading = this.#refresh()
      .catch((error: unknown) => this.#options.onFault(error))
      .finally(() => (this.#reading = null));
  }

  async #refresh(): Promise<void> {
    const { file, read, today } = this.#options;
    const date = today();
    const instruments = await read();
    // A list of nothing is no list: every holding would look delisted.
    if (instruments.length === 0) return;
    this.#take(date, instruments);
    // Whole or not at all: a reader never meets half a file.
    await writeFile(`${file}.new`, writeInstrumentList({ date, instruments }), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  #recall(): void {
    const list = readInstrumentList(textOf(this.#options.file));
    if (list !== null) this.#take(list.date, list.instruments);
  }

  #take(date: Temporal.PlainDate, instruments: readonly ListedInstrument[]): void {
    this.#date = date;
    this.#designations = new Map(instruments.map(({ id, designation }) => [id, designation]));
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Before the first read there is none, and what cannot be read is written anew by the next.
    return '';
  }
}
