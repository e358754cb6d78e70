import type { BarSeries } from '#domain/bar.ts';
import { csvProblem } from '../csv/csv-problem.ts';
import { mergeBars } from '../merge-bars.ts';
import type { FoundSeries } from '../series-in-records.ts';

/**
 * Home trading systems export minutes by the day or by the month: what several files hold of one instrument becomes one
 * series. Bars of days are left as they are.
 *
 * @throws {FixConfiguration} `data.csv-duplicate` when files differ about a minute
 */
export function joinMinutes(found: readonly FoundSeries[]): readonly FoundSeries[] {
  const isMinute = (one: FoundSeries): boolean => one.found.series.interval === '1m';
  const bySymbol = Map.groupBy(found.filter(isMinute), (one) => one.symbol);
  return [...found.filter((one) => !isMinute(one)), ...[...bySymbol.values()].map(joinOne)];
}

function joinOne(parts: readonly FoundSeries[]): FoundSeries {
  const sorted = parts.toSorted((one, other) => startOf(one) - startOf(other));
  return halves(sorted);
}

/** Pair by pair, so that each bar is copied as often as the number of files can be halved, not once for each file. */
function halves(parts: readonly FoundSeries[]): FoundSeries {
  const [first] = parts;
  if (first === undefined) throw new RangeError('nothing to join');
  if (parts.length === 1) return first;
  const middle = parts.length >> 1;
  return joinTwo(halves(parts.slice(0, middle)), halves(parts.slice(middle)));
}

function joinTwo(one: FoundSeries, other: FoundSeries): FoundSeries {
  const { merged, changed, equal } = mergeBars(one.found.series, other.found.series);
  if (changed > 0) throw conflict(one, other);
  const sum = (of: 'haltedDays' | 'haltFilled' | 'codesPadded'): number => one.found[of] + other.found[of];
  const stamp = weaker(one, other);
  return {
    ...one,
    file: `${one.file.replace(/ \+\d+$/, '')} +${filesIn(one) + filesIn(other) - 1}`,
    ...(stamp === undefined ? {} : { stamp }),
    found: {
      series: merged,
      name: one.found.name === '' ? other.found.name : one.found.name,
      duplicates: one.found.duplicates + other.found.duplicates + equal,
      wasUnsorted: one.found.wasUnsorted || other.found.wasUnsorted,
      haltedDays: sum('haltedDays'),
      haltFilled: sum('haltFilled'),
      codesPadded: sum('codesPadded'),
    },
  };
}

/** What one file proves of its times holds for that file alone: together they are as sure as the less sure one. */
function weaker({ stamp: one }: FoundSeries, { stamp: other }: FoundSeries): FoundSeries['stamp'] {
  return other?.why === 'assumed' ? other : one;
}

function filesIn({ file }: FoundSeries): number {
  return 1 + Number(/ \+(\d+)$/.exec(file)?.[1] ?? 0);
}

function startOf({ found }: FoundSeries): number {
  return found.series.startsAtMs[0] ?? 0;
}

function conflict(one: FoundSeries, other: FoundSeries): Error {
  const [left, right] = [one.found.series, other.found.series];
  const rows = new Map(Array.from(left.startsAtMs, (startsAtMs, row) => [startsAtMs, row]));
  const row = right.startsAtMs.findIndex((startsAtMs, place) => {
    const before = rows.get(startsAtMs);
    return before !== undefined && closeAndVolume(left, before) !== closeAndVolume(right, place);
  });
  const minute = Temporal.Instant.fromEpochMilliseconds(right.startsAtMs[Math.max(0, row)] ?? 0)
    .toZonedDateTimeISO('Asia/Seoul')
    .toPlainDateTime();
  return csvProblem(
    'data.csv-duplicate',
    { file: other.file },
    `found a bar of ${one.symbol} at ${minute.toString().slice(0, 16)} that differs from the one in "${one.file}", wanted each minute once`,
    'Delete the wrong row, or import the files one after the other.',
  );
}

function closeAndVolume({ open, high, low, close, volume }: BarSeries, row: number): string {
  return [open, high, low, close, volume].map((column) => column[row]).join(' ');
}
