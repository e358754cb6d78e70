import { randomInt } from 'node:crypto';
import { FixConfiguration } from '#domain/errors.ts';
import type { DeskState } from './desk/state.ts';

export interface ResumeFacts {
  readonly elapsedMs: () => number;
  /** Of the file that halts; null when it is not there. */
  readonly haltFile: () => string | null;
  /** Processes that run another build than the gateway. */
  readonly otherBuilds: () => readonly string[];
}

export interface Prepared {
  readonly code: string;
  readonly validMs: number;
  readonly since: string;
  readonly by: string;
  readonly reason: string;
  readonly incidents: { code: string; detail: string; at: string }[];
}

interface Asked {
  readonly code: string;
  readonly untilMs: number;
  /** What the person was shown: it must still be all there is. */
  readonly shown: string;
  triesLeft: number;
}

const validMs = 60_000;
const triesMax = 3;
const codeDigits = 6;
const incidentsShown = 20;

/**
 * The two steps by which a person lets orders through again (INV-13): a code that shows what happened, and the code
 * repeated within 60 seconds. It is good once, three wrong ones use it up, and a halt or an incident that came in
 * between makes it worthless: nobody acknowledges what he was not shown (INV-32).
 */
export class ResumeSteps {
  readonly #facts: ResumeFacts;
  #asked: Asked | null = null;

  constructor(facts: ResumeFacts) {
    this.#facts = facts;
  }

  /** @throws FixConfiguration `gateway.not-halted`, `gateway.halt-file`, `gateway.other-build` */
  prepare(state: DeskState): Prepared {
    const { halted } = state;
    if (halted === null) {
      throw new FixConfiguration('gateway.not-halted', 'Cannot resume: ordering is on, wanted a halt to lift');
    }
    this.#mustBeClear();
    const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
    const untilMs = this.#facts.elapsedMs() + validMs;
    this.#asked = { code, untilMs, shown: shownOf(state), triesLeft: triesMax };
    const incidents = state.incidents
      .filter(({ at }) => Temporal.Instant.compare(at, halted.since) >= 0)
      .slice(-incidentsShown)
      .map(({ code: incident, detail, at }) => ({ code: incident, detail, at }));
    return { code, validMs, since: halted.since, by: halted.by, reason: halted.reason, incidents };
  }

  /** @throws FixConfiguration `gateway.resume-code`, `gateway.halt-file`, `gateway.other-build` */
  confirm(code: string, state: DeskState): void {
    const asked = this.#asked;
    if (asked === null || this.#facts.elapsedMs() > asked.untilMs) throw refused('there is none, or it is over');
    if (asked.code !== code) {
      asked.triesLeft -= 1;
      if (asked.triesLeft <= 0) this.#asked = null;
      throw refused('it is another one');
    }
    if (asked.shown !== shownOf(state)) {
      this.#asked = null;
      throw refused('something happened since it was given');
    }
    this.#mustBeClear();
  }

  /** The code has done its work. */
  used(): void {
    this.#asked = null;
  }

  #mustBeClear(): void {
    if (this.#facts.haltFile() !== null) {
      throw new FixConfiguration(
        'gateway.halt-file',
        'Cannot resume: the file HALT is still in the data folder, wanted it removed',
      );
    }
    const others = this.#facts.otherBuilds();
    if (others.length > 0) {
      throw new FixConfiguration(
        'gateway.other-build',
        `Cannot resume: ${others.join(', ')} runs another build than the gateway, wanted one; restart Snowball`,
      );
    }
  }
}

function refused(found: string): FixConfiguration {
  return new FixConfiguration(
    'gateway.resume-code',
    `Cannot resume with this code: ${found}, wanted the one shown within the last 60 s; ask for a new one`,
  );
}

function shownOf({ halted, incidents }: DeskState): string {
  const last = incidents.at(-1);
  return JSON.stringify([halted?.since, halted?.by, halted?.reason, incidents.length, last?.code, last?.at]);
}
