import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';
import type { TriggerAccount } from '#strategy/triggers/trigger-account.ts';
import type { WaitingOptions } from './waiting-options.ts';

/** What of the account, of the strategy's own book and of the market counts for orders that wait. */
export class WaitingAccount implements TriggerAccount {
  /** Bought so long ago that the record of orders begins later, so that the strategy's own book cannot count them. */
  readonly unrecorded = new Set<InstrumentId>();
  readonly #options: Pick<WaitingOptions, 'book' | 'market' | 'inAccount'>;

  constructor(options: Pick<WaitingOptions, 'book' | 'market' | 'inAccount'>) {
    this.#options = options;
  }

  /** The strategy's own, never more than the account holds: the person may have sold some by hand. */
  readonly held = (instrument: InstrumentId): number => {
    const own = this.#options.book.position(instrument)?.quantity ?? 0;
    const ownMax = this.unrecorded.has(instrument) ? Infinity : own;
    return Math.min(ownMax, this.#options.inAccount(instrument) ?? ownMax);
  };

  readonly offered = (instrument: InstrumentId): number => this.#options.book.offered(instrument);

  readonly orderValueMax = (): number => this.#options.market.orderValueMax;

  lastPrice(instrument: InstrumentId): Won | null {
    const quote = this.#options.market.quote(symbolOf(instrument));
    return quote === null ? null : won(quote.price);
  }
}
