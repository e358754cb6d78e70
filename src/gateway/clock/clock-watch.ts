import type { GatewayClock } from './gateway-clock.ts';

/** INV-42: over one second warns. Over two the guard denies what adds risk. */
const warnMs = 1_000;

/** Tells a clock that went wrong: once when it does, and again only after it was right in between. */
export class ClockWatch {
  readonly #clock: Pick<GatewayClock, 'errorMs' | 'isTrusted'>;
  readonly #onWrong: (detail: string) => void;
  #isTold = false;

  constructor(clock: Pick<GatewayClock, 'errorMs' | 'isTrusted'>, onWrong: (detail: string) => void) {
    this.#clock = clock;
    this.#onWrong = onWrong;
  }

  /** Called every second or so. */
  look(): void {
    const errorMs = this.#clock.errorMs ?? 0;
    const isWrong = Math.abs(errorMs) > warnMs;
    if (isWrong && !this.#isTold) {
      const where = errorMs > 0 ? 'ahead of' : 'behind';
      const what = this.#clock.isTrusted ? '' : '; no new risk until it is right';
      this.#onWrong(`The machine's clock is at least ${Math.round(Math.abs(errorMs))} ms ${where} the broker's${what}`);
    }
    this.#isTold = isWrong;
  }
}
