import { Halt, SnowballError } from '#domain/errors.ts';
import type { Journal } from '#journal/journal.ts';
import { apply } from './desk/apply.ts';
import { handle, type Handled } from './desk/desk.ts';
import type { DeskEvent, DeskSettings, Moment } from './desk/events.ts';
import { entry, type DeskRecord } from './desk/records.ts';
import type { DeskState } from './desk/state.ts';

/** Steps that one commit may carry. */
const batchMax = 256;
/** Steps that may wait for the commit that runs. */
const waitingMax = 10_000;
/** Records that may live in memory alone while the disk is full; beyond it the gateway stops. */
const bufferedMax = 10_000;

export interface RecorderOptions {
  readonly journal: Journal;
  readonly state: DeskState;
  readonly moment: () => Moment;
  readonly settings: () => DeskSettings;
  /** After the records of one step are durable, in order: publish, and carry out its effects. */
  readonly onCommitted: (handled: Handled, before: DeskState) => void;
  /** The journal is lost or our own logic broke: nothing may be sent any more. */
  readonly onFatal: (error: unknown) => void;
}

interface Waiting {
  readonly event: (state: DeskState) => DeskEvent;
  readonly resolve: (handled: Handled) => void;
  readonly reject: (error: unknown) => void;
}

interface Worked {
  readonly waiting: Waiting;
  readonly handled: Handled;
  readonly before: DeskState;
}

/**
 * The only writer of the desk. Steps are worked out one after the other, each on the state that the step before it
 * left, journaled together, and become the state when they are durable; only then their effects run (INV-01). Two
 * requests can therefore never both pass a limit that has room for one.
 *
 * While the disk is full, steps that add risk are refused with `journal.full`; all others, halts, cancels and answers of
 * the broker, go on from memory, are marked as such, and are written first when there is room again (INV-15, INV-30).
 */
export class Recorder {
  readonly #options: RecorderOptions;
  #state: DeskState;
  #waiting: Waiting[] = [];
  #isRunning = false;
  #isDead = false;
  /** Folded already, not durable yet. */
  #buffered: DeskRecord[] = [];
  #isMarked = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#state = options.state;
  }

  /** What the journal says, and while the disk is full also what memory says. */
  get state(): DeskState {
    return this.#state;
  }

  /** True while records wait in memory for room on the disk. */
  get isBuffering(): boolean {
    return this.#buffered.length > 0;
  }

  /**
   * @param event made from the state it will be handled with
   * @returns after its records are durable
   * @throws Halt `journal.full`, `journal.failed`, `gateway.busy`; whatever `handle()` throws
   */
  record(event: DeskEvent | ((state: DeskState) => DeskEvent)): Promise<Handled> {
    if (this.#isDead) return Promise.reject(stopped());
    if (this.#waiting.length >= waitingMax) {
      return Promise.reject(new Halt('gateway.busy', `Cannot record: ${waitingMax} steps wait already`));
    }
    return new Promise((resolve, reject) => {
      const make = typeof event === 'function' ? event : () => event;
      this.#waiting.push({ event: make, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0 && !this.#isDead) await this.#commit(this.#waiting.splice(0, batchMax));
    this.#isRunning = false;
    if (this.#isDead) for (const { reject } of this.#waiting.splice(0)) reject(stopped());
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const worked = this.#workOut(batch, this.#state);
    const records = worked.flatMap(({ handled }) => handled.records);
    try {
      await this.#append(records);
    } catch (error) {
      if (error instanceof SnowballError && error.code === 'journal.full') this.#fromMemory(batch, error);
      else this.#die(error, worked);
      return;
    }
    this.#settle(worked);
  }

  #workOut(batch: readonly Waiting[], from: DeskState): readonly Worked[] {
    const worked: Worked[] = [];
    let before = from;
    for (const waiting of batch) {
      try {
        const handled = handle(before, waiting.event(before), this.#options.moment(), this.#options.settings());
        worked.push({ waiting, handled, before });
        before = handled.state;
      } catch (error) {
        waiting.reject(error);
        if (!(error instanceof SnowballError)) this.#options.onFatal(error);
      }
    }
    return worked;
  }

  async #append(records: readonly DeskRecord[]): Promise<void> {
    const all = [...this.#buffered, ...records];
    if (all.length === 0) return;
    await this.#options.journal.append(all);
    this.#buffered = [];
    this.#isMarked = false;
  }

  #settle(worked: readonly Worked[]): void {
    for (const { waiting, handled, before } of worked) {
      this.#state = handled.state;
      this.#options.onCommitted(handled, before);
      waiting.resolve(handled);
    }
  }

  /** Each step alone, on what memory holds: a refused one must leave no trace in the ones after it. */
  #fromMemory(batch: readonly Waiting[], full: SnowballError): void {
    for (const waiting of batch) {
      const [worked] = this.#workOut([waiting], this.#state);
      if (worked === undefined) continue;
      if (addsRisk(worked.handled.records)) {
        waiting.reject(full);
        continue;
      }
      this.#buffered.push(...worked.handled.records);
      this.#settle([worked]);
    }
    this.#markBuffered();
    if (this.#buffered.length > bufferedMax) this.#die(full, []);
  }

  /** Said once for each time the disk was full, and folded like any record, so that a replay gives the same state. */
  #markBuffered(): void {
    if (this.#buffered.length === 0 || this.#isMarked) return;
    const detail = 'The disk was full: the records around this one were written later than they happened';
    const mark = entry('incident', {
      code: 'journal-buffered',
      detail,
      brokerOrderId: null,
      at: this.#options.moment().at,
    });
    this.#buffered.push(mark);
    this.#state = apply(this.#state, mark);
    this.#isMarked = true;
  }

  #die(error: unknown, worked: readonly Worked[]): void {
    this.#isDead = true;
    for (const { waiting } of worked) waiting.reject(error);
    this.#options.onFatal(error);
  }
}

function addsRisk(records: readonly DeskRecord[]): boolean {
  return records.some(({ kind }) => kind === 'order.sending' || kind === 'order.amend-requested' || kind === 'resume');
}

function stopped(): Halt {
  return new Halt('journal.failed', 'Cannot record: the gateway is stopping after a failure, wanted a working journal');
}
