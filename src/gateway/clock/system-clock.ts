import { ClockEvidence } from './clock-evidence.ts';
import type { GatewayClock } from './gateway-clock.ts';

/** INV-42: clock error over 2 s halts new risk. */
const errorMsMax = 2_000;

export interface TimeSources {
  /** Epoch milliseconds of the machine's clock. */
  wallMs(): number;
  /** Milliseconds that only grow. */
  elapsedMs(): number;
}

const machine: TimeSources = { wallMs: () => Date.now(), elapsedMs: () => performance.now() };

/**
 * The clock of paper and real: the machine's own, measured against the `Date` of the broker's answers and the times that
 * the market prints. A step or a suspend moves it away from the time that really passed, and it is not trusted until the
 * broker's next answer says where it stands.
 */
export class SystemClock implements GatewayClock {
  readonly speed = 1;
  readonly #sources: TimeSources;
  readonly #evidence = new ClockEvidence();
  readonly #startOffsetMs: number;

  constructor(sources: TimeSources = machine) {
    this.#sources = sources;
    this.#startOffsetMs = this.#offset();
  }

  /** Ahead is positive. Before the broker has said anything: how far the clock was set since the start. */
  get errorMs(): number {
    return this.#evidence.errorMs(this.#offset()) ?? this.#offset() - this.#startOffsetMs;
  }

  get isTrusted(): boolean {
    return Math.abs(this.errorMs) <= errorMsMax;
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(Math.round(this.#sources.wallMs()));
  }

  elapsedMs(): number {
    return this.#sources.elapsedMs();
  }

  observe(instant: Temporal.Instant): void {
    this.#evidence.print(instant.epochMilliseconds, this.#sources.wallMs(), this.#offset());
  }

  /** The `Date` of an answer, and when its question left, by `elapsedMs()`. A text that is no date says nothing. */
  observeServer(date: string, sentElapsedMs: number): void {
    const dateMs = Date.parse(date);
    if (!Number.isFinite(dateMs)) return;
    const answeredMs = this.#sources.wallMs();
    const sentMs = answeredMs - (this.#sources.elapsedMs() - sentElapsedMs);
    this.#evidence.server(dateMs, { sentMs, answeredMs }, this.#offset());
  }

  #offset(): number {
    return this.#sources.wallMs() - this.#sources.elapsedMs();
  }
}
