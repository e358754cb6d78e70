import type { InstrumentId } from '#domain/instrument.ts';

import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { chartNameFields } from '../wire-types.ts';
import type { InstrumentNames } from './instrument-names.ts';

/** Where charts are read, and where the names they carry are kept. */
export interface ChartSource {
  readonly calls: KisCalls;
  readonly names: InstrumentNames;
}

/** Keeps the name that the summary block beside a chart carries. */
export function learnName({ names }: ChartSource, instrument: InstrumentId, { trId, body }: KisAnswer): void {
  const [summary] = rowsOf(trId, body, 'output1');
  if (summary !== undefined) names.learn(instrument, new WireRow(trId, summary, chartNameFields).text('hts_kor_isnm'));
}
