import { createCipheriv } from 'node:crypto';

import type { SimulatorCredentials } from '../host/credentials.ts';
import { branches } from './encode-order-row.ts';
import { clockText, orderNumberText } from './text-fields.ts';
import type { VenueNotice } from '../venue/venue-notice.ts';
import type { WireProfile } from '../socket/wire-profile.ts';

/** Key and vector that a session hands out with every acknowledgement; used as raw bytes. */
export interface NoticeKey {
  /** 32 ASCII characters. */
  readonly key: string;
  /** 16 ASCII characters. */
  readonly iv: string;
}

/** `RFUS_YN`, `CNTG_YN`, `ACPT_YN` of each kind. @see spec §5.10.4 and §7.7 */
const stateFields: Readonly<Record<VenueNotice['kind'], readonly [refused: string, traded: string, accepted: string]>> =
  {
    accepted: ['0', '1', '1'],
    amended: ['0', '1', '2'],
    cancelled: ['0', '1', '2'],
    filled: ['0', '2', '2'],
    remainder: ['0', '1', '3'],
    // An order that ends with the day is told as cancelled by the exchange.
    expired: ['0', '1', '3'],
    refused: ['1', '1', '1'],
  };

/** Plain text of one H0STCNI record: 23 fields before 2025, 26 since. @see spec §7.7 and Appendix D */
export function encodeNotice(notice: VenueNotice, credentials: SimulatorCredentials, profile: WireProfile): string {
  const { order, environment } = notice;
  const [refused, traded, accepted] = stateFields[notice.kind];
  const head = [
    credentials.htsId,
    credentials[environment].account,
    orderNumberText(order.number),
    order.original === null ? '' : orderNumberText(order.original),
    order.side === 'sell' ? '01' : '02',
    changeCode(notice),
    order.division,
    '0',
    order.instrument.symbol,
    String(notice.quantity).padStart(10, '0'),
    String(notice.price).padStart(9, '0'),
    clockText(notice.at),
    refused,
    traded,
    accepted,
    branches[environment],
    String(order.quantity).padStart(9, '0'),
    '눈사람',
  ];
  const { name } = order.instrument;
  const price = String(order.price).padStart(9, '0');
  const tail = profile === 'legacy' ? [name, '10', '', name, price] : ['0', '1', 'Y', '', '10', '', name, price];
  return [...head, ...tail].join('^');
}

/** AES-256-CBC with PKCS#7 padding, in base64. */
export function encryptNotice(text: string, { key, iv }: NoticeKey): string {
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(key, 'ascii'), Buffer.from(iv, 'ascii'));
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

function changeCode({ kind, order }: VenueNotice): string {
  if (kind === 'cancelled' || order.action === 'cancel') return '2';
  return kind === 'amended' ? '1' : '0';
}
