import type { SweepFigures, SweepPath, SweepRun } from './sweep.ts';

const paths: readonly SweepPath[] = ['event', 'fused', 'sparse'];

const names = [
  'finalValue',
  'totalReturn',
  'maximumDrawdown',
  'sharpe',
  'roundTrips',
  'winRate',
  'profitFactor',
  'trades',
  'orders',
  'deniedOrders',
  'fees',
  'tax',
  'days',
  'daysHeld',
] as const satisfies readonly (keyof SweepFigures)[];

/** Runs of one series as plain numbers, for messages between threads and for files. */
export interface PackedRuns {
  readonly symbol: string;
  /** Combination, path and figures of each run; null where a figure is. A run that was refused has its reason alone. */
  readonly rows: readonly PackedRow[];
}

export type PackedRow =
  | readonly [combination: number, path: number, ...figures: (number | null)[]]
  | readonly [combination: number, reason: string];

/** Figures only: equity and trades are left behind. */
export function packRun(run: SweepRun): PackedRow {
  if (run.kind === 'refused') return [run.combination, run.reason];
  return [run.combination, paths.indexOf(run.path), ...names.map((name) => run.figures[name])];
}

/** What `packRun` packed; null for anything else. */
export function unpackRun(symbol: string, row: unknown): SweepRun | null {
  if (!Array.isArray(row)) return null;
  const [combination, path, ...numbers]: readonly unknown[] = row;
  if (typeof combination !== 'number' || !Number.isSafeInteger(combination) || combination < 0) return null;
  if (typeof path === 'string') return { kind: 'refused', symbol, combination, reason: path };
  const figures = figuresOf(numbers);
  const name = typeof path === 'number' ? paths[path] : undefined;
  if (figures === null || name === undefined) return null;
  return { kind: 'run', symbol, combination, path: name, figures, equity: null, trades: null };
}

function figuresOf(numbers: readonly unknown[]): SweepFigures | null {
  if (numbers.length !== names.length) return null;
  const isGood = numbers.every((value) => value === null || (typeof value === 'number' && Number.isFinite(value)));
  // The shape was packed from the same list of names a few lines above.
  return isGood
    ? (Object.fromEntries(names.map((name, index) => [name, numbers[index]])) as unknown as SweepFigures)
    : null;
}
