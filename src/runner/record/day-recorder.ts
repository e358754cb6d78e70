import { appendFileSync, globSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bar } from '#domain/bar.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { PortfolioView, QuoteView } from '#link/views.ts';
import type { OrderUpdate } from '#strategy/strategy.ts';
import type { MarketClock } from '../feed/market-clock.ts';
import { dayOfQuote, type MarketMemory } from '../feed/market-memory.ts';
import type { BookOrder } from '../strategy-book.ts';
import type { WaitingState } from '../waiting/waiting-state.ts';
import { dayFormat, type DayLine } from './day-event.ts';
import { dayOf } from './day-of.ts';

/** What a strategy is shown: the event as the strategy will see it. */
export type Shown =
  | { readonly kind: 'bar'; readonly instrument: InstrumentId; readonly bar: Bar; readonly isWarmUp: boolean }
  | { readonly kind: 'close'; readonly date: number }
  | { readonly kind: 'order'; readonly update: OrderUpdate };

export interface DayRecorderOptions {
  readonly folder: string;
  readonly strategy: string;
  readonly interval: '1m' | '1d';
  readonly instruments: readonly InstrumentId[];
  readonly requestPrefix: string;
  readonly fingerprint: string;
  readonly clock: MarketClock;
  readonly market: MarketMemory;
  /** The disk refused: this run is recorded no further. */
  readonly onUnsaved: (error: unknown) => void;
}

type Facts = Extract<DayLine, { kind: 'facts' }>['facts'];

/** Of one day of one strategy: some 400,000 trades beside its bars, news and answers. */
const bytesMax = 64 * 1_024 * 1_024;
/** Days that are kept of a strategy, about a year. */
const daysMax = 250;

/**
 * Writes down everything that reaches the room of one strategy, so that its day can be replayed: one line of JSON an event
 * in `<folder>/<strategy>-<yyyymmdd>.day.jsonl`, by the market's day. Lines wait in memory for the next event that a
 * strategy decides upon, or for `flush`, which is called several times a second. A day that is too long ends with `cut`.
 */
export class DayRecorder {
  readonly #options: DayRecorderOptions;
  #lines: string[] = [];
  #known: Facts = {};
  readonly #quotes = new Map<InstrumentId, QuoteView>();
  #told: PortfolioView | null = null;
  #date = 0;
  #bytes = 0;
  #state: 'new' | 'open' | 'lost' = 'new';

  constructor(options: DayRecorderOptions) {
    this.#options = options;
  }

