import { seoulDate, seoulTime } from '#domain/trading-date.ts';
import { isTradingDay } from '#markets/calendar.ts';

/** From the first to the last session that any venue of KIS offers; reservation orders are no reason to be awake. */
const openHours = { from: Temporal.PlainTime.from('08:00'), to: Temporal.PlainTime.from('20:00') };
/** Codes with which the gateway says that nothing stands behind it. @see spec §3.5 */
const routingCodes = /^EGW00(?:202|203|300)/;
const outages =
  /^(?:ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ETIMEDOUT|UND_ERR_(?:CONNECT_TIMEOUT|SOCKET)|timeout)$|HTTP 5\d\d$/;

/**
 * Whether a failed read is what KIS looks like while it is being maintained: refused, 5xx or a routing error, outside
 * the hours of every market. KIS publishes no window for queries; paper is down over the weekend.
 *
 * @param cause as the read failed: a transport code, `… HTTP 503`, or a code of the gateway
 */
export function isMaintenance(cause: string, now: Temporal.Instant): boolean {
  if (!routingCodes.test(cause) && !outages.test(cause)) return false;
  if (!isTradingDay(seoulDate(now))) return true;
  const time = seoulTime(now);
  return Temporal.PlainTime.compare(time, openHours.from) < 0 || Temporal.PlainTime.compare(time, openHours.to) >= 0;
}
