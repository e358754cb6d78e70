import type { Bar } from '#domain/bar.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { IndicatorBar } from '#indicators/definition.ts';
import { RunningIndicator } from '#indicators/running-indicator.ts';
import type { IndicatorUse } from './indicator-use.ts';

/** Bars and indicator values that a strategy can look back at, for each instrument. */
export const barsKept = 500;

interface InstrumentMemory {
  /** Oldest first; up to twice `barsKept` before the older half is dropped. */
  bars: Bar[];
  readonly lines: ReadonlyMap<IndicatorUse, Line>;
}

interface Line {
  readonly running: RunningIndicator;
  /** One column for each output, as long as the bars. */
  readonly outputs: number[][];
}

/**
 * What a strategy was shown: bars of each instrument and the values of its indicators at each of them, computed bar by bar.
 * A bar without volume is left out: nobody traded, so it has no price.
 */
export class BarMemory {
  readonly #instruments: ReadonlyMap<InstrumentId, InstrumentMemory>;
  readonly #bar: IndicatorBar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN, benchmark: NaN };

  constructor(instruments: readonly InstrumentId[], uses: readonly IndicatorUse[]) {
    this.#instruments = new Map(instruments.map((id) => [id, { bars: [], lines: new Map(uses.map(startLine)) }]));
  }

  /** A bar of an instrument that was not declared is not remembered. */
  push(instrument: InstrumentId, bar: Bar): void {
    const memory = this.#instruments.get(instrument);
    if (memory === undefined || bar.volume === 0) return;
    const { open, high, low, close, volume } = bar;
    Object.assign(this.#bar, { open, high, low, close, volume });
    memory.bars.push(bar);
    for (const { running, outputs } of memory.lines.values()) {
      running.next(this.#bar);
      for (const [index, column] of outputs.entries()) column.push(running.output[index] ?? NaN);
    }
    if (memory.bars.length >= barsKept * 2) forget(memory);
  }

  /** The last `count` bars, oldest first; fewer while there are fewer. @throws {RangeError} not declared, or past `barsKept` */
  last(instrument: InstrumentId, count: number): readonly Bar[] {
    if (!Number.isInteger(count) || count < 1 || count > barsKept) {
      throw new RangeError(`Cannot look back ${count} bars: wanted a whole number from 1 to ${barsKept}`);
    }
    return this.#of(instrument).bars.slice(-count);
  }

  /** The latest bar; null before the first. */
  latest(instrument: InstrumentId): Bar | null {
    return this.#of(instrument).bars.at(-1) ?? null;
  }

  /** NaN where the indicator has no value. @throws {RangeError} not declared, an unknown output, or too far back */
  value(
    use: IndicatorUse,
    at: { readonly instrument: InstrumentId; readonly output: string; readonly barsAgo: number },
  ): number {
    const line = this.#of(at.instrument).lines.get(use);
    if (line === undefined) {
      throw new RangeError(`Cannot read "${use.id}": it is not in the strategy's list of indicators; add it there`);
    }
    const column = line.outputs[use.definition.outputs.indexOf(at.output)];
    if (column === undefined) {
      const known = use.definition.outputs.join(', ');
      throw new RangeError(`Cannot read "${use.id}": it has no output "${at.output}", wanted one of ${known}`);
    }
    if (!Number.isInteger(at.barsAgo) || at.barsAgo < 0 || at.barsAgo >= barsKept) {
      throw new RangeError(
        `Cannot read "${use.id}" ${at.barsAgo} bars ago: wanted a whole number from 0 to ${barsKept - 1}`,
      );
    }
    return column[column.length - 1 - at.barsAgo] ?? NaN;
  }

  #of(instrument: InstrumentId): InstrumentMemory {
    const memory = this.#instruments.get(instrument);
    if (memory !== undefined) return memory;
    throw new RangeError(
      `Cannot look at ${symbolOf(instrument)}: it is not in the strategy's list of instruments; add it there`,
    );
  }
}

function startLine(use: IndicatorUse): readonly [IndicatorUse, Line] {
  const { definition, values } = use;
  return [use, { running: new RunningIndicator(definition, values), outputs: definition.outputs.map(() => []) }];
}

function forget(memory: InstrumentMemory): void {
  memory.bars = memory.bars.slice(-barsKept);
  for (const { outputs } of memory.lines.values())
    for (const column of outputs) column.splice(0, column.length - barsKept);
}
