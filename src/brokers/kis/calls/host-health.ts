import type { Clock } from '#domain/clock.ts';
import type { RetryLater } from '#domain/errors.ts';
import { admit, afterFailure, afterSuccess, closedCircuit, type Circuit } from '#wire/circuit-breaker.ts';

import type { KisIncident } from '../options.ts';
import { isMaintenance } from './maintenance.ts';
import { gaveUp } from './read-errors.ts';

const circuitOptions = { failuresMax: 5, openMs: 5_000 };
const restingCause = 'the host failed five times in a row and is given a rest';

/** How the host fares by its reads: a breaker, and whether a failure is its maintenance, which is told once. */
export class HostHealth {
  readonly #clock: Clock;
  readonly #report: (incident: KisIncident) => void;
  #circuit: Circuit = closedCircuit;
  #isUnderMaintenance = false;

  constructor(clock: Clock, report: (incident: KisIncident) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** False while the host failed too often: asking now would only keep it down. */
  mayAsk(): boolean {
    const [circuit, isAdmitted] = admit(this.#circuit, this.#clock.elapsedMs(), circuitOptions);
    this.#circuit = circuit;
    return isAdmitted;
  }

  /** An answer in the host's own words came; `isSuccess` when it was the one that was asked for. */
  answered(isSuccess: boolean): void {
    this.#circuit = afterSuccess();
    if (isSuccess) this.#isUnderMaintenance = false;
  }

  failed(): void {
    this.#circuit = afterFailure(this.#circuit, this.#clock.elapsedMs(), circuitOptions);
  }

  /** The error of a read that is not even tried. */
  resting(trId: string, tries: number): RetryLater {
    if (!this.#isUnderMaintenance) return gaveUp(trId, tries, restingCause, 'host');
    return gaveUp(trId, tries, restingCause, 'maintenance');
  }

  /** The error of a read whose last try failed with `cause`; a host that is closed for the night is told of once. */
  gaveUp(trId: string, tries: number, cause: string, isBadInput: boolean): RetryLater {
    const isClosed = isMaintenance(cause, this.#clock.now());
    if (isClosed && !this.#isUnderMaintenance) {
      this.#report({ kind: 'maintenance', trId: '', detail: `KIS is closed for maintenance: ${cause}` });
    }
    this.#isUnderMaintenance = isClosed;
    return gaveUp(trId, tries, cause, isClosed ? 'maintenance' : isBadInput ? 'answer' : 'host');
  }
}
