import type { WaitingState } from './waiting-state.ts';

export interface KeeperOptions {
  readonly file: {
    /** Null when nothing was ever kept. @throws {FixConfiguration} */
    read(): WaitingState | null;
    /** Returns when it is on the disk. @throws what the file system throws */
    write(state: WaitingState): void;
  };
  /** Real milliseconds that only grow. */
  readonly elapsedMs: () => number;
  /** The disk refused, told once until it takes something again. */
  readonly onUnsaved: (error: unknown) => void;
}

/** A trailing stop that follows a rising market is written so often at most; all else is written at once. */
const soonMs = 250;
/** A last price is: it is wanted on a later day. */
const laterMs = 10_000;
/** Between two tries at a disk that refused. */
const againMs = 1_000;

/** Puts the state of the waiting orders on the disk, when it changed and no more often than needed. */
export class WaitingKeeper {
  readonly #options: KeeperOptions;
  readonly #state: () => WaitingState;
  /** Null until `read` has succeeded: what could not be read is never written over. */
  #kept: string | null = null;
  #isStale = false;
  #isOld = false;
  #isRefused = false;
  #triedAtMs = -Infinity;

  constructor(options: KeeperOptions, state: () => WaitingState) {
    this.#options = options;
    this.#state = state;
  }

  /** @throws {FixConfiguration} */
  read(): WaitingState | null {
    const state = this.#options.file.read();
    this.#kept = JSON.stringify(state ?? this.#state());
    return state;
  }

  /** A disk that refuses is told, and tried again by `look`. */
  save(): void {
    if (this.#kept === null) return;
    try {
      this.mustSave();
    } catch (error) {
      if (!this.#isRefused) this.#options.onUnsaved(error);
      this.#isRefused = true;
    }
  }

  /** @throws what the file system throws */
  mustSave(): void {
    if (this.#kept === null) throw new Error('waiting orders were not read before they were written');
    this.#triedAtMs = this.#options.elapsedMs();
    this.#isStale = true;
    const state = this.#state();
    const text = JSON.stringify(state);
    if (text !== this.#kept) this.#options.file.write(state);
    this.#kept = text;
    [this.#isStale, this.#isOld, this.#isRefused] = [false, false, false];
  }

  /** A trailing stop moved: at once when the last write is long enough ago, otherwise by `look`. */
  saveSoon(): void {
    this.#isStale = true;
    this.look();
  }

  /** A last price is another: with the next write, or by `look` when there is none for long. */
  saveLater(): void {
    this.#isOld = true;
  }

  /** Writes what is not written yet. Called several times a second. */
  look(): void {
    if (!this.#isStale && !this.#isOld) return;
    const waitMs = this.#isRefused ? againMs : this.#isStale ? soonMs : laterMs;
    if (this.#options.elapsedMs() - this.#triedAtMs >= waitMs) this.save();
  }
}
