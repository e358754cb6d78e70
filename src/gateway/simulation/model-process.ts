import { SnowballError } from '#domain/errors.ts';
import { apply } from '../desk/apply.ts';
import { handle, type Handled } from '../desk/desk.ts';
import type { ConductLimits } from '../desk/conduct.ts';
import type { DeskEvent } from '../desk/events.ts';
import { entry, type DeskRecord } from '../desk/records.ts';
import { emptyDesk, type DeskState } from '../desk/state.ts';
import { addsRisk } from '../withheld.ts';
import { VisibilityMeter } from '../safety/visibility-meter.ts';
import type { FaultPlan } from './fault-plan.ts';
import { epochMs } from './model-broker.ts';
import { ModelDisk } from './model-disk.ts';
import { ModelMoment } from './model-moment.ts';
import { ModelPump } from './model-pump.ts';
import { ModelSender, type OrderEffect } from './model-sender.ts';
import type { ModelWire } from './model-wire.ts';
import type { Random } from '#domain/random.ts';
import type { Timeline } from './timeline.ts';

export interface ModelProcessOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly later: Random;
  readonly plan: FaultPlan;
  readonly wire: ModelWire;
  readonly quietWindowMs: number;
  readonly conduct: ConductLimits;
  /** Looks at records as they become durable, and at each order as it leaves. */
  readonly onDurable: (record: DeskRecord) => void;
  readonly onSending: (effect: OrderEffect) => void;
  /** The machine sleeps just when an order is about to leave. */
  readonly fallAsleep: () => void;
}

type Make = (state: DeskState) => DeskEvent;

interface Worked {
  readonly make: Make;
  readonly handled: Handled;
}

const restartMaxMs = 5_000;
/** Of a life so young the desk does not know yet which pushes a list had to show. */
const settledMs = 5_000;

/**
 * The gateway's process around the real desk: one writer with group commit, a disk that loses what was not synced and
 * may be full, effects after the sync, and the pump of inquiries. Each thing it does is one step between two awaits of
 * the gateway; it can be killed before any of them.
 */
export class ModelProcess {
  readonly disk: ModelDisk;
  life = 0;
  /** Until when a suspended machine does nothing. */
  suspendedUntil = 0;
  /** How far its wall clock is off. */
  clockErrorMs = 0;
  state: DeskState = emptyDesk;
  readonly #options: ModelProcessOptions;
  readonly #pump: ModelPump;
  readonly #sender: ModelSender;
  #meter: VisibilityMeter;
  #bornAt = 0;
  /** What the monotonic clock did not count since then. */
  #asleepMs = 0;
  #asleepUntil = 0;
  #waiting: Make[] = [];
  #unsynced: readonly DeskRecord[] | null = null;
  /** In force and in memory alone, while the disk is full. */
  #buffered: DeskRecord[] = [];
  #isMarked = false;
  #isAlive = false;

  constructor(options: ModelProcessOptions) {
    this.#options = options;
    this.disk = new ModelDisk(options.onDurable);
    this.#meter = this.#newMeter();
    const { timeline, wire } = options;
    this.#pump = new ModelPump({ timeline, wire, process: this, meter: () => this.#meter });
    this.#sender = new ModelSender({ ...options, process: this });
  }

