import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EventData } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import { BarRepair } from './bar-repair.ts';
import type { FedBars } from './fed-bars.ts';
import type { MarketClock } from './market-clock.ts';
import { MinuteBars, type BarTick, type ClosedBar } from './minute-bars.ts';
import { minuteHistory } from './minute-history.ts';
import type { GatewayLink } from '../order-line.ts';

export interface MinuteFeedOptions {
  readonly instruments: readonly InstrumentId[];
  readonly gateway: GatewayLink;
  readonly clock: MarketClock;
  readonly fed: FedBars;
  readonly isOver: () => boolean;
  readonly isHeld: (instrument: InstrumentId) => boolean;
  readonly show: (closed: ClosedBar, isWarmUp: boolean) => void;
  /** A sentence for the person; null when it is about no instrument. */
  readonly tell: (instrument: InstrumentId | null, message: string) => void;
  /** The history of an instrument has been read. */
  readonly onReady: () => void;
}

const minuteMs = 60_000;
/** A bar that is repaired later than this is history: it is learnt from and not acted upon. */
const lateMs = 120_000;

/** Feeds one strategy of minute bars: history first, then each minute that closes, with lost trades repaired. */
export class MinuteFeed {
  readonly #options: MinuteFeedOptions;
  readonly #bars: MinuteBars;
  readonly #repair: BarRepair;
  /** Those whose history has been read since the link last came up. */
  readonly #caughtUp = new Set<InstrumentId>();
  /** Closed while the history of their instrument was being read; what the history has of them is not shown twice. */
  readonly #early: ClosedBar[] = [];
  /** Bars that start earlier came too late to be acted upon. */
  #actFromMs = 0;

  constructor(options: MinuteFeedOptions) {
    const { instruments, gateway, clock } = options;
    this.#options = options;
    this.#bars = new MinuteBars(instruments);
    this.#repair = new BarRepair({
      bars: this.#bars,
      instruments,
      read: (instrument, count) => minuteHistory(gateway, instrument, count),
      nowMs: () => clock.nowMs(),
      elapsedMs: () => performance.now(),
      onSettled: (isWhole) => this.#repaired(isWhole),
    });
  }

  /** The link was lost: history is read again before anything is shown. */
  forget(): void {
    this.#caughtUp.clear();
    this.#early.length = 0;
  }

  /** Reads the history of each instrument. */
  async restart(): Promise<void> {
    // One after the other, because each may cost the gateway a call to the broker; those that are ready trade already.
    for (const instrument of this.#options.instruments) {
      await this.#warmUp(instrument);
      this.#options.onReady();
    }
  }

  tick(tick: BarTick): void {
    this.#bars.push(tick);
    this.#repair.look(true);
    this.#close();
  }

  /** Called several times a second: closes bars whose minute is over. */
  look(): void {
    this.#repair.look(false);
    this.#close();
  }

  /** Trades are missing, or what was missing can be read; null when the link is lost. */
  gap(gap: EventData<GatewayApi, 'gap'> | null): void {
    this.#repair.tell(gap);
  }

  #close(): void {
    for (const closed of this.#bars.takeClosed(this.#options.clock.nowMs())) {
      if (this.#options.isOver()) continue;
      if (this.#caughtUp.has(closed.instrument)) this.#feedClosed(closed);
      else this.#early.push(closed);
    }
  }

  #feedClosed(closed: ClosedBar): void {
    const isLate = closed.bar.startsAtMs < this.#actFromMs;
    this.#options.show(closed, isLate || this.#mustWarmUp(closed.instrument));
  }

  #repaired(isWhole: boolean): void {
    if (!isWhole) this.#options.tell(null, '끊긴 동안의 봉을 다 채우지 못했어요. 받은 봉으로 이어 가요.');
    this.#actFromMs = this.#options.clock.nowMs() - minuteMs - lateMs;
    this.#close();
  }

  async #warmUp(instrument: InstrumentId): Promise<void> {
    await this.#feedHistory(instrument);
    // A minute that closed while the history was read may be cut short at our end; the gateway has it whole by now.
    if (this.#early.some((closed) => closed.instrument === instrument)) await this.#feedHistory(instrument);
    // Without a pause in between: a minute that closes from now on is fed, not looked for in a history that was read.
    this.#caughtUp.add(instrument);
    const early = this.#early.splice(0);
    this.#early.push(...early.filter((closed) => closed.instrument !== instrument));
    for (const closed of early) if (closed.instrument === instrument) this.#feedClosed(closed);
  }

  async #feedHistory(instrument: InstrumentId): Promise<void> {
    const { gateway, clock, fed, show, tell } = this.#options;
    let bars: readonly Bar[] = [];
    try {
      bars = await minuteHistory(gateway, instrument, fed.warmUpBars + 60);
    } catch {
      // Without history the strategy starts cold, which only delays its first decision.
      tell(instrument, '지난 봉을 받지 못해서 지금부터 모아요.');
    }
    const nowMs = clock.nowMs();
    for (const bar of bars) {
      // Minutes with missing trades come with their repair.
      if (bar.startsAtMs >= this.#repair.heldFromMs) continue;
      if (bar.startsAtMs + minuteMs > nowMs) this.#bars.seed(instrument, bar);
      else show({ instrument, bar }, true);
    }
  }

  /** A position must not wait for history: its stop works from the first bar. */
  #mustWarmUp(instrument: InstrumentId): boolean {
    const { fed, isHeld } = this.#options;
    return fed.isCold(instrument) && !isHeld(instrument);
  }
}
