import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { seoulInstant } from '#domain/trading-date.ts';

import type { KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow, wireInstrument } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { wireDay, wireHour } from './wire-times.ts';

/** The head of a news item or disclosure; its text is not to be had. */
export interface NewsTitle {
  /** The broker's serial number, 20 characters at the most. */
  readonly id: string;
  readonly at: Temporal.Instant;
  readonly title: string;
  /** Who wrote it, in the broker's words. */
  readonly source: string;
  /** At most five; codes that are none of ours are left out. */
  readonly instruments: readonly InstrumentId[];
}

export interface NewsRequest {
  /** All if not said. */
  readonly instrument?: InstrumentId;
  /** The newest wanted, wall clock in Seoul; now if not said. */
  readonly until?: Temporal.PlainDateTime;
}

const places = [1, 2, 3, 4, 5] as const;
type Field =
  'cntt_usiq_srno' | 'data_dt' | 'data_tm' | 'hts_pbnt_titl_cntt' | 'dorg' | `iscd${(typeof places)[number]}`;

const fields: readonly Field[] = [
  'cntt_usiq_srno',
  'data_dt',
  'data_tm',
  'hts_pbnt_titl_cntt',
  'dorg',
  ...places.map((place): Field => `iscd${place}`),
];

/** Some forty titles, oldest first. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readNews(calls: KisCalls, { instrument, until }: NewsRequest): Promise<readonly NewsTitle[]> {
  const { trId, body } = await calls.read(quoteEndpoints.news, {
    FID_NEWS_OFER_ENTP_CODE: '',
    FID_COND_MRKT_CLS_CODE: '',
    FID_INPUT_ISCD: instrument === undefined ? '' : symbolOf(instrument),
    FID_TITL_CNTT: '',
    FID_INPUT_DATE_1: until === undefined ? '' : wireDay(until.toPlainDate()),
    FID_INPUT_HOUR_1: until === undefined ? '' : wireHour(until.toPlainTime()),
    FID_RANK_SORT_CLS_CODE: '',
    FID_INPUT_SRNO: '',
  });
  return rowsOf(trId, body, 'output')
    .map((block) => titleOf(new WireRow(trId, block, fields)))
    .toReversed();
}

function titleOf(row: WireRow<Field>): NewsTitle {
  return {
    id: row.text('cntt_usiq_srno'),
    at: seoulInstant(row.date('data_dt'), row.time('data_tm')),
    title: row.text('hts_pbnt_titl_cntt'),
    source: row.text('dorg'),
    instruments: places.flatMap((place) => wireInstrument(row.text(`iscd${place}`)) ?? []),
  };
}
