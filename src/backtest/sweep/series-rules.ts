import type { IndicatorColumns } from '#indicators/definition.ts';
import { RuleColumns } from '#strategy/rules/rule-columns.ts';
import { firstDecision } from './fused-run.ts';
import type { SeriesTables } from './series-tables.ts';

/** Columns kept of all warm-ups together before they are dropped and begun anew: about 80 MB over twenty years of days. */
const columnsMax = 2_000;

interface Start {
  readonly columns: RuleColumns;
  readonly firstTraded: number;
}

/**
 * Rule columns over the bars of one series as strategies see them: traded ones only, from where the warm-up begins.
 * Indicators that remember everything depend on that beginning, so each has columns of its own.
 */
export class SeriesRules {
  readonly #tables: SeriesTables;
  readonly #starts = new Map<number, Start>();
  /** Every traded bar once; a start is a view of them, because a grid over periods has more starts than are kept. */
  readonly #traded: IndicatorColumns;

  constructor(tables: SeriesTables) {
    this.#tables = tables;
    const { series, traded } = tables;
    const seen = (column: Float64Array): Float64Array =>
      traded.length === tables.end ? column.subarray(0, tables.end) : picked(column, traded);
    this.#traded = {
      open: seen(series.open),
      high: seen(series.high),
      low: seen(series.low),
      close: seen(series.close),
      volume: seen(series.volume),
    };
  }

  /** `firstTraded` is the place in `tables.traded` of the columns' first value. */
  startingWith(warmUpBars: number): Start {
    const { traded, start } = this.#tables;
    const firstTraded = firstDecision(traded, Math.max(0, start - warmUpBars));
    if (this.#columnsKept() >= columnsMax) this.#starts.clear();
    const known = this.#starts.get(firstTraded);
    if (known !== undefined) return known;
    const fresh = { columns: new RuleColumns(this.#bars(firstTraded)), firstTraded };
    this.#starts.set(firstTraded, fresh);
    return fresh;
  }

  #columnsKept(): number {
    let count = 0;
    for (const { columns } of this.#starts.values()) count += columns.columnsKept;
    return count;
  }

  #bars(firstTraded: number): IndicatorColumns {
    const { open, high, low, close, volume } = this.#traded;
    return {
      open: open.subarray(firstTraded),
      high: high.subarray(firstTraded),
      low: low.subarray(firstTraded),
      close: close.subarray(firstTraded),
      volume: volume.subarray(firstTraded),
    };
  }
}

function picked(column: Float64Array, rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) values[at] = column[rows[at] ?? 0] ?? NaN;
  return values;
}
