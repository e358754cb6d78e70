/**
 * Columns that are needed while one series is looked at and not after it: a market of thousands would otherwise ask for
 * new memory for each, which costs as much as computing them.
 */
export class ColumnScratch {
  #columns: Float64Array[] = [];
  #used = 0;

  /** A column of zeros, good until `release`. */
  readonly take = (length: number): Float64Array => {
    const known = this.#columns[this.#used];
    const column = known !== undefined && known.length >= length ? known : new Float64Array(length);
    this.#columns[this.#used] = column;
    this.#used += 1;
    return column.subarray(0, length).fill(0);
  };

  /** Whatever was taken may be given away again; more than a few hundred columns are not kept. */
  release(): void {
    this.#used = 0;
    this.#columns = this.#columns.slice(0, columnsKept);
  }
}

const columnsKept = 200;
