import { randomBytes } from 'node:crypto';
import type { Environment } from '#domain/environment.ts';
import type { AlertDelivery, AlertView, OwedAlert } from '#link/alert-api.ts';
import type { AlertChannelView } from '#link/alert-api.ts';
import type { AlertCodeName } from '#link/alert-codes.ts';
import type { Language } from '#link/language.ts';
import { AlertBook, type Report } from './alert-book.ts';
import { alertMessage } from './alert-message.ts';
import { readAlertMemory, saveAlertMemory, type AlertMemory } from './alert-memory.ts';
import { AlertPost } from './alert-post.ts';
import { rankOf, type Channel } from './alert.ts';

/** The part of the gateway that knows of alerts. Each call may reject: it is made again at the next turn. */
export interface AlertGateway {
  next(question: { readonly after: number; readonly open: string[]; readonly channels: AlertChannelView[] }): Promise<{
    readonly environment: Environment;
    readonly count: number;
    readonly alerts: readonly { readonly number: number; readonly alert: AlertView }[];
    readonly closed: readonly string[];
  }>;
  delivered(report: Omit<AlertDelivery, 'at'> & { readonly id: string }): Promise<unknown>;
}

export interface AlertDeskOptions {
  readonly channels: readonly Channel[];
  readonly language: Language;
  readonly gateway: AlertGateway;
  /** Where the memory is kept. */
  readonly file: string;
  /** Epoch milliseconds that only grow. */
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly note: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** The same thing of the watchdog's own is told again after so long, where it is nothing critical. */
const ownAgainMs = 600_000;
/** What the gateway is still to record; beyond it the oldest is given up, and stands in the watchdog's file all the same. */
const reportsMax = 500;
const reportsAtOnce = 20;
const owedMax = 10;

/**
 * Alerts in the watchdog (INV-32): what the gateway has on record is fetched and sent, what the watchdog saw itself is
 * sent at once and told to the gateway when it lives. Lives on without the gateway, and over restarts of either.
 */
export class AlertDesk {
  readonly #options: AlertDeskOptions;
  readonly #book: AlertBook;
  readonly #post: AlertPost;
  readonly #lastOwn = new Map<string, number>();
  #memory: Omit<AlertMemory, 'book'>;
  #isAsking = false;
  #isDirty = false;
  #saving: Promise<void> | null = null;

  private constructor(options: AlertDeskOptions, memory: AlertMemory) {
    const { channels, nowMs, random } = options;
    this.#options = options;
    this.#memory = memory;
    this.#book = new AlertBook({
      channels,
      random,
      state: memory.book,
      onDropped: () => this.tell('alerts-dropped'),
    });
    this.#post = new AlertPost({
      channels,
      book: this.#book,
      nowMs,
      textOf: (alert) => alertMessage(alert, options.language, this.#memory.environment),
      onReport: (report) => this.#report(report),
      onDown: (channel) => {
        options.note('channel-down', { channel });
        this.tell('channel-down');
      },
    });
  }

  /** Takes up what an earlier watchdog left unsent. */
  static async open(options: AlertDeskOptions): Promise<AlertDesk> {
    return new AlertDesk(options, await readAlertMemory(options.file));
  }

  /** What the gateway is to record beside the halt that is owed with it. */
  get owed(): readonly OwedAlert[] {
    return this.#memory.owed.slice(0, owedMax);
  }

  /** The gateway has recorded them. */
  paid(owed: readonly OwedAlert[]): void {
    if (owed.length === 0) return;
    const paid = new Set(owed.map(({ id }) => id));
    this.#change({ owed: this.#memory.owed.filter(({ id }) => !paid.has(id)) });
  }

  /** The watchdog's own: sent at once. Once while it waits for a person, and not again within ten minutes. */
  tell(code: AlertCodeName): void {
    const nowMs = this.#options.nowMs();
    const isWaiting = this.#book.open.some((alert) => alert.code === code);
    const isFresh = nowMs - (this.#lastOwn.get(code) ?? -Infinity) < ownAgainMs;
    if (isWaiting || (isFresh && rankOf(code) < 2)) return;
    this.#lastOwn.set(code, nowMs);
    const id = `w-${randomBytes(4).toString('hex')}`;
    const at = Temporal.Instant.fromEpochMilliseconds(Math.trunc(nowMs)).toString();
    this.#book.add({ id, code, at, line: null }, nowMs);
    this.#change({ owed: [...this.#memory.owed, { id, code }].slice(-reportsMax) });
    this.#options.note('alert', { id, code });
    this.#post.pump();
  }

  /** To be called some times a second: sends what is due, keeps the memory. */
  turn(): void {
    this.#post.pump();
    this.#save();
  }

  /** To be called about twice a second: takes what is new from the gateway and tells it what became of the rest. */
  async ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#askOnce();
    } finally {
      this.#isAsking = false;
    }
  }

  async close(): Promise<void> {
    await this.#post.close();
    this.#isDirty = true;
    await this.#saving;
    this.#save();
    await this.#saving;
  }

  async #askOnce(): Promise<void> {
    const { gateway, nowMs } = this.#options;
    const owed = new Set(this.#memory.owed.map(({ id }) => id));
    const open = this.#book.open.map(({ id }) => id).filter((id) => !owed.has(id));
    const after = this.#memory.cursor;
    const next = await gateway.next({ after, open: open.slice(0, 100), channels: this.#post.views });
    // A record that is shorter than what was taken from it is another one.
    let cursor = next.count < after ? 0 : after;
    for (const { number, alert } of next.alerts) {
      const { id, code, at, line, acknowledged } = alert;
      cursor = Math.max(cursor, number);
      if (acknowledged === null) this.#book.add({ id, code, at, line }, nowMs());
    }
    this.#book.close(next.closed);
    const isChanged = cursor !== after || next.closed.length > 0 || next.environment !== this.#memory.environment;
    if (isChanged) this.#change({ cursor, environment: next.environment });
    this.#post.pump();
    // Of an alert that the gateway does not have yet it could record nothing.
    const due = this.#memory.reports.filter(({ id }) => !this.#memory.owed.some((alert) => alert.id === id));
    for (const report of due.slice(0, reportsAtOnce)) {
      await gateway.delivered(report);
      this.#change({ reports: this.#memory.reports.filter((other) => other !== report) });
    }
  }

  #report(report: Report): void {
    this.#options.note('alert-sent', { ...report });
    this.#change({ reports: [...this.#memory.reports, report].slice(-reportsMax) });
  }

  #change(part: Partial<AlertMemory>): void {
    this.#memory = { ...this.#memory, ...part };
    this.#isDirty = true;
  }

  #save(): void {
    if (!this.#isDirty || this.#saving !== null) return;
    this.#isDirty = false;
    const failed = (error: unknown): void => {
      const why = error instanceof Error ? error.message : String(error);
      this.#options.note('failed', { what: 'save the alerts', why });
    };
    this.#saving = saveAlertMemory(this.#options.file, { ...this.#memory, book: this.#book.state })
      .catch(failed)
      .finally(() => (this.#saving = null));
  }
}
