import { priceLimits } from '#markets/price-limits.ts';

import { encodeIndexRecord } from '../encode/encode-index-record.ts';
import { encodeNavRecord } from '../encode/encode-nav-record.ts';
import { indexFigures, type IndexFigures } from '../encode/index-level.ts';
import { marketIndices } from '../encode/index-table.ts';
import type { Broker } from '../host/route.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import type { IsWanted } from './domestic-feeds.ts';
import type { FeedFrame } from './feed-frame.ts';
import { SecondPace } from './second-pace.ts';

const indexFeed = 'H0UPCNT0';
const navFeed = 'H0STNAV0';

/** Feeds that follow the trades at most once a second and key: index levels and the values behind ETFs. */
export class PacedFeeds {
  readonly #broker: Broker;
  readonly #isWanted: IsWanted;
  readonly #pace = new SecondPace();
  readonly #last = new Map<string, IndexFigures>();

  constructor(broker: Broker, isWanted: IsWanted) {
    this.#broker = broker;
    this.#isWanted = isWanted;
  }

  /** What trades on `desks` change at `at`. */
  frames(desks: readonly Desk[], at: Temporal.Instant): readonly FeedFrame[] {
    return [...this.#indexFrames(desks, at), ...this.#navFrames(desks, at)];
  }

  #indexFrames(desks: readonly Desk[], at: Temporal.Instant): FeedFrame[] {
    const moved = marketIndices.filter(
      (index) => this.#isWanted(indexFeed, index.code) && desks.some((desk) => index.holds(desk.instrument)),
    );
    const { date } = this.#broker.venue.state;
    return moved
      .filter((index) => this.#pace.admits(index.code, at))
      .map((index) => {
        const limitsOf = (desk: Desk) => priceLimits(desk.instrument, desk.basePrice, date);
        const figures = indexFigures(this.#broker, index, limitsOf);
        const record = encodeIndexRecord(index, figures, { at, last: this.#last.get(index.code) ?? null });
        this.#last.set(index.code, figures);
        return { trId: indexFeed, key: index.code, layout: null, records: [record], canSkip: true };
      });
  }

  #navFrames(desks: readonly Desk[], at: Temporal.Instant): FeedFrame[] {
    return desks
      .filter(({ board, instrument }) => board === 'KRX' && instrument.kind !== 'stock')
      .filter(({ instrument }) => this.#isWanted(navFeed, instrument.symbol))
      .filter(({ instrument }) => this.#pace.admits(instrument.symbol, at))
      .map((desk) => {
        const { symbol: key } = desk.instrument;
        return { trId: navFeed, key, layout: null, records: [encodeNavRecord(desk)], canSkip: true };
      });
  }
}
