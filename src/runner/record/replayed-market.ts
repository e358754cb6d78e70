import { symbolOf } from '#domain/instrument.ts';
import type { InstrumentView } from '#link/views.ts';
import { MarketClock } from '../feed/market-clock.ts';
import { MarketMemory } from '../feed/market-memory.ts';
import type { DayEvent } from './day-event.ts';

/** Market and clock of a recorded day, in the shape that plans of strategies read them from. */
export class ReplayedMarket {
  readonly memory = new MarketMemory();
  /** Stands still between two events. */
  readonly clock = new MarketClock(() => 0);

  /** @param nowMs epoch milliseconds of the market */
  setTime(nowMs: number): void {
    this.clock.tell(nowMs, 1);
  }

  list(instruments: readonly InstrumentView[]): void {
    this.memory.instruments(instruments);
  }

  know({ quotes, collarBps }: Extract<DayEvent, { kind: 'facts' }>['facts']): void {
    const at = this.clock.now().toString();
    const told = quotes?.map(({ instrument, price, basePrice }) => {
      const [low, high] = [price, price];
      const unknown = { open: price, high, low, upperLimit: high, lowerLimit: low, volumeOfDay: 0 };
      return { symbol: symbolOf(instrument), price, basePrice, ...unknown, at };
    });
    if (told !== undefined) this.memory.quotes(told);
    if (collarBps === undefined) return;
    this.memory.limits([
      { code: 'price-collar', scope: 'account', subject: '', used: 0, limit: collarBps, unit: 'bps' },
    ]);
  }
}
