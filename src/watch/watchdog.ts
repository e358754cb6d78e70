import type { SweepView } from '#link/cancel-api.ts';
import { Silence } from '#link/silence.ts';
import { dataAgeMaxMs, heartbeatEveryMs, peerRules, sweepAgainMs, type PeerName } from './peers.ts';

/** What the gateway says with each sign of life. */
export interface GatewaySign {
  readonly build: string;
  readonly isHalted: boolean;
  readonly openOrders: number;
  readonly dataAgeMs: number | null;
}

/** All that a watchdog can do: halt, cancel, verify. Each may reject; it is then tried again. */
export interface Hands {
  halt(reason: string): Promise<void>;
  cancelAll(): Promise<void>;
  sweep(reason: string): Promise<SweepView>;
}

export interface WatchdogOptions {
  readonly hands: Hands;
  readonly elapsedMs: () => number;
  /** One line about what it saw and did, for its log. */
  readonly note: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}

const haltAgainMs = 500;

/** Decides by who is silent; holds no connection and no timer, so that it can be tried with a clock in hand. */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #silences: Readonly<Record<PeerName, Silence>>;
  readonly #lost = new Set<PeerName>();
  /** Why the gateway must halt, until it has; null when it need not. */
  #owedHalt: string | null = null;
  #isHalting = false;
  #nextHaltMs = 0;
  #isSweeping = false;
  #nextSweepMs = 0;
  #isDataDead = false;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    const silence = (name: PeerName): Silence =>
      new Silence({ lookEveryMs: heartbeatEveryMs, lostAfterMs: peerRules[name].lostAfterMs });
    this.#silences = {
      gateway: silence('gateway'),
      runner: silence('runner'),
      server: silence('server'),
      standby: silence('standby'),
    };
  }

  /** Why the gateway must halt and has not yet; it goes with each sign of life, so that a gateway that wakes hears it first. */
  get owedHalt(): string | null {
    return this.#owedHalt;
  }

  /** A sign of life. */
  heard(name: PeerName): void {
    this.#silences[name].heard();
    if (this.#lost.delete(name)) this.#options.note('back', { name });
  }

  /** The gateway's: what it says of the market's data counts too. */
  heardGateway(sign: GatewaySign): void {
    this.heard('gateway');
    const isDead = sign.dataAgeMs !== null && sign.dataAgeMs > dataAgeMaxMs && sign.openOrders > 0;
    if (isDead && !this.#isDataDead) {
      this.#options.note('data-silent', { dataAgeMs: sign.dataAgeMs, openOrders: sign.openOrders });
      this.#tried('cancel-all', this.#options.hands.cancelAll());
    }
    this.#isDataDead = isDead;
  }

  /** Somebody asked for a halt: by the file, or another way that does not need the gateway. */
  halt(reason: string): void {
    this.#options.note('halt-asked', { reason });
    this.#owedHalt ??= reason;
    this.look();
  }

  /** To be called every `heartbeatEveryMs`. */
  look(): void {
    const nowMs = this.#options.elapsedMs();
    for (const name of Object.keys(this.#silences) as PeerName[]) {
      this.#silences[name].look(nowMs);
      if (this.#silences[name].isLost && !this.#lost.has(name)) this.#lose(name);
    }
    if (this.#owedHalt === null) return;
    if (this.#lost.has('gateway')) this.#sweep(this.#owedHalt, nowMs);
    else this.#halt(this.#owedHalt, nowMs);
  }

  #lose(name: PeerName): void {
    const { silentMs } = this.#silences[name];
    this.#lost.add(name);
    this.#options.note('lost', { name, silentMs });
    if (peerRules[name].onLost === 'report') return;
    this.#owedHalt ??= `the ${name} gave no sign of life for ${silentMs} ms`;
    if (name === 'gateway') this.#nextSweepMs = 0;
  }

  #sweep(reason: string, nowMs: number): void {
    if (this.#isSweeping || nowMs < this.#nextSweepMs) return;
    this.#isSweeping = true;
    const { hands, note, elapsedMs } = this.#options;
    const done = async (): Promise<void> => note('swept', { ...(await hands.sweep(reason)) });
    this.#tried('sweep', done(), () => {
      this.#isSweeping = false;
      this.#nextSweepMs = elapsedMs() + sweepAgainMs;
    });
  }

  #halt(reason: string, nowMs: number): void {
    if (this.#isHalting || nowMs < this.#nextHaltMs) return;
    this.#isHalting = true;
    const { hands, note, elapsedMs } = this.#options;
    const done = async (): Promise<void> => {
      await hands.halt(reason);
      this.#owedHalt = null;
      note('halted', { reason });
    };
    this.#tried('halt', done(), () => {
      this.#isHalting = false;
      this.#nextHaltMs = elapsedMs() + haltAgainMs;
    });
  }

  #tried(what: string, deed: Promise<void>, after: () => void = () => undefined): void {
    const failed = (error: unknown): void =>
      this.#options.note('failed', { what, why: error instanceof Error ? error.message : String(error) });
    void deed.catch(failed).finally(after);
  }
}
