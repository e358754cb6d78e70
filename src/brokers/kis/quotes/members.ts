import type { InstrumentId } from '#domain/instrument.ts';

import type { KisCalls } from '../calls/calls.ts';
import { blockOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardQuery } from './board-query.ts';
import type { Board } from './quote-codes.ts';
import { quantityOrNull } from './quote-numbers.ts';

/** One brokerage house among the five largest of a side today. */
export interface MemberShare {
  readonly name: string;
  readonly quantity: number;
}

export interface Members {
  /** Largest first; fewer than five early in the day. */
  readonly sellers: readonly MemberShare[];
  readonly buyers: readonly MemberShare[];
  /** Shares that foreign houses sold and bought today; null when the broker gives none. */
  readonly foreignSold: number | null;
  readonly foreignBought: number | null;
}

const ranks = [1, 2, 3, 4, 5] as const;
type Side = 'seln' | 'shnu';
type Field = `${Side}_mbcr_name${(typeof ranks)[number]}` | `total_${Side}_qty${(typeof ranks)[number]}`;
type Total = 'glob_total_seln_qty' | 'glob_total_shnu_qty';

const fields: readonly (Field | Total)[] = [
  'glob_total_seln_qty',
  'glob_total_shnu_qty',
  ...ranks.flatMap((rank): Field[] => [
    `seln_mbcr_name${rank}`,
    `shnu_mbcr_name${rank}`,
    `total_seln_qty${rank}`,
    `total_shnu_qty${rank}`,
  ]),
];

/** The five largest sellers and buyers of today. The fields are those of the live feed H0STMBC0 (spec appendix B). */
export async function readMembers(calls: KisCalls, instrument: InstrumentId, board: Board): Promise<Members> {
  const { trId, body } = await calls.read(quoteEndpoints.members, boardQuery(instrument, board));
  const row = new WireRow(trId, blockOf(trId, body, 'output'), fields);
  return {
    sellers: sharesOf(row, 'seln'),
    buyers: sharesOf(row, 'shnu'),
    foreignSold: quantityOrNull(row, 'glob_total_seln_qty'),
    foreignBought: quantityOrNull(row, 'glob_total_shnu_qty'),
  };
}

function sharesOf(row: WireRow<Field | Total>, side: Side): readonly MemberShare[] {
  return ranks
    .map((rank) => ({
      name: row.text(`${side}_mbcr_name${rank}`),
      quantity: quantityOrNull(row, `total_${side}_qty${rank}`) ?? 0,
    }))
    .filter(({ name, quantity }) => name !== '' && quantity > 0);
}
