import { randomInt } from 'node:crypto';
import { FixConfiguration } from '#domain/errors.ts';
import type { Role } from '#link/api.ts';
import { openAlertLines } from '../handlers/alert-handlers.ts';
import { openAlerts } from '../desk/apply-alert.ts';
import type { DeskState } from '../desk/state.ts';
import type { ResumeProof } from './resume-proof.ts';

export interface ResumeFacts {
  readonly elapsedMs: () => number;
  /** Of the file that halts; null when it is not there. */
  readonly haltFile: () => string | null;
  /** Throws when the broker's key is too old to be traded with. */
  readonly checkKey?: (() => void) | undefined;
  /** Processes that run another build than the gateway. */
  readonly otherBuilds: () => readonly string[];
  /** Whether the passphrase of the vault was typed for a code. */
  readonly proof: ResumeProof;
  /** A key file opened the vault: there may be nobody who knows its passphrase by heart, and two capabilities stand for it. */
  readonly isOpenedByCredential: boolean;
  /** The web acts by itself (trial, or as configured): its page asks for a passphrase of its own. */
  readonly isWebConvenient: boolean;
  /** In trial the code acknowledges the alerts that its first step showed; elsewhere each must have been acknowledged by itself. */
  readonly isTrial: boolean;
}

export interface Prepared {
  readonly code: string;
  readonly validMs: number;
  readonly since: string;
  readonly by: string;
  readonly reason: string;
  readonly incidents: { code: string; detail: string; at: string }[];
  readonly second: Second;
}

/** What the second step asks for besides the code. */
export type Second = 'passphrase' | 'admin' | 'page';

interface Asked {
  readonly code: string;
  readonly untilMs: number;
  /** What the person was shown: it must still be all there is. */
  readonly shown: string;
  /** Who took the first step. */
  readonly by: Role;
  triesLeft: number;
}

const validMs = 60_000;
const triesMax = 3;
const codeDigits = 6;
const incidentsShown = 20;

/**
 * The two steps by which a person lets orders through again (INV-13): a code that shows what happened, and the code
 * repeated within 60 seconds together with something that the first step did not need, so that one capability alone never
 * goes both: the passphrase of the vault, or the word of admin where a key file opened it and somebody else asked. The code
 * is good once, three wrong ones use it up, and a halt or an incident that came in between makes it worthless: nobody
 * acknowledges what he was not shown (INV-32).
 */
export class ResumeSteps {
  readonly #facts: ResumeFacts;
  #asked: Asked | null = null;

  constructor(facts: ResumeFacts) {
    this.#facts = facts;
  }

  /** @throws FixConfiguration `gateway.not-halted`, `gateway.halt-file`, `gateway.other-build` */
  prepare(state: DeskState, by: Role): Prepared {
    const { halted } = state;
    if (halted === null) {
      throw new FixConfiguration('gateway.not-halted', 'Cannot resume: ordering is on, wanted a halt to lift');
    }
    this.#mustBeClear();
    this.#mustBeAcknowledged(state);
    const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
    const untilMs = this.#facts.elapsedMs() + validMs;
    this.#asked = { code, untilMs, shown: shownOf(state), by, triesLeft: triesMax };
    const since = state.incidents
      .filter(({ at }) => Temporal.Instant.compare(at, halted.since) >= 0)
      .slice(-incidentsShown)
      .map(({ code: incident, detail, at }) => ({ code: incident, detail, at }));
    const incidents = [...openAlertLines(state), ...since];
    return {
      code,
      validMs,
      since: halted.since,
      by: halted.by,
      reason: halted.reason,
      incidents,
      second: this.#second(by),
    };
  }

  /** @throws FixConfiguration `gateway.resume-code`, `gateway.resume-proof`, `gateway.halt-file`, `gateway.other-build` */
  confirm(code: string, state: DeskState, by: Role): void {
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
    if (!this.#isProven(asked, by)) throw this.#unproven(asked);
    this.#mustBeClear();
  }

  /** The code has done its work. */
  used(): void {
    this.#asked = null;
    this.#facts.proof.used();
  }

  #isProven(asked: Asked, by: Role): boolean {
    if (this.#facts.proof.isGiven(asked.code)) return true;
    if (by === 'server') return this.#facts.isWebConvenient && asked.by === 'server';
    return by === 'admin' && asked.by !== 'admin' && this.#facts.isOpenedByCredential;
  }

  #second(by: Role): Second {
    if (by === 'server' && this.#facts.isWebConvenient) return 'page';
    return this.#facts.isOpenedByCredential && by !== 'admin' ? 'admin' : 'passphrase';
  }

  #unproven({ code, by }: Asked): FixConfiguration {
    const option = this.#second(by) === 'admin' ? ' --admin' : '';
    return new FixConfiguration(
      'gateway.resume-proof',
      `Cannot resume with this code alone: it is the first step, wanted the second in the terminal: snowball resume --confirm ${code}${option}`,
    );
  }

  /** INV-32: what nobody took note of blocks. */
  #mustBeAcknowledged(state: DeskState): void {
    const open = openAlerts(state);
    if (open.length === 0 || (this.#facts.isTrial && open.length <= incidentsShown)) return;
    const ids = open.slice(0, 5).map(({ id, code }) => `${id} (${code})`);
    throw new FixConfiguration(
      'gateway.alerts-open',
      `Cannot resume: ${open.length} critical alerts are not acknowledged, ${ids.join(', ')}, wanted each: snowball alerts acknowledge ID`,
    );
  }

  #mustBeClear(): void {
    if (this.#facts.haltFile() !== null) {
      throw new FixConfiguration(
        'gateway.halt-file',
        'Cannot resume: the file HALT is still in the data folder, wanted it removed',
      );
    }
    this.#facts.checkKey?.();
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

function shownOf({ halted, incidents, alerts }: DeskState): string {
  const last = incidents.at(-1);
  return JSON.stringify([
    halted?.since,
    halted?.by,
    halted?.reason,
    incidents.length,
    last?.code,
    last?.at,
    alerts.count,
  ]);
}
