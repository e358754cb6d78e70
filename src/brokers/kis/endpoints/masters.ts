import type { Market } from '#domain/instrument.ts';

/** Path of the daily list of each board, the same on every host that has it; a zip with one text file in it. */
export const masterPaths = {
  KOSPI: '/common/master/kospi_code.mst.zip',
  KOSDAQ: '/common/master/kosdaq_code.mst.zip',
  KONEX: '/common/master/konex_code.mst.zip',
} as const satisfies Readonly<Record<Market, string>>;

/** Bytes at the left of a record, in cp949. @see spec §8; the 40 of the name follow from the published C struct */
export const masterHead = { symbol: 9, isin: 12, name: 40 } as const;

/** One field of the fixed right part, which is pure ASCII: its name in our words, and its width. */
export type MasterColumn = readonly [name: MasterField | null, width: number];

/** The fields we read; the rest of a record has no name here and is null. */
export type MasterField =
  | 'group'
  | 'etpKind'
  | 'isSpac'
  | 'overheat'
  | 'isCautionIssue'
  | 'basePrice'
  | 'lot'
  | 'isHalted'
  | 'isLiquidated'
  | 'isManaged'
  | 'warning'
  | 'marginRate'
  | 'parValue'
  | 'listedOn'
  | 'sharesInThousands'
  | 'preferredKind';

/** From the base price to the kind of share: the same on all boards. */
const listing: readonly MasterColumn[] = [
  ['basePrice', 9],
  ['lot', 5],
  [null, 5],
  ['isHalted', 1],
  ['isLiquidated', 1],
  ['isManaged', 1],
  ['warning', 2],
  ...blanks(1, 1, 1, 2, 2, 2),
  ['marginRate', 3],
  ...blanks(1, 3, 12),
  ['parValue', 12],
  ['listedOn', 8],
  ['sharesInThousands', 15],
  ...blanks(21, 2, 7),
  ['preferredKind', 1],
];

/** Revenue, profits, ROE, month of the figures, market value. */
const figures = blanks(9, 9, 9, 5, 9, 8, 9);

/**
 * The right part of a record, left to right: 227 bytes on KOSPI, 221 on KOSDAQ, 184 on KONEX.
 *
 * @see spec §8
 */
export const masterTails: Readonly<Record<Market, readonly MasterColumn[]>> = {
  KOSPI: [
    ['group', 2],
    ...blanks(1, 4, 4, 4),
    ...flags(7),
    ['etpKind', 1],
    ...flags(6),
    ['isSpac', 1],
    ...flags(2),
    ['overheat', 1],
    ...flags(8),
    ...listing,
    ...flags(4),
    ...figures,
    ...blanks(3, 1, 1, 1),
  ],
  KOSDAQ: [
    ['group', 2],
    ...blanks(1, 4, 4, 4),
    ...flags(3),
    ['etpKind', 1],
    ...flags(5),
    ['isSpac', 1],
    ...flags(2),
    ['overheat', 1],
    ...flags(2),
    ['isCautionIssue', 1],
    ...flags(5),
    ...listing,
    ...flags(3),
    ...figures,
    ...blanks(3, 1, 1, 1),
  ],
  KONEX: [['group', 2], ...listing, ...flags(3), ...figures, ...flags(3)],
};

function blanks(...widths: readonly number[]): readonly MasterColumn[] {
  return widths.map((width): MasterColumn => [null, width]);
}

function flags(count: number): readonly MasterColumn[] {
  return blanks(...Array.from({ length: count }, () => 1));
}
