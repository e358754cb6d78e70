import type { SimulatorCredentials } from '../host/credentials.ts';
import { branches } from '../encode/encode-order-row.ts';
import { clockText, orderNumberText } from '../encode/text-fields.ts';
import type { WireProfile } from '../socket/wire-profile.ts';
import { usDivisions } from './us-divisions.ts';
import { usExchanges } from './us-listings.ts';
import type { UsNotice } from './us-venue.ts';

/** The layout of before, which old clients expect, ends after `DEBT_DATE`. @see spec §7.5 */
const legacyFields = 21;

/** `CNTG_YN` and `ACPT_YN` of each kind. @see spec §7.7 */
const stateFields: Readonly<Record<UsNotice['kind'], readonly [traded: string, accepted: string]>> = {
  accepted: ['1', '1'],
  amended: ['1', '2'],
  cancelled: ['1', '2'],
  expired: ['1', '3'],
  filled: ['2', '2'],
};

/** Plain text of one H0GSCNI record, 25 fields; prices have four implied decimals. @see spec §7.7 */
export function encodeUsNotice(notice: UsNotice, credentials: SimulatorCredentials, profile: WireProfile): string {
  const { order, kind } = notice;
  const { environment, listing } = order;
  const [traded, accepted] = stateFields[kind];
  const fields = [
    credentials.htsId,
    credentials[environment].account,
    orderNumberText(order.number),
    order.original === null ? '' : orderNumberText(order.original),
    order.side === 'sell' ? '01' : '02',
    changeCode(notice),
    usDivisions[order.division]?.noticeCode ?? '2',
    listing.symbol,
    String(notice.quantity).padStart(10, '0'),
    String(notice.price).padStart(9, '0'),
    clockText(notice.at),
    '0',
    traded,
    accepted,
    branches[environment],
    // Blank on everything but a fill.
    kind === 'filled' ? String(order.quantity).padStart(9, '0') : '',
    '눈사람',
    listing.name,
    usExchanges[listing.exchange].noticeCode,
    '10',
    '',
    '',
    '',
    '',
    String(notice.price).padStart(12, '0'),
  ];
  return fields.slice(0, profile === 'legacy' ? legacyFields : fields.length).join('^');
}

function changeCode({ kind, order }: UsNotice): string {
  if (kind === 'cancelled' || order.action === 'cancel') return '2';
  return kind === 'amended' ? '1' : '0';
}
