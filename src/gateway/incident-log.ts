import type { Logger } from 'pino';
import { SnowballError } from '#domain/errors.ts';
import { describe } from './log.ts';

/** What a broker's adapter reports, as far as the log is concerned. */
export interface LoggedIncident {
  readonly kind: string;
  /** Empty when it is not about one kind of call. */
  readonly trId: string;
  readonly detail: string;
}

export interface IncidentLogOptions {
  readonly log: Pick<Logger, 'warn' | 'info'>;
  /** Milliseconds that only grow. */
  readonly elapsedMs: () => number;
  /** The same thing is written once in so long; ten minutes if not said. */
  readonly windowMs?: number;
}

interface Seen {
  readonly untilMs: number;
  repeated: number;
}

/** Things remembered at a time; the oldest makes room and would then be written again. */
const rememberedMax = 500;
const trIdPattern = /\b[A-Z]{4,6}\d[0-9A-Z]{4,8}\b/;
/** What is expected to last and to pass by itself: a line for the record, nothing to be woken for. */
const quietKinds = new Set(['maintenance']);

/**
 * The log of what goes wrong with a broker. A thing is its kind and its TR id, whether the adapter reported it or a call
 * failed with it: it is written once, and the next line about it says how often it came in between.
 */
export class IncidentLog {
  readonly #options: IncidentLogOptions;
  readonly #seen = new Map<string, Seen>();

  constructor(options: IncidentLogOptions) {
    this.#options = options;
  }

  incident(incident: LoggedIncident): void {
    const repeated = this.#take(`${incident.kind} ${incident.trId}`);
    if (repeated === null) return;
    const entry = { incident, ...(repeated === 0 ? {} : { repeated }) };
    if (quietKinds.has(incident.kind)) this.#options.log.info(entry, 'broker incident');
    else this.#options.log.warn(entry, 'broker incident');
  }

  /** An error that is dealt with. What comes from a broker's adapter is written once in the window, the rest always. */
  fault(error: unknown): void {
    const key = keyOf(error);
    const repeated = key === null ? 0 : this.#take(key);
    if (repeated === null) return;
    this.#options.log.warn({ ...describe(error), ...(repeated === 0 ? {} : { repeated }) }, 'dealt with');
  }

  /** How often it came unwritten since the last line; null when it is to stay unwritten now. */
  #take(key: string): number | null {
    const { elapsedMs, windowMs = 600_000 } = this.#options;
    const seen = this.#seen.get(key);
    if (seen !== undefined && elapsedMs() < seen.untilMs) {
      seen.repeated += 1;
      return null;
    }
    this.#seen.delete(key);
    this.#seen.set(key, { untilMs: elapsedMs() + windowMs, repeated: 0 });
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > rememberedMax && oldest !== undefined) this.#seen.delete(oldest);
    return seen?.repeated ?? 0;
  }
}

/** `kis.unreadable-answer` of FHKST01010100 is the same thing as the incident `unreadable-answer` of FHKST01010100. */
function keyOf(error: unknown): string | null {
  if (!(error instanceof SnowballError)) return null;
  // Whoever asks again and again through the night is told once in the window.
  if (error.code === 'gateway.session-closed') return error.code;
  const [folder, kind = ''] = error.code.split('.');
  if (folder !== 'kis') return null;
  return quietKinds.has(kind) ? `${kind} ` : `${kind} ${trIdPattern.exec(error.message)?.[0] ?? ''}`;
}
