import { dateNumber } from '#domain/trading-date.ts';

import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { encodeBlock } from '../encode/encode-block.ts';
import { clockText, dateText, percentText } from '../encode/text-fields.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import type { Interruption } from '../venue/floor/market-operation.ts';
import { listingCode, quoteRoute, wrongScreen } from './quote-route.ts';

/** Volatility interruptions (VI) of today, newest first. @see spec §4.2 and §9.4 */
export const interruptionRoutes: readonly Route[] = [quoteRoute(quoteEndpoints.viStatus, viStatus)];

interface Struck {
  readonly desk: Desk;
  readonly interruption: Interruption;
  /** Interruptions of this instrument today, up to and with this one. */
  readonly count: number;
}

function viStatus(call: Call, broker: Broker): Reply {
  const wrong = wrongScreen(call, broker, '20139') ?? wrongChoice(call);
  if (wrong !== null) return wrong;
  const date = call.field('FID_INPUT_DATE_1');
  // Earlier days are not kept.
  if (date !== '' && date !== dateText(broker.venue.state.date)) return quoteReply({ output: [] });
  const struck = [...broker.venue.floor.desks()]
    .filter((desk) => isAsked(desk, call))
    .flatMap((desk) => desk.interruptions.map((interruption, index) => ({ desk, interruption, count: index + 1 })))
    .filter(({ interruption }) => isOfKind(interruption, call))
    .sort((a, b) => b.interruption.startedAt - a.interruption.startedAt);
  return quoteReply({ output: struck.map((one) => row(one, dateNumber(broker.venue.state.date))) });
}

const choices = {
  FID_DIV_CLS_CODE: ['', '0', '1', '2'],
  FID_MRKT_CLS_CODE: ['', '0', 'K', 'Q'],
  FID_RANK_SORT_CLS_CODE: ['', '0', '1', '2', '3'],
} as const;

function wrongChoice(call: Call): Reply | null {
  for (const [name, taken] of Object.entries(choices)) {
    if (!(taken as readonly string[]).includes(call.field(name))) return fieldReply(name);
  }
  return null;
}

function isAsked({ board, instrument }: Desk, call: Call): boolean {
  const symbol = listingCode(call.field('FID_INPUT_ISCD').trim());
  const market = call.field('FID_MRKT_CLS_CODE');
  if (board !== 'KRX' || (symbol !== '' && symbol !== instrument.symbol)) return false;
  return market === '' || market === '0' || (market === 'K') === (instrument.market === 'KOSPI');
}

/** `FID_DIV_CLS_CODE` 1 rises, 2 falls; `FID_RANK_SORT_CLS_CODE` 1 static, 2 dynamic, 3 both at once. */
function isOfKind({ kind, triggerPrice, referencePrice }: Interruption, call: Call): boolean {
  const direction = call.field('FID_DIV_CLS_CODE');
  if (direction === '1' && triggerPrice < referencePrice) return false;
  if (direction === '2' && triggerPrice > referencePrice) return false;
  const sort = call.field('FID_RANK_SORT_CLS_CODE');
  return sort === '' || sort === '0' || sort === kindCodes[kind];
}

/** `vi_kind_code`; this venue never has both at once. */
const kindCodes = { static: '1', dynamic: '2' } as const;

function row({ desk, interruption, count }: Struck, date: number): Record<string, string> {
  const { kind, triggerPrice, referencePrice, startedAt, endedAt } = interruption;
  const deviation = percentText(triggerPrice - referencePrice, referencePrice);
  const measured =
    kind === 'static'
      ? { vi_stnd_prc: referencePrice, vi_dprt: deviation }
      : { vi_dmc_stnd_prc: referencePrice, vi_dmc_dprt: deviation };
  return encodeBlock('interruption', {
    ...measured,
    hts_kor_isnm: desk.instrument.name,
    mksc_shrn_iscd: desk.instrument.symbol,
    vi_cls_code: endedAt === null ? 'Y' : 'N',
    bsop_date: date,
    cntg_vi_hour: clockText(startedAt),
    vi_cncl_hour: endedAt === null ? '000000' : clockText(endedAt),
    vi_kind_code: kindCodes[kind],
    vi_prc: triggerPrice,
    vi_count: count,
  });
}
