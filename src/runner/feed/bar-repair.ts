import type { Bar } from '#domain/bar.ts';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import type { EventData } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { MinuteBars } from './minute-bars.ts';

export interface BarRepairOptions {
  readonly bars: MinuteBars;
  /** Those of the strategy; gaps of others are none of its business. */
  readonly instruments: readonly InstrumentId[];
  /** The gateway's one-minute bars of today, oldest first, as many as it gives; throws when it cannot be asked. */
  readonly read: (instrument: InstrumentId, count: number) => Promise<readonly Bar[]>;
  /** Market time in epoch milliseconds. */
  readonly nowMs: () => number;
  /** Real milliseconds that only grow. */
  readonly elapsedMs: () => number;
  /** Nothing is kept back any more; `isWhole` is false when we gave up. */
  readonly onSettled: (isWhole: boolean) => void;
}

const minuteMs = 60_000;
/** Real time from the first trade after a gap until we go on with what we have. The gateway needs a minute and its turns. */
const patienceMs = 180_000;

/**
 * Keeps bars whole over a time without trades: from the moment a gap is told no minute in it is handed out, and when the
 * gateway's own bars are whole they take the place of ours. A strategy decides late then, never on half a bar; and not
 * for ever: three minutes after trades are back it goes on with what there is.
 */
export class BarRepair {
  readonly #options: BarRepairOptions;
  /** Instruments with a gap and since when; each waits for its own `filled`. */
  readonly #open = new Map<InstrumentId, number>();
  #heardAtMs: number | null = null;

  constructor(options: BarRepairOptions) {
    this.#options = options;
  }

  /** Start of the first minute that is kept back; Infinity when none is. */
  get heldFromMs(): number {
    return Math.floor(Math.min(Infinity, ...this.#open.values()) / minuteMs) * minuteMs;
  }

  /** @param gap null when the link is lost: whatever is missing then is told again when it is back */
  tell(gap: EventData<GatewayApi, 'gap'> | null): void {
    if (gap === null) this.#settle(true);
    else if (gap.kind === 'open') this.#opened(this.#own(gap.symbols), epochMs(gap.from));
    else for (const instrument of this.#own(gap.symbols)) void this.#filled(instrument, epochMs(gap.to));
  }

  /** A trade came, or time passed: gives up when the repair is overdue. */
  look(isTrade: boolean): void {
    if (this.#open.size === 0) return;
    const now = this.#options.elapsedMs();
    if (isTrade) this.#heardAtMs ??= now;
    if (this.#heardAtMs !== null && now - this.#heardAtMs >= patienceMs) this.#settle(false);
  }

  #own(symbols: readonly string[]): readonly InstrumentId[] {
    return symbols.map(instrumentId).filter((instrument) => this.#options.instruments.includes(instrument));
  }

  #opened(instruments: readonly InstrumentId[], fromMs: number): void {
    for (const instrument of instruments) {
      this.#open.set(instrument, Math.min(fromMs, this.#open.get(instrument) ?? Infinity));
    }
    if (instruments.length === 0) return;
    this.#heardAtMs = null;
    this.#options.bars.hold(this.heldFromMs);
  }

  async #filled(instrument: InstrumentId, toMs: number): Promise<void> {
    const { bars, read, nowMs } = this.#options;
    const since = this.#open.get(instrument);
    if (since === undefined) return;
    const count = Math.ceil((nowMs() - since) / minuteMs) + 2;
    try {
      const whole = await read(instrument, count);
      // Another gap may have begun meanwhile; its own repair covers this one too.
      if (this.#open.get(instrument) !== since) return;
      bars.repair(instrument, whole, { fromMs: Math.floor(since / minuteMs) * minuteMs, toMs });
    } catch {
      // The link is lost, and its return reads everything anew; or the gateway cannot say, and patience ends it.
      return;
    }
    this.#open.delete(instrument);
    if (this.#open.size === 0) this.#settle(true);
    else bars.hold(this.heldFromMs);
  }

  #settle(isWhole: boolean): void {
    this.#open.clear();
    this.#heardAtMs = null;
    this.#options.bars.hold(Infinity);
    this.#options.onSettled(isWhole);
  }
}

function epochMs(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}
