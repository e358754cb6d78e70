import { randomFrom } from '../venue/random.ts';
import { encodeBlock } from './encode-block.ts';
import { members, type Member } from './member-table.ts';
import { percentText } from './text-fields.ts';

const shown = 5;
const sides = { sell: 'seln', buy: 'shnu' } as const;

interface MemberShare {
  readonly member: Member;
  readonly quantity: number;
}

/**
 * Block of `inquire-member`: the five firms that sold and bought most of `volume`, largest first. Simulated: drawn from
 * the symbol and the date.
 */
export function encodeMembers(symbol: string, date: number, volume: number): Record<string, string> {
  const sold = sharesOfSide(symbol, date, volume, 'sell');
  const bought = sharesOfSide(symbol, date, volume, 'buy');
  const foreignSold = foreignOf(sold);
  const foreignBought = foreignOf(bought);
  return encodeBlock('member', {
    ...sideFields(sides.sell, sold, volume),
    ...sideFields(sides.buy, bought, volume),
    glob_total_seln_qty: foreignSold,
    glob_seln_rlim: percentText(foreignSold, volume),
    glob_total_shnu_qty: foreignBought,
    glob_shnu_rlim: percentText(foreignBought, volume),
    glob_ntby_qty: foreignBought - foreignSold,
  });
}

/** Weights of all firms add up to the whole volume, cut off to the share. */
function sharesOfSide(symbol: string, date: number, volume: number, side: string): readonly MemberShare[] {
  const random = randomFrom(`member/${symbol}/${date}/${side}`);
  const weights = members.map(() => random.exponential());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return members
    .map((member, index) => ({ member, quantity: Math.floor((volume * (weights[index] ?? 0)) / total) }))
    .sort((a, b) => b.quantity - a.quantity);
}

function foreignOf(shares: readonly MemberShare[]): number {
  return shares.reduce((sum, { member, quantity }) => sum + (member.isForeign ? quantity : 0), 0);
}

function sideFields(side: string, shares: readonly MemberShare[], volume: number): Record<string, string | number> {
  const fields: Record<string, string | number> = {};
  shares.slice(0, shown).forEach(({ member, quantity }, index) => {
    const place = index + 1;
    fields[`${side}_mbcr_no${place}`] = member.number;
    fields[`${side}_mbcr_name${place}`] = member.name;
    fields[`total_${side}_qty${place}`] = quantity;
    fields[`${side}_mbcr_rlim${place}`] = percentText(quantity, volume);
    fields[`${side}_mbcr_glob_yn_${place}`] = member.isForeign ? 'Y' : 'N';
  });
  return fields;
}
