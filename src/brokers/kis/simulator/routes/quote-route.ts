import type { Bar } from '#domain/bar.ts';

import type { KisEndpoint } from '../../endpoints/endpoint.ts';
import { previousBar } from '../encode/previous-bar.ts';
import type { QuoteDesk } from '../encode/quote-desk.ts';
import { dayPart, type DayPart } from '../encode/session-code.ts';
import { unifiedDesk } from '../encode/unified-desk.ts';
import { fieldReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import type { Desk } from '../venue/floor/market-floor.ts';

/** What a quote is answered from: `desk` is what is shown, `home` the board that has the past and the rules. */
export interface Quoted {
  readonly home: Desk;
  readonly desk: QuoteDesk;
  readonly part: DayPart;
  /** The last day bar before today; null without a past. */
  readonly previous: Bar | null;
}

/** A quote's operation as the shared table has it. */
export function quoteRoute({ path, real, paper }: KisEndpoint, handle: Route['handle']): Route {
  return { method: 'GET', path, real: [real], paper: paper === null ? [] : [paper], handle };
}

/**
 * The desk that the market division and the code of a call name: `J` the KRX, `NX` NXT, `UN` both as one. Null when the
 * code is not listed, and on `NX` when NXT does not trade it; on `UN` the KRX alone stands then.
 */
export function quotedOf(
  call: Call,
  broker: Broker,
  symbol = call.field('FID_INPUT_ISCD'),
  division = call.field('FID_COND_MRKT_DIV_CODE'),
): Quoted | null {
  const { floor } = broker.venue;
  const code = listingCode(symbol);
  const krx = floor.desk(code, 'KRX');
  const nxt = division === 'J' ? null : floor.desk(code, 'NXT');
  const home = division === 'NX' ? nxt : krx;
  if (home === null) return null;
  const desk = division === 'UN' && krx !== null && nxt !== null ? unifiedDesk(krx, nxt) : home;
  const part = dayPart(home.session, floor.reached);
  return { home, desk, part, previous: previousBar(broker, home) };
}

/** The six characters of a code: ETNs are asked for with a `Q` before them. */
export function listingCode(code: string): string {
  return code.length === 7 && code.startsWith('Q') ? code.slice(1) : code;
}

/** The answer to a market division that the operation does not take, or null. */
export function wrongMarket(call: Call, taken: readonly string[] = ['J', 'NX', 'UN']): Reply | null {
  return taken.includes(call.field('FID_COND_MRKT_DIV_CODE')) ? null : fieldReply('FID_COND_MRKT_DIV_CODE');
}

/**
 * The answer to a screen number that is not the operation's own, or null. Production looks at it; `--permissive` does
 * not.
 */
export function wrongScreen(call: Call, broker: Broker, screen: string): Reply | null {
  if (broker.isPermissive || call.field('FID_COND_SCR_DIV_CODE') === screen) return null;
  return fieldReply('FID_COND_SCR_DIV_CODE');
}
