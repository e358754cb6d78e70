import type { Bar, BarSeries, RowRange } from '#domain/bar.ts';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import { invariant } from '#domain/invariant.ts';
import type { IndicatorColumns } from '#indicators/definition.ts';
import { ColumnScratch } from './column-scratch.ts';
import type { ResolvedOperand, ResolvedRules } from './resolve-program.ts';
import { RuleColumns, type Mask } from './rule-columns.ts';
import { heldComparisons, movingOperands, type HeldComparison, type OperandValues } from './rule-truth.ts';
import { ToldValues } from './told-values.ts';

/** What is foreseen besides the rules themselves. */
export interface Foreseeing {
  /** Whether `because` will be asked, which costs memory for each bar at which a side holds. */
  readonly tellsWhy: boolean;
  /** The index's close by day; null for rules that read none. */
  readonly benchmark: ((date: number) => number) | null;
}

/**
 * The rules of one instrument whose bars are all known: computed over whole columns before the first bar is shown, and
 * read where the strategy stands. Equal to `RunningRules` at every bar that is shown.
 */
export class ForeseenRules implements OperandValues {
  /** Rows of the series at which the entry rules hold, ascending. */
  readonly entryRows: Int32Array;
  readonly #rules: ResolvedRules;
  /** Of the series, on which somebody traded; null when that is all of them from `#firstRow` on. */
  readonly #rows: Int32Array | null;
  readonly #firstRow: number;
  readonly #startsAtMs: Float64Array;
  readonly #entry: Mask;
  readonly #exit: Mask;
  /** What operands were where a side holds; null when nobody asks why. */
  readonly #told: ToldValues | null;
  /** Among the bars on which somebody traded: strategies see no others. */
  #place = -1;

  constructor(rules: ResolvedRules, series: BarSeries, range: RowRange, { tellsWhy, benchmark }: Foreseeing) {
    this.#rules = rules;
    const rows = tradedRows(series.volume, range);
    this.#rows = rows;
    this.#firstRow = range.start;
    this.#startsAtMs = picked(series.startsAtMs, rows, range);
    const columns = new RuleColumns(
      benchmark === null
        ? columnsOf(series, rows, range)
        : withIndex(columnsOf(series, rows, range), picked(Float64Array.from(series.date), rows, range), benchmark),
      { newColumn: scratch.take, usable: prices },
    );
    this.#entry = columns.entry(rules);
    this.#exit = columns.exit(rules);
    this.entryRows = markedRows(this.#entry, rows, range.start);
    this.#told = tellsWhy ? toldValues(rules, columns, markedPlaces(this.#entry, this.#exit)) : null;
    scratch.release();
  }

  get entry(): boolean {
    return this.#entry[this.#place] === 1;
  }

  get exit(): boolean {
    return this.#exit[this.#place] === 1;
  }

  /** Whether the exit rules hold at a row of the series, within the range; null where nobody traded. */
  exitAt(row: number): boolean | null {
    const rows = this.#rows;
    const place = rows === null ? row - this.#firstRow : firstAtOrAfter(rows, row);
    if (rows !== null && rows[place] !== row) return null;
    return this.#exit[place] === 1;
  }

  /** @param bar of the series, later than the one before */
  next({ startsAtMs }: Bar): void {
    const starts = this.#startsAtMs;
    this.#place += 1;
    if (starts[this.#place] !== startsAtMs) this.#place = firstAtOrAfter(starts, startsAtMs, this.#place);
    invariant(starts[this.#place] === startsAtMs, 'a bar that is shown was among those foreseen');
  }

  because(side: 'entry' | 'exit'): readonly HeldComparison[] {
    return heldComparisons(this.#rules[side], this);
  }

  value(operand: ResolvedOperand, place: 0 | 1): number {
    return operand.kind === 'number' ? operand.value : (this.#told?.at(operand, this.#place, place) ?? NaN);
  }
}

/** Whole won by the contract of `foresee`. */
const prices = ['open', 'high', 'low', 'close'] as const;

/** Of the one being made: masks and values are copied out of it before the next. */
const scratch = new ColumnScratch();

/** Rows of `range` on which somebody traded; null when that is all of them. */
function tradedRows(volume: Float64Array, { start, end }: RowRange): Int32Array | null {
  if (!volume.subarray(start, end).includes(0)) return null;
  const rows = new Int32Array(end - start);
  let count = 0;
  for (let row = start; row < end; row += 1) {
    rows[count] = row;
    if ((volume[row] ?? 0) !== 0) count += 1;
  }
  return rows.slice(0, count);
}

function columnsOf(series: BarSeries, rows: Int32Array | null, range: RowRange): IndicatorColumns {
  return {
    open: picked(series.open, rows, range),
    high: picked(series.high, rows, range),
    low: picked(series.low, rows, range),
    close: picked(series.close, rows, range),
    volume: picked(series.volume, rows, range),
  };
}

/** With the index's close of each bar's day beside. */
function withIndex(
  columns: IndicatorColumns,
  dates: Float64Array,
  benchmark: (date: number) => number,
): IndicatorColumns {
  return { ...columns, benchmark: dates.map((date) => benchmark(date)) };
}

function picked(column: Float64Array, rows: Int32Array | null, { start, end }: RowRange): Float64Array {
  if (rows === null) return column.subarray(start, end);
  const values = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place += 1) values[place] = column[rows[place] ?? 0] ?? NaN;
  return values;
}

function markedRows(mask: Mask, rows: Int32Array | null, start: number): Int32Array {
  const places = markedPlaces(mask, mask);
  return rows === null ? places.map((place) => start + place) : places.map((place) => rows[place] ?? 0);
}

/** As long as the longest mask so far. */
let room = new Int32Array(0);

function toldValues(rules: ResolvedRules, columns: RuleColumns, places: Int32Array): ToldValues {
  const moving = [...movingOperands(rules.entry), ...movingOperands(rules.exit)];
  return new ToldValues(
    moving.map((operand) => ({ operand, column: columns.column(operand, rules.indicators) })),
    places.slice(),
  );
}

/** The places at which either mask holds, ascending; to be copied before the next are asked for. */
function markedPlaces(one: Mask, other: Mask): Int32Array {
  if (room.length < one.length) room = new Int32Array(one.length);
  let count = 0;
  for (let place = 0; place < one.length; place += 1) {
    // A place at which neither holds is written over by the next.
    room[count] = place;
    count += (one[place] ?? 0) | (other[place] ?? 0);
  }
  return room.subarray(0, count);
}