  /** Begins the run, once, at the bar that the log names until one is shown; what is told before is not recorded, because nothing happens before. */
  open(barStartsAtMs: number): void {
    if (this.#state !== 'new') return;
    const { strategy, interval, requestPrefix, fingerprint } = this.#options;
    this.#state = 'open';
    const who = { strategy, interval, requestPrefix, fingerprint };
    const instruments = this.#listed();
    this.#write({ kind: 'open', at: this.#at, format: dayFormat, ...who, barStartsAtMs, instruments });
    this.flush();
    this.#forgetOldDays();
  }

  resumed(waiting: WaitingState, unrecorded: readonly InstrumentId[]): void {
    const unsent = waiting.leaving.map(({ requestId, draft }) => ({ requestId, instrument: draft.instrument }));
    this.#know();
    this.#write({ kind: 'resumed', at: this.#at, waiting, unsent, unrecorded: [...unrecorded] });
  }

  news(order: BookOrder, lastFillMs: number): void {
    const { requestId, instrument, side, quantity, filled, filledValue, state, code, isPresumed } = order;
    const fate = { state, code, lastFillMs, isConfirmed: !isPresumed };
    const amounts = { quantity, filled, filledValue };
    this.#write({ kind: 'news', at: this.#at, order: { requestId, instrument, side, ...amounts, ...fate } });
  }

  /** @returns the moment that is on record: the strategy must read no other, epoch milliseconds */
  shown(shown: Shown): number {
    this.#know();
    const at = this.#at;
    this.#write({ kind: 'shown', at, shown });
    // Thousands of bars of history are on the disk a moment later: nothing is decided upon them.
    if (!isHistory(shown)) this.flush();
    return at;
  }

  /** @param isWarmUp whether it was shown a bar of its history */
  answered(isWarmUp: boolean): void {
    this.#know();
    this.#write({ kind: 'answered', at: this.#at });
    if (!isWarmUp) this.flush();
  }

  price(instrument: InstrumentId, price: number, atMs: number): void {
    this.#know();
    this.#write({ kind: 'price', at: this.#at, instrument, price, atMs });
  }

  closingAuction(): void {
    this.#know();
    this.#write({ kind: 'closing-auction', at: this.#at });
  }

  note(instrument: InstrumentId, message: string): void {
    this.#write({ kind: 'note', at: this.#at, instrument, message });
  }

  over(): void {
    this.#write({ kind: 'over', at: this.#at });
    this.flush();
  }

  /** Puts what waits in memory into the file. */
  flush(): void {
    if (this.#lines.length === 0 || this.#state !== 'open') return;
    const text = this.#lines.join('');
    this.#lines = [];
    try {
      appendFileSync(this.#file(this.#date), text, { mode: 0o600 });
    } catch (error) {
      // With a hole in it the record would be worth nothing.
      this.#state = 'lost';
      this.#options.onUnsaved(error);
    }
  }

  get #at(): number {
    return this.#options.clock.nowMs();
  }

  #listed(): Extract<DayLine, { kind: 'open' }>['instruments'] {
    return this.#options.instruments.flatMap((id) => {
      const found = this.#options.market.instrument(symbolOf(id));
      if (found === null) return [];
      const { symbol, name, market, kind, leverage } = found;
      return [{ symbol, name, market, kind, leverage }];
    });
  }

  #write(line: DayLine): void {
    if (this.#state !== 'open') return;
    const date = dayOf(line.at);
    if (date !== this.#date) this.#startDay(date);
    const isTooLong = this.#bytes > bytesMax;
    const text = `${JSON.stringify(isTooLong ? { kind: 'cut', at: line.at } : line)}\n`;
    this.#bytes += text.length;
    this.#lines.push(text);
    if (!isTooLong) return;
    this.flush();
    this.#state = 'lost';
  }

  #startDay(date: number): void {
    this.flush();
    this.#date = date;
    mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
    this.#bytes = statSync(this.#file(date), { throwIfNoEntry: false })?.size ?? 0;
  }

  #file(date: number): string {
    return join(this.#options.folder, `${this.#options.strategy}-${date}.day.jsonl`);
  }

  /** Writes what changed of account and market since it was written last. */
  #know(): void {
    const changed = this.#changes();
    if (Object.keys(changed).length > 0) this.#write({ kind: 'facts', at: this.#at, facts: changed });
  }

  #changes(): Facts {
    const { cash, equity, orderValueMax, collarBps } = this.#options.market;
    const before = this.#known;
    const now: Facts = { ...before, cash, equity, orderValueMax, collarBps, ...this.#account() };
    this.#known = now;
    const quotes = this.#newQuotes();
    return {
      ...(before.cash === cash ? {} : { cash }),
      ...(before.equity === equity ? {} : { equity }),
      ...(before.orderValueMax === orderValueMax ? {} : { orderValueMax }),
      ...(before.collarBps === collarBps ? {} : { collarBps }),
      ...(before.confirmedAtMs === now.confirmedAtMs ? {} : { confirmedAtMs: now.confirmedAtMs ?? null }),
      ...(before.shares === now.shares ? {} : { shares: now.shares ?? null }),
      ...(quotes.length === 0 ? {} : { quotes }),
    };
  }

  /** Looked at only when the account was told anew: between two tellings there are many trades. */
  #account(): Pick<Facts, 'confirmedAtMs' | 'shares'> {
    const { market, instruments } = this.#options;
    if (this.#told === market.account) return {};
    this.#told = market.account;
    const { confirmedAtMs } = market;
    const quantityOf = (id: InstrumentId): number => market.accountShares(symbolOf(id), -Infinity) ?? 0;
    const held = instruments.map((instrument) => ({ instrument, quantity: quantityOf(instrument) }));
    const shares = confirmedAtMs === null ? null : held;
    const isSame = JSON.stringify(shares) === JSON.stringify(this.#known.shares);
    return isSame ? { confirmedAtMs } : { confirmedAtMs, shares };
  }

  #newQuotes(): NonNullable<Facts['quotes']> {
    const { market, instruments } = this.#options;
    const news: NonNullable<Facts['quotes']> = [];
    for (const instrument of instruments) {
      const quote = market.quote(symbolOf(instrument));
      const before = this.#quotes.get(instrument);
      if (quote === null || quote === before) continue;
      this.#quotes.set(instrument, quote);
      const { price, basePrice } = quote;
      const isSame = price === before?.price && basePrice === before.basePrice;
      // Between two trades only the moment is another, and mostly of the same day.
      if (isSame && dayOfQuote(quote) === dayOfQuote(before)) continue;
      news.push({ instrument, price, basePrice, baseDate: dayOfQuote(quote) });
    }
    return news;
  }

  #forgetOldDays(): void {
    const { folder, strategy } = this.#options;
    const days = globSync(`${strategy}-*.day.jsonl`, { cwd: folder })
      .filter((name) => /^-\d{8}\.day\.jsonl$/.test(name.slice(strategy.length)))
      .sort();
    for (const name of days.slice(0, -daysMax)) rmSync(join(folder, name), { force: true });
  }
}

function isHistory(shown: Shown): boolean {
  return shown.kind === 'bar' && shown.isWarmUp;
}
