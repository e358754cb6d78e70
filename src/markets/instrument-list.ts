import { instrumentId, type Designation, type InstrumentId, type Market } from '#domain/instrument.ts';

/** What is listed; wider than what we trade. */
const listedKinds = [
  'stock',
  'etf',
  'etn',
  'reit',
  'fund',
  'ship',
  'infrastructure',
  'depositary-receipt',
  'foreign-stock',
  'elw',
  'warrant',
  'beneficiary-certificate',
] as const;
export type ListedKind = (typeof listedKinds)[number];

/** One instrument of a broker's daily list, as we keep it: what a search and the guard need. */
export interface ListedInstrument {
  readonly id: InstrumentId;
  readonly symbol: string;
  readonly name: string;
  readonly market: Market;
  readonly kind: ListedKind;
  /** The strongest restriction on the day of the list. */
  readonly designation: Designation;
}

/** The list of one day. */
export interface InstrumentList {
  readonly date: Temporal.PlainDate;
  readonly instruments: readonly ListedInstrument[];
}

/** The list as the JSON text of a file, an instrument a line. */
export function writeInstrumentList({ date, instruments }: InstrumentList): string {
  const rows = instruments.map(({ symbol, name, market, kind, designation }) =>
    JSON.stringify([symbol, name, market, kind, designation]),
  );
  return `{"date":"${date.toString()}","instruments":[\n${rows.join(',\n')}\n]}\n`;
}

/** The list, or null when any part of the text is not as `writeInstrumentList()` writes it: half a list is none. */
export function readInstrumentList(text: string): InstrumentList | null {
  try {
    const { date, instruments } = fieldsOf(JSON.parse(text));
    if (typeof date !== 'string' || !Array.isArray(instruments)) return null;
    return { date: Temporal.PlainDate.from(date), instruments: instruments.map((row) => instrumentOf(row)) };
  } catch {
    // Which part it was helps nobody: the file is ours, and the next download writes it anew.
    return null;
  }
}

function fieldsOf(value: unknown): { readonly date?: unknown; readonly instruments?: unknown } {
  return typeof value === 'object' && value !== null ? value : {};
}

/** @throws {RangeError} when `row` is not an instrument */
function instrumentOf(row: unknown): ListedInstrument {
  if (!Array.isArray(row)) throw new RangeError('Not a row');
  const [symbol, name, market, kind, designation]: readonly unknown[] = row;
  if (typeof symbol !== 'string' || typeof name !== 'string') throw new RangeError('Not a symbol and a name');
  return {
    id: instrumentId(symbol),
    symbol,
    name,
    market: oneOf(markets, market),
    kind: oneOf(listedKinds, kind),
    designation: oneOf(designations, designation),
  };
}

const markets: readonly Market[] = ['KOSPI', 'KOSDAQ', 'KONEX'];
const designations: readonly Designation[] = [
  'none',
  'managed',
  'liquidation',
  'caution',
  'warning',
  'risk',
  'halted',
  'overheated',
];

function oneOf<Value>(values: readonly Value[], value: unknown): Value {
  const found = values.find((one) => one === value);
  if (found === undefined) throw new RangeError('Not one of the values');
  return found;
}
