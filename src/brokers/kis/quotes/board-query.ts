import { symbolOf, type InstrumentId } from '#domain/instrument.ts';

import { boardCodes, type Board } from './quote-codes.ts';

/** The two fields with which nearly every quote begins. */
export function boardQuery(instrument: InstrumentId, board: Board): Record<string, string> {
  return { FID_COND_MRKT_DIV_CODE: boardCodes[board], FID_INPUT_ISCD: symbolOf(instrument) };
}
