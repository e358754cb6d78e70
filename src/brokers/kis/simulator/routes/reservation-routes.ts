import { dateNumber, seoulDate } from '#domain/trading-date.ts';

import { tradingEndpoints } from '../../endpoints/trading.ts';
import { accountInquiryFields } from '../encode/account-inquiry-fields.ts';
import { encodeReservation } from '../encode/encode-reservation.ts';
import { ledgerPage } from '../encode/ledger-page.ts';
import { parseDateText } from '../encode/text-fields.ts';
import { wrongAccount } from '../host/account-check.ts';
import { fieldReply, ledgerReply, refusalReply, type Reply } from '../host/envelope.ts';
import { refusalAnswers } from '../host/reject-answers.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { filledOf } from '../venue/reservations/reservation-run.ts';
import { reservationDay } from '../venue/reservations/reservation-window.ts';
import type { Reservation } from '../venue/reservations/reservations.ts';

const { reserve, cancelReservation, amendReservation, reservations } = tradingEndpoints;

/** Orders for the next opening, real host only. @see spec §5.9 */
export const reservationRoutes: readonly Route[] = [
  { method: 'POST', path: reserve.path, real: [reserve.real], paper: [], handle: place },
  {
    method: 'POST',
    path: cancelReservation.path,
    real: [cancelReservation.real, amendReservation.real],
    paper: [],
    handle: change,
  },
  { method: 'GET', path: reservations.path, real: [reservations.real], paper: [], handle: list },
];

/** What a reservation asks for, read and checked. */
interface Wish {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly division: string;
  readonly price: number;
  readonly quantity: number;
  readonly until: string;
  readonly isPeriod: boolean;
}

/** Kinds that can be reserved: limit, market, conditional limit, previous close. */
const divisions: ReadonlySet<string> = new Set(['00', '01', '02', '05']);
const periodDaysMax = 30;
const periodOrdersMax = 1_000;
/** Rows of one page. @see spec §1.5 */
const pageRows = 20;

function place(call: Call, broker: Broker): Reply {
  const wrong = wrongAccount(call, broker);
  if (wrong !== null) return wrong;
  const now = broker.clock.now();
  const from = reservationDay(now);
  if (from === null) return refusalReply(refusalAnswers.closed.real);
  const wish = wishOf(call, broker, from);
  if ('status' in wish) return wish;
  const { state } = broker.venue;
  const periods = state.reservations.of(call.environment).filter((one) => one.isPeriod && one.cancelledAt === 0);
  if (wish.isPeriod && periods.length >= periodOrdersMax) {
    return refusalReply({ rt_cd: '7', msg_cd: 'APBK1672', msg1: '기간예약주문은 계좌당 1,000건까지 가능합니다.' });
  }
  const seq = state.reservations.nextSeq;
  const at = now.epochMilliseconds;
  broker.venue.record({
    kind: 'reserved',
    environment: call.environment,
    seq,
    ...wish,
    from: from.toString(),
    at,
  });
  return done({ RSVN_ORD_SEQ: String(seq) });
}

/** Cancels (CTSC0009U) or replaces what was asked for (CTSC0013U), as long as it has not become an order. */
function change(call: Call, broker: Broker): Reply {
  const wrong = wrongAccount(call, broker);
  if (wrong !== null) return wrong;
  const reservation = broker.venue.state.reservations.get(Number(call.field('RSVN_ORD_SEQ')));
  if (reservation === null || reservation.environment !== call.environment || !isOpen(reservation, broker)) {
    return refusalReply(refusalAnswers['nothing-left'].real);
  }
  const now = broker.clock.now();
  const { environment, seq } = reservation;
  const at = now.epochMilliseconds;
  if (call.trId === cancelReservation.real) {
    broker.venue.record({ kind: 'reservation-cancelled', environment, seq, at });
    return done({ NRML_PRCS_YN: 'Y' });
  }
  if (reservationDay(now) === null) return refusalReply(refusalAnswers.closed.real);
  const wish = wishOf(call, broker, Temporal.PlainDate.from(reservation.from));
  if ('status' in wish) return wish;
  const { isPeriod: _isPeriod, ...asked } = wish;
  broker.venue.record({ kind: 'reservation-amended', environment, seq, ...asked, at });
  return done({ NRML_PRCS_YN: 'Y' });
}

/** A reservation that became an order is open only when it becomes another one on a later day. */
function isOpen({ cancelledAt, isPeriod, until, runs }: Reservation, { venue }: Broker): boolean {
  if (cancelledAt !== 0 || until < venue.state.date.toString()) return false;
  return isPeriod || runs.length === 0;
}

