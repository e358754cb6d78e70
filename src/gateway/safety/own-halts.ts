import type { GuardState } from '#guard/state.ts';
import type { ClockWatch } from '../clock/clock-watch.ts';
import { openAlerts } from '../desk/apply-alert.ts';
import type { DeskState } from '../desk/state.ts';
import { booksHalt } from './loss-watch.ts';

const lookEveryMs = 1_000;

export interface OwnHaltsOptions {
  readonly state: () => DeskState;
  readonly guardState: (state: DeskState) => GuardState;
  readonly clockWatch: Pick<ClockWatch, 'look'>;
  readonly halt: (by: string, reason: string) => void;
}

/** What halts trading although nobody asked for it: books that lose or do not add up, and alerts that nobody took note of. */
export class OwnHalts {
  readonly #options: OwnHaltsOptions;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: OwnHaltsOptions) {
    this.#options = options;
  }

  /** Looks at clock and books once a second. */
  start(): void {
    this.#timer = setInterval(() => {
      this.#options.clockWatch.look();
      this.#lookAtBooks();
    }, lookEveryMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** INV-32: an alert that nobody took note of keeps trading off, at a start and when a day opens. */
  unlessAcknowledged(at: string): void {
    const state = this.#options.state();
    const open = openAlerts(state);
    if (open.length === 0 || state.halted !== null) return;
    const ids = open.slice(0, 5).map(({ id }) => id);
    this.#options.halt(
      'rule INV-32',
      `at ${at}, ${open.length} critical alerts were not acknowledged: ${ids.join(', ')}`,
    );
  }

  #lookAtBooks(): void {
    const state = this.#options.state();
    if (state.halted !== null || state.books === null) return;
    const halt = booksHalt(this.#options.guardState(state));
    if (halt !== null) this.#options.halt(halt.by, halt.reason);
  }
}