  /** Milliseconds since its start by its own monotonic clock. */
  get elapsedMs(): number {
    const { now } = this.#options.timeline;
    // What a step still does after it fell asleep happens before the sleep.
    const ahead = Math.max(0, this.#asleepUntil - now);
    return now - this.#bornAt - (this.#asleepMs - ahead);
  }

  /** The market's time as its wall clock has it. */
  get wallMs(): number {
    return epochMs + this.#options.timeline.now + this.clockErrorMs;
  }

  /** True when nothing is left to do until somebody asks for something, by a list that was asked for after `sinceMs`. */
  isAtRest(sinceMs: number): boolean {
    const settledAt = Math.max(sinceMs, this.#bornAt + settledMs);
    return this.#isAlive && this.#buffered.length === 0 && this.#pump.isAtRest(settledAt);
  }

  /** A journal that is held by another process, or that cannot be written, is not opened. */
  start(): void {
    const { timeline } = this.#options;
    if (this.#isAlive) return;
    if (timeline.now < this.suspendedUntil) {
      timeline.in(this.suspendedUntil - timeline.now, () => this.start(), null);
      return;
    }
    if (this.disk.condition === 'read-only') {
      this.#startLater();
      return;
    }
    this.#isAlive = true;
    this.life += 1;
    this.#bornAt = timeline.now;
    this.#asleepMs = 0;
    this.state = this.disk.state;
    this.#waiting = [];
    this.#unsynced = null;
    this.#buffered = [];
    this.#isMarked = false;
    this.#meter = this.#newMeter();
    this.#pump.restart();
    this.record({ kind: 'started', build: 'test', environment: 'paper' });
  }

  /** Somebody starts the gateway although it runs: the lock refuses it; or before its supervisor does: then it runs. */
  startSecond(): void {
    this.start();
  }

  /** What is not synced is lost, or the first part of it survives; requests on the wire live on at the broker. */
  crash(): void {
    const { random, plan } = this.#options;
    const written = this.#unsynced ?? [];
    this.disk.keep(plan.strikes('torn-write') ? written.slice(0, random.below(written.length + 1)) : []);
    this.#end();
  }

  /** The whole machine stands still, its monotonic clock with it. */
  sleep(lengthMs: number): void {
    const { timeline } = this.#options;
    const from = Math.max(this.suspendedUntil, timeline.now);
    this.suspendedUntil = Math.max(from, timeline.now + lengthMs);
    this.#asleepMs += this.suspendedUntil - from;
    this.#asleepUntil = this.suspendedUntil;
  }

  record(event: DeskEvent | Make): void {
    const { timeline } = this.#options;
    // Nobody is there to hear it.
    if (!this.#isAlive) return;
    if (timeline.now < this.suspendedUntil) {
      timeline.in(this.suspendedUntil - timeline.now, () => this.record(event), this.life);
      return;
    }
    this.#waiting.push(typeof event === 'function' ? event : () => event);
    if (this.#unsynced === null) this.#commit();
  }

  /** One round of inquiries as soon as the distance to the last one allows. */
  ask(): void {
    if (this.#isAlive) this.#pump.ask();
  }

  #newMeter(): VisibilityMeter {
    return new VisibilityMeter({
      floorMs: this.#options.quietWindowMs,
      onSlow: (delayMs) => this.record({ kind: 'incident', code: 'visibility-slow', detail: `${delayMs} ms` }),
    });
  }

  #startLater(): void {
    const { timeline, random } = this.#options;
    timeline.in(random.below(restartMaxMs), () => this.start(), null);
  }

  #end(): void {
    this.#unsynced = null;
    this.#isAlive = false;
    this.life += 1;
    this.#startLater();
  }

  /** Everything that waits, worked out one after the other and written together. */
  #commit(): void {
    const worked: Worked[] = [];
    let state = this.state;
    for (const make of this.#waiting.splice(0)) {
      const handled = this.#handled(state, make);
      if (handled === null) continue;
      worked.push({ make, handled });
      state = handled.state;
    }
    const records = [...this.#buffered];
    for (const { handled } of worked) records.push(...handled.records);
    if (records.length === 0) {
      this.#settle(worked);
      return;
    }
    this.#pump.disturb();
    this.#write(records, () => this.#synced(records, worked));
  }

  #write(records: readonly DeskRecord[], onSynced: () => void): void {
    const { timeline, random, plan } = this.#options;
    this.#unsynced = records;
    const syncMs = plan.strikes('slow-fsync') ? random.below(3_000) : random.below(20);
    timeline.in(syncMs, onSynced, this.life);
  }

  /** Null when the desk refuses: the client asks again. */
  #handled(state: DeskState, make: Make): Handled | null {
    const { quietWindowMs } = this.#meter;
    const { conduct } = this.#options;
    const moment = new ModelMoment(this.wallMs, this.elapsedMs);
    try {
      return handle(state, make(state), moment, { quietWindowMs, conduct, speed: 1 });
    } catch (error) {
      if (!(error instanceof SnowballError)) throw error;
      return null;
    }
  }

  #synced(records: readonly DeskRecord[], worked: readonly Worked[]): void {
    const ended = this.disk.write(records, false);
    if (ended === 'failed') {
      this.#die(records);
      return;
    }
    if (ended === 'full') {
      this.#withoutDisk(worked);
      return;
    }
    this.#unsynced = null;
    this.#buffered = [];
    this.#isMarked = false;
    this.#settle(worked);
    if (this.#waiting.length > 0 && this.#unsynced === null) this.#commit();
  }

  /** A journal that fails is the end of its process. What a failed sync left on the disk, nobody knows. */
  #die(records: readonly DeskRecord[]): void {
    const { disk } = this;
    if (disk.condition === 'sync-fails') {
      disk.condition = 'well';
      disk.keep(records.slice(0, this.#options.later.below(records.length + 1)));
    }
    this.#end();
  }

  /** As in the recorder: what adds risk is refused, the rest takes effect, and goes to the reserve if there is room. */
  #withoutDisk(worked: readonly Worked[]): void {
    for (const { make } of worked) {
      const handled = this.#handled(this.state, make);
      if (handled === null || addsRisk(handled.records)) continue;
      this.#buffered.push(...handled.records);
      this.#settle([{ make, handled }]);
    }
    this.#mark();
    const buffered = [...this.#buffered];
    this.#write(buffered, () => this.#reserved(buffered));
  }

  #mark(): void {
    if (this.#buffered.length === 0 || this.#isMarked) return;
    const at = new Date(this.wallMs).toISOString();
    const mark = entry('incident', { code: 'journal-buffered', detail: '', brokerOrderId: null, at });
    this.#buffered.push(mark);
    this.state = apply(this.state, mark);
    this.#isMarked = true;
  }

  #reserved(buffered: readonly DeskRecord[]): void {
    const ended = buffered.length === 0 ? 'written' : this.disk.write(buffered, true);
    if (ended === 'failed') {
      this.#die(buffered);
      return;
    }
    this.#unsynced = null;
    if (ended === 'written') this.#buffered = [];
    if (this.#waiting.length > 0) this.#commit();
  }

  #settle(worked: readonly Worked[]): void {
    for (const { handled } of worked) {
      this.state = handled.state;
      this.#noteAccepted(handled.records);
      for (const effect of handled.effects) {
        if (effect.kind === 'inquire') this.#pump.ask();
        else this.#sender.send(effect, handled.records);
      }
    }
    this.#pump.schedule();
  }

  #noteAccepted(records: readonly DeskRecord[]): void {
    for (const record of records) {
      if (record.kind !== 'order.acked' || record.body.source !== 'answer') continue;
      this.#meter.accepted(record.body.brokerOrderId, this.elapsedMs);
      this.#pump.ask();
    }
  }
}
