import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writePrivate } from './passphrase-file.ts';

/** How far a person has come: `terminal` has used the one-time URL, `open` has also given the passphrase. */
export type SessionLevel = 'terminal' | 'open';

export interface Session {
  readonly level: SessionLevel;
  readonly startedAtMs: number;
  readonly seenAtMs: number;
}

export const idleMs = 15 * 60_000;
export const absoluteMs = 12 * 3_600_000;
const sessionsMax = 16;

const kept = z.strictObject({
  start: z.string(),
  terminalProven: z.boolean(),
  sessions: z.array(
    z.tuple([
      z.string(),
      z.strictObject({ level: z.enum(['terminal', 'open']), startedAtMs: z.number(), seenAtMs: z.number() }),
    ]),
  ),
});

export interface SessionsOptions {
  /** Where sessions outlive a restart of this process; only hashes of their ids are written. */
  readonly path: string;
  /** Names this start of the supervisor; sessions of another start are dropped. */
  readonly start: string;
  /** Wall clock in milliseconds: it must mean the same after a restart. */
  readonly now: () => number;
}

/**
 * Opaque sessions, kept here and never in the browser. They end 15 minutes after the person was last seen and 12 hours
 * after the login. At most 16; the one seen longest ago falls out.
 */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #sessions: Map<string, Session>;
  #terminalProven: boolean;
  #writing: Promise<void> = Promise.resolve();

  /** A file that cannot be read means no sessions: people log in again. */
  constructor(options: SessionsOptions) {
    this.#options = options;
    const file = readKept(options);
    this.#sessions = new Map(file?.sessions);
    this.#terminalProven = file?.terminalProven ?? false;
  }

  /** Whether a one-time URL was used since the supervisor started; from then on the passphrase alone logs in. */
  get terminalProven(): boolean {
    return this.#terminalProven;
  }

  /** A new session in place of `previous`, with a new id, which is returned and nowhere kept. */
  begin(level: SessionLevel, previous: string | null): string {
    if (previous !== null) this.#sessions.delete(hash(previous));
    const id = randomBytes(32).toString('base64url');
    const now = this.#options.now();
    this.#sessions.set(hash(id), { level, startedAtMs: now, seenAtMs: now });
    this.#terminalProven = true;
    this.#trim();
    this.#save();
    return id;
  }

  /** Null when there is none, or it has ended. */
  find(id: string): Session | null {
    const key = hash(id);
    const session = this.#sessions.get(key);
    if (session === undefined) return null;
    if (this.#alive(session)) return session;
    this.#sessions.delete(key);
    this.#save();
    return null;
  }

  /** The person did something just now. */
  touch(id: string): void {
    const session = this.find(id);
    if (session === null) return;
    this.#sessions.set(hash(id), { ...session, seenAtMs: this.#options.now() });
    this.#save();
  }

  end(id: string): void {
    if (this.#sessions.delete(hash(id))) this.#save();
  }

  endAll(): void {
    this.#sessions.clear();
    this.#save();
  }

  /** Resolves when everything so far is on disk. */
  saved(): Promise<void> {
    return this.#writing;
  }

  #alive(session: Session): boolean {
    const now = this.#options.now();
    return now - session.seenAtMs < idleMs && now - session.startedAtMs < absoluteMs;
  }

  #trim(): void {
    const oldestFirst = [...this.#sessions].sort(([, a], [, b]) => a.seenAtMs - b.seenAtMs);
    for (const [key] of oldestFirst.slice(0, Math.max(0, this.#sessions.size - sessionsMax))) {
      this.#sessions.delete(key);
    }
  }

  #save(): void {
    const body = { start: this.#options.start, terminalProven: this.#terminalProven, sessions: [...this.#sessions] };
    const write = (): Promise<void> => writePrivate(this.#options.path, `${JSON.stringify(body)}\n`);
    // A full disk costs the sessions of a restart, nothing else: the next write tries again.
    this.#writing = this.#writing.then(write).catch(() => undefined);
  }
}

function readKept(options: SessionsOptions): z.infer<typeof kept> | null {
  try {
    const file = kept.parse(JSON.parse(readFileSync(options.path, 'utf8')));
    return file.start === options.start ? file : null;
  } catch {
    // Missing, damaged or of another start: nobody is logged in, which is safe.
    return null;
  }
}

function hash(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
