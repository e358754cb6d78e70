import type { DeskMemory, RecordedInterruption } from './desk-memory.ts';
import type { Board, Interruption } from './market-operation.ts';
import type { DayBarRow, VenueEvent } from '../venue-event.ts';

type FloorEvent = Extract<VenueEvent, { kind: 'close' | 'interruption' | 'interruption-end' | 'halt' }>;

/** What the log says of today's floor: a fold of its events, forgotten with the day; halts stay until released. */
export class FloorMemory {
  readonly #closes = new Map<string, DayBarRow>();
  readonly #interruptions = new Map<string, RecordedInterruption[]>();
  readonly #halted = new Set<string>();
  #isBoardHalted = false;

  apply(event: FloorEvent): void {
    switch (event.kind) {
      case 'close':
        this.#closes.set(event.bar.symbol, event.bar);
        return;
      case 'interruption':
        return this.#begin(event);
      case 'interruption-end':
        return this.#end(event);
      case 'halt':
        return this.#halt(event);
    }
  }

  /** Begins a new day. */
  roll(): void {
    this.#closes.clear();
    this.#interruptions.clear();
  }

  /** The day's bar of an instrument whose regular trading is over. */
  close(symbol: string): DayBarRow | null {
    return this.#closes.get(symbol) ?? null;
  }

  isHalted(symbol: string): boolean {
    return this.#isBoardHalted || this.#halted.has(symbol);
  }

  /** @param pushed where the console moved the market to, if it did */
  of(symbol: string, board: Board, pushed: number | null): DeskMemory {
    return {
      interruptions: this.#interruptions.get(`${board}:${symbol}`) ?? [],
      isHalted: this.isHalted(symbol),
      pushed,
      close: board === 'KRX' ? this.close(symbol) : null,
    };
  }

  #begin({
    board,
    symbol,
    trigger,
    triggerPrice,
    referencePrice,
    endsAt,
    at,
  }: FloorEvent & { kind: 'interruption' }): void {
    const interruption: Interruption = { kind: trigger, triggerPrice, referencePrice, startedAt: at, endedAt: null };
    const key = `${board}:${symbol}`;
    const known = this.#interruptions.get(key) ?? [];
    this.#interruptions.set(key, [...known, { interruption, endsAt, singlePrice: null }]);
  }

  #end({ board, symbol, singlePrice, at }: FloorEvent & { kind: 'interruption-end' }): void {
    const known = this.#interruptions.get(`${board}:${symbol}`) ?? [];
    const last = known.at(-1);
    if (last === undefined) return;
    known[known.length - 1] = { ...last, interruption: { ...last.interruption, endedAt: at }, singlePrice };
  }

  #halt({ symbol, isHalted }: FloorEvent & { kind: 'halt' }): void {
    if (symbol === null) {
      this.#isBoardHalted = isHalted;
      if (!isHalted) this.#halted.clear();
    } else if (isHalted) this.#halted.add(symbol);
    else this.#halted.delete(symbol);
  }
}
