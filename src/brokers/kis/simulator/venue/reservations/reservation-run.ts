import { refusalAnswers } from '../../host/reject-answers.ts';
import type { Reservation } from './reservations.ts';
import { phaseAt } from '../hours/trading-phases.ts';
import type { Venue } from '../venue.ts';

/** Sessions into which a reservation may go; an opening that was missed is caught up with while these last. */
const sessions: ReadonlySet<string> = new Set(['opening-auction', 'continuous', 'closing-auction']);
/** Minute of the day from which reservations become orders. */
const startsAt = Temporal.PlainTime.from('08:30');

/**
 * Turns the reservations that are due into orders, oldest first, once a trading day each. What the market refuses is
 * written down with the reservation. Reservations of a day on which the simulator did not run lapse.
 *
 * @see spec §5.9
 */
export function runReservations(venue: Venue): void {
  const due = venue.state.reservations.all().filter((reservation) => isDue(reservation, venue));
  if (due.length === 0 || !isOpen(venue)) return;
  const date = venue.state.date.toString();
  for (const reservation of due) {
    const { environment, seq, symbol, side, division, price } = reservation;
    const quantity = remainingOf(reservation, venue);
    venue.placeRecorded({ environment, symbol, side, division, price, quantity, exchange: 'KRX' }, (answer, at) => ({
      kind: 'reservation-run',
      environment,
      seq,
      date,
      number: answer.kind === 'accepted' ? answer.number : null,
      refusal: answer.kind === 'refused' ? refusalAnswers[answer.refusal][environment].msg1 : null,
      at,
    }));
  }
}

/** Shares that no order of the reservation has bought or sold yet. */
function remainingOf(reservation: Reservation, venue: Venue): number {
  return reservation.quantity - filledOf(reservation, venue);
}

/** Shares that its orders have traded so far, amendments of them not counted. */
export function filledOf({ environment, runs }: Reservation, venue: Venue): number {
  const { orders } = venue.state.accounts[environment];
  return runs.reduce((sum, { number }) => sum + (number === null ? 0 : (orders.get(number)?.filled ?? 0)), 0);
}

function isDue(reservation: Reservation, venue: Venue): boolean {
  const { cancelledAt, from, until, runs } = reservation;
  const today = venue.state.date.toString();
  if (cancelledAt !== 0 || today < from || today > until) return false;
  return !runs.some(({ date }) => date === today) && remainingOf(reservation, venue) > 0;
}

function isOpen({ floor }: Venue): boolean {
  const time = floor.reached.toZonedDateTimeISO('Asia/Seoul').toPlainTime();
  if (!floor.isTradingDay || Temporal.PlainTime.compare(time, startsAt) < 0) return false;
  const session = phaseAt(floor.phases.krx, floor.reached)?.session;
  return session !== undefined && sessions.has(session);
}
