import { feedFaults, pushFaults, type FaultRule, type Faults } from '../host/faults.ts';
import type { VenueNotice } from '../venue/venue-notice.ts';

/** What faults need of a websocket session. */
export interface FaultySession {
  push(frame: string, canSkip: boolean): void;
  /** Ends the connection without a word. */
  drop(): void;
  /** Ends it as KIS does when another session takes the app key. */
  kick(): void;
}

/** One notice on its way to the sessions that listen. */
export interface NoticeDelivery<Session extends FaultySession> {
  readonly trId: string;
  readonly sessions: readonly Session[];
  readonly notice: VenueNotice;
  /** The frame for one session, which cannot be decrypted when `isGarbled`. */
  readonly frameOf: (session: Session, isGarbled: boolean) => string;
}

/** Frames that the fault `slow-consumer` holds back at most; beyond it the sessions are cut off. */
const stuckMax = 5000;
/** Field of the price in a trade record. @see spec Appendix B */
const priceField = 2;
const tradeFeed = /^H0(ST|NX|UN)CNT0$/;
const lies = ['stale-price', 'zero-price', 'negative-price', 'odd-tick'];
const lineFaults = feedFaults.filter((name) => !lies.includes(name));

/** Notices that wait for another one, and what sets them free. */
interface Waiting {
  readonly isSetFreeBy: (notice: VenueNotice) => boolean;
  readonly deliver: () => void;
}

/** Everything that goes wrong between the venue and a websocket of one host. */
export class PushFaults {
  readonly #faults: Faults;
  #waiting: Waiting[] = [];
  #silentUntilMs = 0;
  #stuck: (() => void)[] | null = null;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** A frame of trades or books for `sessions`; books (`canSkip`) may be left out when the line is stuck. */
  feed(trId: string, sessions: readonly FaultySession[], frame: string, canSkip: boolean): void {
    const rule = this.#faults.strike(trId, tradeFeed.test(trId) ? feedFaults : lineFaults);
    if (rule !== null && this.#breaksLine(rule, sessions)) return;
    if (rule?.fault === 'stale-price') return;
    const text = rule === null ? frame : withPrices(frame, rule);
    this.#carry(
      () => {
        for (const session of sessions) session.push(text, canSkip);
      },
      sessions,
      canSkip,
    );
  }

  notice<Session extends FaultySession>(delivery: NoticeDelivery<Session>): void {
    const { notice, sessions, trId } = delivery;
    const rule = this.#faults.strike(
      trId,
      pushFaults.filter((name) => suits(name, notice)),
    );
    if (rule !== null && this.#breaksLine(rule, sessions)) return;
    const deliver = (): void => this.#carry(() => this.#deliver(delivery, rule), sessions, false);
    if (rule !== null && this.#holdsBack(rule, notice, deliver)) return;
    if (rule?.fault !== 'notice-missing') deliver();
    this.#setFree(notice);
  }

  #deliver<Session extends FaultySession>(
    { sessions, frameOf }: NoticeDelivery<Session>,
    rule: FaultRule | null,
  ): void {
    for (const session of sessions) {
      const frame = frameOf(session, rule?.fault === 'notice-undecryptable');
      session.push(frame, false);
      if (rule?.fault === 'notice-duplicate') session.push(frame, false);
    }
  }

  /** True when the fault ends or silences the line, so that nothing is left to deliver. */
  #breaksLine(rule: FaultRule, sessions: readonly FaultySession[]): boolean {
    switch (rule.fault) {
      case 'socket-drop':
        for (const session of sessions) session.drop();
        return true;
      case 'second-session':
        for (const session of sessions) session.kick();
        return true;
      case 'feed-gap':
        this.#silentUntilMs = performance.now() + rule.delayMs;
        return true;
      case 'slow-consumer':
        this.#stick(rule.delayMs);
        return false;
      default:
        return false;
    }
  }

  #holdsBack(rule: FaultRule, notice: VenueNotice, deliver: () => void): boolean {
    const { number } = notice.order;
    switch (rule.fault) {
      case 'notice-late':
        setTimeout(deliver, rule.delayMs).unref();
        return true;
      case 'notice-reordered':
        this.#wait(deliver, () => true);
        return true;
      case 'fill-before-ack':
        this.#wait(deliver, (next) => next.kind === 'filled' && next.order.number === number);
        return true;
      case 'fill-after-cancel':
        this.#wait(deliver, (next) => isEndOf(next, number));
        return true;
      default:
        return false;
    }
  }

  /** A notice that never meets what it waits for comes after a minute: it is late, and not lost. */
  #wait(deliver: () => void, isSetFreeBy: Waiting['isSetFreeBy']): void {
    const waiting: Waiting = { isSetFreeBy, deliver };
    this.#waiting.push(waiting);
    setTimeout(() => this.#release((one) => one === waiting), 60_000).unref();
  }

  #setFree(notice: VenueNotice): void {
    this.#release((waiting) => waiting.isSetFreeBy(notice));
  }

  #release(isFree: (waiting: Waiting) => boolean): void {
    const free = this.#waiting.filter((waiting) => isFree(waiting));
    this.#waiting = this.#waiting.filter((waiting) => !free.includes(waiting));
    for (const { deliver } of free) deliver();
  }

  #stick(delayMs: number): void {
    if (this.#stuck !== null) return;
    this.#stuck = [];
    setTimeout(() => {
      const late = this.#stuck ?? [];
      this.#stuck = null;
      for (const carry of late) carry();
    }, delayMs).unref();
  }

  #carry(carry: () => void, sessions: readonly FaultySession[], canSkip: boolean): void {
    if (performance.now() < this.#silentUntilMs) return;
    if (this.#stuck === null) return carry();
    if (canSkip) return;
    this.#stuck.push(carry);
    if (this.#stuck.length <= stuckMax) return;
    this.#stuck = [];
    for (const session of sessions) session.drop();
  }
}

/** A receipt can wait for a fill, and a fill for the end of its order; nothing else can. */
function suits(name: string, notice: VenueNotice): boolean {
  if (name === 'fill-before-ack') return notice.kind === 'accepted';
  return name !== 'fill-after-cancel' || notice.kind === 'filled';
}

function isEndOf(notice: VenueNotice, number: number): boolean {
  const isEnd = notice.kind === 'cancelled' || notice.kind === 'remainder' || notice.kind === 'expired';
  return isEnd && (notice.order.number === number || notice.order.original === number);
}

/** A frame of trades with the prices that the fault tells; every record of the frame is as wide as the others. */
function withPrices(frame: string, rule: FaultRule): string {
  if (!lies.includes(rule.fault)) return frame;
  const [sealed = '', trId = '', count = '1', payload = ''] = frame.split('|');
  const fields = payload.split('^');
  const width = fields.length / Number(count);
  for (let place = priceField; place < fields.length; place += width) {
    fields[place] = lie(fields[place] ?? '', rule.fault);
  }
  return [sealed, trId, count, fields.join('^')].join('|');
}

function lie(price: string, fault: string): string {
  if (fault === 'zero-price') return '0';
  return fault === 'negative-price' ? `-${price}` : String(Number(price) + (Number(price) % 2 === 0 ? 1 : 2));
}
