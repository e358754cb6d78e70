import type { ProcessUsage } from './process-usage.ts';

export interface SandboxLimits {
  /** Largest resident size in bytes, typed arrays included, which the flag of the heap does not count. */
  readonly residentBytesMax: number;
  /** Longest time in which the child may keep a processor busy without a break, in real milliseconds. */
  readonly busyMsMax: number;
  /** Bytes that it may print to its standard error within one look. */
  readonly printedBytesMax: number;
}

export const sandboxLimits: SandboxLimits = {
  residentBytesMax: 402_653_184,
  busyMsMax: 5_000,
  printedBytesMax: 1_048_576,
};

const lookMs = 500;
/** A child that takes this share of a processor in a look counts as busy in it. */
const busyShare = 0.8;

/** Looks twice a second at what a child uses, and tells once when it is too much. */
export class SandboxWatch {
  readonly #usage: () => ProcessUsage | null;
  readonly #limits: SandboxLimits;
  readonly #onExceeded: (reason: string) => void;
  readonly #timer: NodeJS.Timeout;
  #printedBytes = 0;
  #processorMs = 0;
  #lookedAtMs = performance.now();
  #busyMs = 0;

  constructor(usage: () => ProcessUsage | null, limits: SandboxLimits, onExceeded: (reason: string) => void) {
    this.#usage = usage;
    this.#limits = limits;
    this.#onExceeded = onExceeded;
    this.#timer = setInterval(() => this.look(performance.now()), lookMs);
  }

  printed(bytes: number): void {
    this.#printedBytes += bytes;
    if (this.#printedBytes > this.#limits.printedBytesMax) this.#exceeded('전략이 너무 많이 출력했어요.');
  }

  /** It has handed in a piece of a long work: what it was busy with before counts no more. */
  rested(): void {
    this.#busyMs = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** @param now real milliseconds that only grow */
  look(now: number): void {
    this.#printedBytes = 0;
    const usage = this.#usage();
    if (usage === null) return;
    const { residentBytes, processorMs } = usage;
    const passedMs = now - this.#lookedAtMs;
    const isBusy = processorMs - this.#processorMs >= passedMs * busyShare;
    this.#busyMs = isBusy ? this.#busyMs + passedMs : 0;
    this.#processorMs = processorMs;
    this.#lookedAtMs = now;
    if (residentBytes > this.#limits.residentBytesMax) {
      this.#exceeded(`전략이 메모리를 너무 많이 썼어요. (${Math.round(residentBytes / 1_048_576)} MiB)`);
    } else if (this.#busyMs >= this.#limits.busyMsMax) {
      this.#exceeded(`전략이 ${this.#limits.busyMsMax / 1_000}초 동안 쉬지 않고 계산했어요.`);
    }
  }

  #exceeded(reason: string): void {
    this.stop();
    this.#onExceeded(reason);
  }
}
