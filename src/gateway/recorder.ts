import { Halt, SnowballError } from '#domain/errors.ts';
import type { Journal } from '#journal/journal.ts';
import { apply } from './desk/apply.ts';
import { handle, type Handled } from './desk/desk.ts';
import type { DeskEvent, DeskSettings, Moment } from './desk/events.ts';
import { entry, type DeskRecord } from './desk/records.ts';
import type { DeskState } from './desk/state.ts';
import { addsRisk, takenBack } from './withheld.ts';

/** Steps that one commit may carry. */
const batchMax = 256;
/** Steps that may wait for the commit that runs. */
const waitingMax = 10_000;
/** Real milliseconds a commit may take; after it the disk counts as blocked. Some hundred times what a disk needs. */
const commitPatienceMs = 2_000;
/** Records that may live in memory alone while the disk is full or blocked; beyond it the gateway stops. */
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
  /** Real milliseconds after which a commit counts as blocked; 2,000 when nothing is said. */
  readonly commitPatienceMs?: number;
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
 * the broker, go into the journal's reserve, and when that is used up too into memory. They are marked as such, and what
 * memory holds is written first when there is room again (INV-15, INV-30).
 *
 * While the disk does not answer at all, nothing waits for it: what adds risk is refused with `journal.slow`, the rest
 * goes on from memory. An order whose record the disk still holds up is not sent, however that ends.
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
  /** Why new risk is refused while the disk holds up a commit; null while it answers. */
  #blocked: Halt | null = null;
  /** What memory holds must be written although nobody waits. */
  #isFlushDue = false;

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
   * @throws Halt `journal.full`, `journal.slow`, `journal.failed`, `gateway.busy`; whatever `handle()` throws
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
    while ((this.#waiting.length > 0 || this.#isFlushDue) && !this.#isDead) {
      this.#isFlushDue = false;
      await this.#commit(this.#waiting.splice(0, batchMax));
    }
    this.#isRunning = false;
    if (this.#isDead) for (const { reject } of this.#waiting.splice(0)) reject(stopped());
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    if (this.#blocked !== null) return this.#withoutDisk(batch, this.#blocked, false);
    const worked = this.#workOut(batch, this.#state);
    const records = worked.flatMap(({ handled }) => handled.records);
    const carried = this.#buffered.length;
    const appended = this.#append(records, false);
    try {
      if (await this.#inTime(appended)) this.#written(worked);
      else this.#goOnWithout(worked, { appended, records, carried });
    } catch (error) {
      if (isFull(error)) await this.#withoutDisk(batch, error, true);
      else this.#die(error, worked);
    }
  }

  /** False when the disk has not answered within the patience; rejects with what the journal says. */
  async #inTime(appended: Promise<void>): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), this.#options.commitPatienceMs ?? commitPatienceMs);
    });
    try {
      return await Promise.race([appended.then(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * The steps of a commit that the disk holds up take effect, but no order of them leaves: whether its record becomes
   * durable nobody knows, so it is called not sent, which is written after it.
   */
  #goOnWithout(worked: readonly Worked[], held: HeldUp): void {
    const slow = notAnswering();
    this.#blocked = slow;
    const after: DeskEvent[] = [];
    for (const { waiting, handled, before } of worked) {
      const isRisky = addsRisk(handled.records);
      const effects = handled.effects.filter((effect) => effect.kind === 'cancel' || effect.kind === 'inquire');
      this.#state = handled.state;
      this.#options.onCommitted({ ...handled, effects }, before);
      if (isRisky) waiting.reject(slow);
      else waiting.resolve(handled);
      after.push(...takenBack(handled));
    }
    for (const event of after) this.#inMemory(event);
    this.#markBuffered();
    this.#hold(held);
  }

  /** Nothing else goes to the disk before it has answered for this. */
  #hold({ appended, records, carried }: HeldUp): void {
    appended.then(
      () => this.#unblock(),
      (error: unknown) => {
        if (!isFull(error)) return this.#die(error, []);
        // Nothing of the commit was written, and its steps have taken effect.
        this.#buffered.splice(carried, 0, ...records);
        this.#unblock();
      },
    );
  }

  #unblock(): void {
    this.#blocked = null;
    this.#isFlushDue = true;
    if (!this.#isRunning) void this.#run();
  }

  #inMemory(event: DeskEvent): void {
    const nobody: Waiting = { event: () => event, resolve: () => undefined, reject: this.#options.onFatal };
    for (const worked of this.#workOut([nobody], this.#state)) {
      this.#buffered.push(...worked.handled.records);
      this.#settle([worked]);
    }
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

  async #append(records: readonly DeskRecord[], isUrgent: boolean): Promise<void> {
    const carried = this.#buffered.length;
    const all = [...this.#buffered, ...records];
    if (all.length === 0) return;
    await this.#options.journal.append(all, { isUrgent });
    // More may have come to memory while the disk was at work.
    this.#buffered.splice(0, carried);
  }

  #written(worked: readonly Worked[]): void {
    this.#isMarked = false;
    this.#settle(worked);
  }

  #settle(worked: readonly Worked[]): void {
    for (const { waiting, handled, before } of worked) {
      this.#state = handled.state;
      this.#options.onCommitted(handled, before);
      waiting.resolve(handled);
    }
  }

  /**
   * Each step alone, on what memory holds: a refused one must leave no trace in the ones after it.
   *
   * @param hasReserve false while the disk does not answer: then memory is all there is
   */
  async #withoutDisk(batch: readonly Waiting[], refusal: SnowballError, hasReserve: boolean): Promise<void> {
    for (const waiting of batch) {
      const [worked] = this.#workOut([waiting], this.#state);
      if (worked === undefined) continue;
      if (addsRisk(worked.handled.records)) {
        waiting.reject(refusal);
        continue;
      }
      this.#buffered.push(...worked.handled.records);
      this.#settle([worked]);
    }
    this.#markBuffered();
    if (this.#buffered.length > bufferedMax) return this.#die(refusal, []);
    if (hasReserve) await this.#intoReserve();
  }

  /** Taking effect did not wait for it: a halt works first. Where the reserve has no room left, memory keeps the records. */
  async #intoReserve(): Promise<void> {
    const appended = this.#append([], true);
    try {
      if (await this.#inTime(appended)) return;
      this.#blocked = notAnswering();
      this.#hold({ appended, records: [], carried: 0 });
    } catch (error) {
      if (!isFull(error)) this.#die(error, []);
    }
  }

  /** Said once until the disk takes records again, and folded like any record, so that a replay gives the same state. */
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

interface HeldUp {
  readonly appended: Promise<void>;
  readonly records: readonly DeskRecord[];
  /** Records of memory that went with them. */
  readonly carried: number;
}

function notAnswering(): Halt {
  return new Halt('journal.slow', 'Cannot record: the disk does not answer, wanted a durable write');
}

function isFull(error: unknown): error is SnowballError {
  return error instanceof SnowballError && error.code === 'journal.full';
}

function stopped(): Halt {
  return new Halt('journal.failed', 'Cannot record: the gateway is stopping after a failure, wanted a working journal');
}
