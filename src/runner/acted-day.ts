import { readFileSync } from 'node:fs';
import { replaceFile } from './replace-file.ts';

/** The last day on whose close a strategy of day bars acted, kept in a file, so that a restart does not act on it again. */
export class ActedDay {
  readonly #file: string;
  #date: number;

  constructor(file: string) {
    this.#file = file;
    this.#date = dateIn(file);
  }

  /** yyyymmdd; 0 when it never acted. */
  get date(): number {
    return this.#date;
  }

  /** Returns when the day is on the disk. @throws what the file system throws: then nothing must be done for that day */
  remember(date: number): void {
    replaceFile(this.#file, `${date}\n`);
    this.#date = date;
  }
}

/** A file that cannot be read or says no day counts as one that acted on every day: unknown means no. */
function dateIn(file: string): number {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return /^\d{8}$/.test(text) ? Number(text) : Infinity;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 0 : Infinity;
  }
}
