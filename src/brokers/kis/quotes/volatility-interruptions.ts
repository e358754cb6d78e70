import { seoulInstant } from '#domain/trading-date.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow, wireInstrument } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { hundredthsOrNull, priceOrNull, wholeOrNull } from './quote-numbers.ts';
import { wireDay } from './wire-times.ts';

/** One volatility interruption: two minutes of call auction instead of continuous trading. */
export interface VolatilityInterruption {
  readonly instrument: InstrumentId;
  readonly name: string;
  readonly isActive: boolean;
  readonly startedAt: Temporal.Instant;
  /** Null while it lasts. */
  readonly endedAt: Temporal.Instant | null;
  readonly price: Won | null;
  /** What the static one measures from, and by how much the price was off, in basis points; null for a dynamic one. */
  readonly staticReference: Won | null;
  readonly staticDeviationBps: number | null;
  /** The same of the dynamic one. */
  readonly dynamicReference: Won | null;
  readonly dynamicDeviationBps: number | null;
  /** Which of the day it is for this instrument. */
  readonly count: number | null;
}

export interface InterruptionsRequest {
  readonly date: Temporal.PlainDate;
  /** Both if not said. */
  readonly market?: 'kospi' | 'kosdaq';
  /** All if not said. */
  readonly instrument?: InstrumentId;
}

const marketCodes = { kospi: 'K', kosdaq: 'Q' } as const;
const fields = [
  'hts_kor_isnm',
  'mksc_shrn_iscd',
  'vi_cls_code',
  'bsop_date',
  'cntg_vi_hour',
  'vi_cncl_hour',
  'vi_prc',
  'vi_stnd_prc',
  'vi_dprt',
  'vi_dmc_stnd_prc',
  'vi_dmc_dprt',
  'vi_count',
] as const;

/** Upward and downward, static and dynamic, in the broker's order. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readInterruptions(
  calls: KisCalls,
  { date, market, instrument }: InterruptionsRequest,
): Promise<readonly VolatilityInterruption[]> {
  const { trId, body } = await calls.read(quoteEndpoints.viStatus, {
    FID_DIV_CLS_CODE: '0',
    FID_COND_SCR_DIV_CODE: '20139',
    FID_MRKT_CLS_CODE: market === undefined ? '0' : marketCodes[market],
    FID_INPUT_ISCD: instrument === undefined ? '' : symbolOf(instrument),
    FID_RANK_SORT_CLS_CODE: '0',
    FID_INPUT_DATE_1: wireDay(date),
    FID_TRGT_CLS_CODE: '',
    FID_TRGT_EXLS_CLS_CODE: '',
  });
  return rowsOf(trId, body, 'output').flatMap((block) => interruptionOf(new WireRow(trId, block, fields)) ?? []);
}

function interruptionOf(row: WireRow<(typeof fields)[number]>): VolatilityInterruption | null {
  const instrument = wireInstrument(row.text('mksc_shrn_iscd'));
  if (instrument === null) return null;
  const date = row.date('bsop_date');
  const hasEnded = !/^0*$/.test(row.text('vi_cncl_hour'));
  return {
    instrument,
    name: row.text('hts_kor_isnm'),
    isActive: row.text('vi_cls_code') === 'Y',
    startedAt: seoulInstant(date, row.time('cntg_vi_hour')),
    endedAt: hasEnded ? seoulInstant(date, row.time('vi_cncl_hour')) : null,
    price: priceOrNull(row, 'vi_prc'),
    staticReference: priceOrNull(row, 'vi_stnd_prc'),
    staticDeviationBps: hundredthsOrNull(row, 'vi_dprt'),
    dynamicReference: priceOrNull(row, 'vi_dmc_stnd_prc'),
    dynamicDeviationBps: hundredthsOrNull(row, 'vi_dmc_dprt'),
    count: wholeOrNull(row, 'vi_count'),
  };
}
