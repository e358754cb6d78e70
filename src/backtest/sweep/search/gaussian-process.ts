/** What a model expects at a point. */
export interface Prediction {
  readonly mean: number;
  /** Of the mean; 0 or more. */
  readonly deviation: number;
}

/** Share of the variance that no point explains: neighbouring parameters give similar results, not equal ones. */
const noise = 1e-3;
/** In units of an axis; the likeliest of these for the points at hand is taken. */
const lengths = [0.1, 0.2, 0.4, 0.8];

/**
 * A Gaussian process with a Matérn 5/2 kernel over points in the unit cube. Fitting costs n³ / 6 multiplications for each
 * length, a prediction n².
 *
 * @see Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), algorithm 2.1
 */
export class GaussianProcess {
  readonly #points: readonly Float64Array[];
  readonly #mean: number;
  readonly #scale: number;
  readonly #fit: Fit;

  /** @param values one a point, finite; at least one */
  constructor(points: readonly Float64Array[], values: readonly number[]) {
    this.#points = points;
    this.#mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - this.#mean) ** 2, 0);
    this.#scale = Math.sqrt(squares / values.length) || 1;
    const plain = Float64Array.from(values, (value) => (value - this.#mean) / this.#scale);
    let best = fitOf(points, plain, lengths[0] ?? 1);
    for (const length of lengths.slice(1)) {
      const fit = fitOf(points, plain, length);
      if (fit.likelihood > best.likelihood) best = fit;
    }
    this.#fit = best;
  }

  at(point: Float64Array): Prediction {
    const { factor, weights, length } = this.#fit;
    const near = Float64Array.from(this.#points, (one) => kernel(one, point, length));
    let mean = 0;
    for (let row = 0; row < near.length; row += 1) mean += (near[row] ?? 0) * (weights[row] ?? 0);
    const solved = forward(factor, near);
    let explained = 0;
    for (const value of solved) explained += value * value;
    const variance = Math.max(0, 1 + noise - explained);
    return { mean: this.#mean + mean * this.#scale, deviation: Math.sqrt(variance) * this.#scale };
  }
}

interface Fit {
  readonly length: number;
  /** Lower triangle, row by row: row r holds r + 1 numbers. */
  readonly factor: readonly Float64Array[];
  readonly weights: Float64Array;
  /** Logarithm of the marginal likelihood without its constant. */
  readonly likelihood: number;
}

function fitOf(points: readonly Float64Array[], values: Float64Array, length: number): Fit {
  const factor = cholesky(points, length);
  const half = forward(factor, values);
  const weights = backward(factor, half);
  let likelihood = 0;
  for (const [row, value] of half.entries()) likelihood -= (value * value) / 2 + Math.log(factor[row]?.[row] ?? 1);
  return { length, factor, weights, likelihood };
}

function kernel(a: Float64Array, b: Float64Array, length: number): number {
  let squares = 0;
  for (let axis = 0; axis < a.length; axis += 1) squares += (((a[axis] ?? 0) - (b[axis] ?? 0)) / length) ** 2;
  const distance = Math.sqrt(5 * squares);
  return (1 + distance + (distance * distance) / 3) * Math.exp(-distance);
}

function cholesky(points: readonly Float64Array[], length: number): readonly Float64Array[] {
  const factor: Float64Array[] = [];
  for (const [row, point] of points.entries()) {
    const line = new Float64Array(row + 1);
    for (let column = 0; column <= row; column += 1) {
      const other = points[column] ?? point;
      const above = factor[column] ?? line;
      let rest = kernel(point, other, length) + (column === row ? noise : 0);
      for (let each = 0; each < column; each += 1) rest -= (line[each] ?? 0) * (above[each] ?? 0);
      line[column] = column === row ? Math.sqrt(Math.max(rest, 1e-12)) : rest / (above[column] ?? 1);
    }
    factor.push(line);
  }
  return factor;
}

function forward(factor: readonly Float64Array[], values: Float64Array): Float64Array {
  const solved = new Float64Array(values.length);
  for (const [row, line] of factor.entries()) {
    let rest = values[row] ?? 0;
    for (let column = 0; column < row; column += 1) rest -= (line[column] ?? 0) * (solved[column] ?? 0);
    solved[row] = rest / (line[row] ?? 1);
  }
  return solved;
}

function backward(factor: readonly Float64Array[], values: Float64Array): Float64Array {
  const solved = Float64Array.from(values);
  for (let row = values.length - 1; row >= 0; row -= 1) {
    const value = (solved[row] ?? 0) / (factor[row]?.[row] ?? 1);
    solved[row] = value;
    for (let column = 0; column < row; column += 1) {
      solved[column] = (solved[column] ?? 0) - (factor[row]?.[column] ?? 0) * value;
    }
  }
  return solved;
}