function wishOf(call: Call, broker: Broker, from: Temporal.PlainDate): Wish | Reply {
  const symbol = call.field('PDNO').trim();
  if (broker.venue.floor.desk(symbol) === null) return refusalReply(refusalAnswers.symbol.real);
  const side = { '01': 'sell' as const, '02': 'buy' as const }[call.field('SLL_BUY_DVSN_CD')];
  if (side === undefined) return fieldReply('SLL_BUY_DVSN_CD');
  const division = call.field('ORD_DVSN_CD');
  if (!divisions.has(division)) return refusalReply(refusalAnswers.division.real);
  const [price, quantity] = [wholeNumber(call.field('ORD_UNPR')), wholeNumber(call.field('ORD_QTY'))];
  if (quantity === null || quantity < 1) return fieldReply('ORD_QTY');
  if (price === null || (division === '00' && price < 1)) return fieldReply('ORD_UNPR');
  const end = call.field('RSVN_ORD_END_DT').trim();
  if (end === '') return { symbol, side, division, price, quantity, until: from.toString(), isPeriod: false };
  const until = parseDateText(end);
  const today = seoulDate(broker.clock.now());
  const days = until === null ? -1 : today.until(until, { largestUnit: 'days' }).days;
  if (until === null || days < 1 || days > periodDaysMax || Temporal.PlainDate.compare(until, from) < 0) {
    return fieldReply('RSVN_ORD_END_DT');
  }
  return { symbol, side, division, price, quantity, until: until.toString(), isPeriod: true };
}

/** Those received, or to become orders, from `RSVN_ORD_ORD_DT` to `RSVN_ORD_END_DT`, newest first. */
function list(call: Call, broker: Broker): Reply {
  const wrong = wrongAccount(call, broker);
  if (wrong !== null) return wrong;
  const [from, to] = [parseDateText(call.field('RSVN_ORD_ORD_DT')), parseDateText(call.field('RSVN_ORD_END_DT'))];
  if (from === null) return fieldReply('RSVN_ORD_ORD_DT');
  if (to === null) return fieldReply('RSVN_ORD_END_DT');
  const { venue } = broker;
  const isWithin = (day: number): boolean => dateNumber(from) <= day && day <= dateNumber(to);
  const chosen = venue.state.reservations.of(call.environment).filter((one) => {
    const received = dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(one.at)));
    return (isWithin(received) || isWithin(Number(one.from.replaceAll('-', '')))) && isAsked(call, one);
  });
  const page = ledgerPage(call, chosen.toReversed(), {
    size: pageRows,
    keyOf: ({ seq }) => String(seq),
    requestFields: ['CANO', 'ACNT_PRDT_CD', 'RSVN_ORD_ORD_DT', 'RSVN_ORD_END_DT', 'PRCS_DVSN_CD', 'CNCL_YN'],
    width: 200,
  });
  const output = page.rows.map((one) =>
    encodeReservation(accountInquiryFields.reservation, one, {
      name: venue.floor.desk(one.symbol)?.instrument.name ?? '',
      filled: filledOf(one, venue),
      orders: venue.state.accounts[one.environment].orders,
    }),
  );
  const blocks = { ...page.keys, output };
  return ledgerReply(call.environment, blocks, { continuation: page.continuation, isEmpty: output.length === 0 });
}

function isAsked(call: Call, { seq, symbol, side, cancelledAt }: Reservation): boolean {
  const wished = { seq: call.field('RSVN_ORD_SEQ').trim(), symbol: call.field('PDNO').trim() };
  const wishedSide = { '01': 'sell', '02': 'buy' }[call.field('SLL_BUY_DVSN_CD')];
  if (wished.seq !== '' && Number(wished.seq) !== seq) return false;
  if (wished.symbol !== '' && wished.symbol !== symbol) return false;
  if (wishedSide !== undefined && wishedSide !== side) return false;
  return cancelledAt === 0 || call.field('CNCL_YN') !== 'N';
}

function done(output: Readonly<Record<string, string>>): Reply {
  const body = { rt_cd: '0', msg_cd: 'KIOK0430', msg1: '정상적으로 처리되었습니다', output };
  return { status: 200, body, continuation: '' };
}

function wholeNumber(text: string): number | null {
  return /^\d{1,12}$/.test(text.trim()) ? Number(text) : null;
}
