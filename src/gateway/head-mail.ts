import { randomBytes } from 'node:crypto';
import { seoulDate } from '#domain/trading-date.ts';
import type { AnchoredHead } from '#journal/anchor-file.ts';
import { headLine } from '#journal/head-line.ts';
import type { DeskEvent } from './desk/events.ts';
import { entry } from './desk/records.ts';
import type { DeskState } from './desk/state.ts';

export interface HeadMailOptions {
  readonly state: () => DeskState;
  readonly record: (event: (state: DeskState) => DeskEvent) => Promise<unknown>;
  /** ISO 8601, market time. */
  readonly at: () => string;
}

/**
 * The journal's signed head on its way to the person: the first of each day in Seoul, and the one at the end of a session,
 * as a notice through the channels of alerts. Whoever rewrites the journal and its anchor cannot rewrite those messages.
 */
export class HeadMail {
  readonly #options: HeadMailOptions;
  #isDayEnding = false;

  constructor(options: HeadMailOptions) {
    this.#options = options;
  }

  /** The next head goes out whatever went out today. */
  endOfSession(): void {
    this.#isDayEnding = true;
  }

  /** One signed head, which the anchor has already. */
  async take(head: AnchoredHead): Promise<void> {
    const day = dayOf(head.at);
    if (!this.#isDayEnding && this.#dayOfLast() === day) return;
    this.#isDayEnding = false;
    const id = `a0h-${randomBytes(4).toString('hex')}`;
    const body = { id, code: 'journal-head', by: 'gateway', line: headLine(head), at: this.#options.at() };
    await this.#options.record(() => ({ kind: 'alert', record: entry('alert.raised', body) }));
  }

  /** By the time in the line: the market's clock may be another than the one that signs. */
  #dayOfLast(): string | null {
    const last = this.#options.state().alerts.all.findLast(({ code }) => code === 'journal-head');
    const at = last?.line?.split(' ')[4];
    return at === undefined ? null : dayOf(at);
  }
}

/** The same, which takes a head that was signed before there was a desk to record that it goes out. */
export class EarlyHeads {
  #waiting: AnchoredHead | null = null;
  #mail: HeadMail | null = null;

  /** From now on heads go out; the one that waits goes first. */
  async start(options: HeadMailOptions): Promise<void> {
    this.#mail = new HeadMail(options);
    if (this.#waiting !== null) await this.#mail.take(this.#waiting);
  }

  async take(head: AnchoredHead): Promise<void> {
    if (this.#mail === null) this.#waiting = head;
    else await this.#mail.take(head);
  }

  endOfSession(): void {
    this.#mail?.endOfSession();
  }
}

function dayOf(at: string): string {
  return seoulDate(Temporal.Instant.from(at)).toString();
}
