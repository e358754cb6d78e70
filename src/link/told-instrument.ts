import type { Instrument } from '#domain/instrument.ts';
import type { InstrumentView } from './views.ts';

/** What is told of an instrument over the link, field by field: where it was listed before matters to back-tests alone. */
export function toldInstrument({ symbol, name, market, kind, leverage }: Instrument): InstrumentView {
  return { symbol, name, market, kind, leverage };
}
