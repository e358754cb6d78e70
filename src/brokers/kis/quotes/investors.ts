import type { InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardQuery } from './board-query.ts';
import type { Board } from './quote-codes.ts';
import { priceOrNull, quantityOrNull, wholeOrNull } from './quote-numbers.ts';

/** Shares one group of investors bought and sold in a day; null while the broker has no figure. */
export interface InvestorFlow {
  readonly bought: number | null;
  readonly sold: number | null;
  /** Bought less sold. */
  readonly net: number | null;
}

export interface InvestorDay {
  readonly date: Temporal.PlainDate;
  readonly close: Won | null;
  readonly individuals: InvestorFlow;
  readonly foreigners: InvestorFlow;
  readonly institutions: InvestorFlow;
}

const groups = ['prsn', 'frgn', 'orgn'] as const;
type Group = (typeof groups)[number];
type Field = 'stck_bsop_date' | 'stck_clpr' | `${Group}_${'ntby_qty' | 'shnu_vol' | 'seln_vol'}`;

const fields: readonly Field[] = [
  'stck_bsop_date',
  'stck_clpr',
  ...groups.flatMap((group): Field[] => [`${group}_ntby_qty`, `${group}_shnu_vol`, `${group}_seln_vol`]),
];

/**
 * About thirty days, oldest first. The figures of today are null until the close. The amounts beside the shares are left
 * out: the broker does not say in which unit they are.
 */
export async function readInvestors(
  calls: KisCalls,
  instrument: InstrumentId,
  board: Exclude<Board, 'unified'>,
): Promise<readonly InvestorDay[]> {
  const { trId, body } = await calls.read(quoteEndpoints.investors, boardQuery(instrument, board));
  return rowsOf(trId, body, 'output')
    .map((block) => dayOf(new WireRow(trId, block, fields)))
    .toReversed();
}

function dayOf(row: WireRow<Field>): InvestorDay {
  return {
    date: row.date('stck_bsop_date'),
    close: priceOrNull(row, 'stck_clpr'),
    individuals: flowOf(row, 'prsn'),
    foreigners: flowOf(row, 'frgn'),
    institutions: flowOf(row, 'orgn'),
  };
}

function flowOf(row: WireRow<Field>, group: Group): InvestorFlow {
  return {
    bought: quantityOrNull(row, `${group}_shnu_vol`),
    sold: quantityOrNull(row, `${group}_seln_vol`),
    net: wholeOrNull(row, `${group}_ntby_qty`),
  };
}
