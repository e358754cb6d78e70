import type { BrokerEnvironment } from '#domain/environment.ts';
import type { FeedVenue, Tick } from '#domain/market-data.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';

import type { KisIncident } from '../options.ts';
import { tradeRecord } from '../wire-types.ts';
import type { KisStreamListener } from './kis-stream-listener.ts';
import type { KisRegistrations } from './registrations.ts';
import { decryptNotice, readHead, splitRecords, type FrameHead, type NoticeKey } from './stream-frame.ts';
import { recordFeeds, tradeFeeds, type RecordFeed } from './stream-feeds.ts';
import { TradeScanner } from './trade-scanner.ts';

export interface FrameReaderOptions {
  readonly environment: BrokerEnvironment;
  readonly account: string;
  readonly listener: KisStreamListener;
  readonly registrations: KisRegistrations;
  readonly today: () => Temporal.PlainDate;
  /** Something is wrong with a feed; whoever listens keeps it from being told again and again. */
  onTrouble(trouble: Trouble): void;
}

export interface Trouble {
  readonly kind: KisIncident['kind'];
  readonly trId: string;
  readonly detail: string;
  /** Something may have been missed that must be asked for: a notice, of which every single one counts. */
  readonly isNotice: boolean;
}

/**
 * Data frames in, trades, books and notices out. What cannot be read is reported and costs its record or its frame only;
 * the other feeds go on.
 */
export class FrameReader {
  readonly #options: FrameReaderOptions;
  readonly #feeds: ReadonlyMap<string, RecordFeed>;
  readonly #scanner = new TradeScanner();
  /** Keys of the encrypted feeds, by TR id; none before the acknowledgement. */
  readonly #keys = new Map<string, NoticeKey>();
  /** Fields a record of each feed had last. */
  readonly #widths = new Map<string, number>();

  constructor(options: FrameReaderOptions) {
    this.#options = options;
    this.#feeds = recordFeeds(options.environment);
  }

  /** Whether the notices of `trId` can be decrypted. */
  hasKey(trId: string): boolean {
    return this.#keys.has(trId);
  }

  learnKey(trId: string, key: NoticeKey): void {
    this.#keys.set(trId, key);
  }

  /** Keys belong to a connection. */
  forgetKeys(): void {
    this.#keys.clear();
  }

  take(frame: Buffer): void {
    const head = readHead(frame);
    if (head === null) {
      this.#trouble('unreadable-frame', '', 'a message that is neither data nor control');
      return;
    }
    const venue = head.isEncrypted ? undefined : tradeFeeds.get(head.trId);
    const feed = this.#feeds.get(head.trId);
    if (venue !== undefined) this.#trades(head, frame, venue);
    else if (feed !== undefined) this.#records(head, frame, feed);
    else this.#trouble('unreadable-frame', head.trId, 'data of a feed that was not registered');
  }

  #trades({ trId, payloadAt, count }: FrameHead, frame: Buffer, venue: FeedVenue): void {
    const scanner = this.#scanner;
    if (!scanner.scan(frame, payloadAt, count)) {
      this.#drifted(trId, tradeRecord.fieldsMin);
      return;
    }
    this.#noteWidth(trId, scanner.width);
    for (let record = 0; record < count; record += 1) {
      if (scanner.columns.isTrade[record] === 1) this.#tellTrade(trId, record, venue);
      else this.#trouble('unreadable-frame', trId, 'a trade that cannot be');
    }
  }

  #tellTrade(trId: string, record: number, venue: FeedVenue): void {
    const { registrations, listener } = this.#options;
    const { symbol, atMs, price, quantity: shares, volumeOfDay } = this.#scanner.columns;
    const instrument = registrations.traded(trId, symbol[record] ?? 0);
    if (instrument === null) return;
    const tick: Tick = {
      instrument,
      at: Temporal.Instant.fromEpochMilliseconds(atMs[record] ?? Number.NaN),
      price: won(price[record] ?? Number.NaN),
      quantity: quantity(shares[record] ?? Number.NaN),
      volumeOfDay: volumeOfDay[record] ?? Number.NaN,
    };
    listener.onTick(venue === 'KRX' ? tick : { ...tick, venue });
  }

  #records(head: FrameHead, frame: Buffer, feed: RecordFeed): void {
    const { trId, count } = head;
    const text = this.#clearText(head, frame);
    if (text === null) {
      this.#trouble('undecryptable-notice', trId, `${feed.name} could not be decrypted: ask for the orders`, true);
      return;
    }
    const records = splitRecords(text, count, feed.fieldsMin);
    if (records === null) {
      this.#drifted(trId, feed.fieldsMin, feed.isNotice);
      return;
    }
    this.#noteWidth(trId, records[0]?.length ?? 0);
    const { account, listener, registrations, today } = this.#options;
    const context = {
      trId,
      account,
      today: today(),
      listener,
      isWanted: (id: string, key: string) => registrations.isWanted(id, key),
      onUnknownCode: (code: string) =>
        this.#trouble('unmapped-code', trId, `${feed.name} with the unknown code "${code.slice(0, 8)}"`),
    };
    for (const fields of records) {
      if (!feed.tell(fields, context))
        this.#trouble('unreadable-frame', trId, `${feed.name} that cannot be`, feed.isNotice);
    }
  }

  #clearText({ trId, isEncrypted, payloadAt }: FrameHead, frame: Buffer): string | null {
    const payload = frame.toString('utf8', payloadAt);
    if (!isEncrypted) return payload;
    const key = this.#keys.get(trId);
    return key === undefined ? null : decryptNotice(payload, key);
  }

  #noteWidth(trId: string, width: number): void {
    const before = this.#widths.get(trId);
    this.#widths.set(trId, width);
    if (before === undefined || before === width) return;
    this.#trouble('field-width', trId, `${width} fields a record, ${before} before: read on by the ones known`);
  }

  #drifted(trId: string, fieldsMin: number, isNotice = false): void {
    this.#trouble('field-drift', trId, `fewer than ${fieldsMin} fields a record, or fields left over`, isNotice);
  }

  #trouble(kind: Trouble['kind'], trId: string, detail: string, isNotice = false): void {
    this.#options.onTrouble({ kind, trId, detail, isNotice });
  }
}
