import type { MarketOperation } from '../venue/floor/market-operation.ts';
import { isInterrupted, type QuoteDesk } from './quote-desk.ts';

/** `MKOP_CLS_CODE` when a phase begins and when nothing follows it, and `ANTC_MKOP_CLS_CODE` when it begins. */
interface PhaseCodes {
  readonly begins: string;
  readonly ends: string;
  readonly expected: string;
}

/**
 * What the exchange announces about the phases of a day. The specification has no code for the after-market of
 * 2026-09-14 and for the pre-market of NXT: they take those of the after-hours and pre-hours sessions (inferred).
 *
 * @see spec §7.7
 */
const phaseCodes: Readonly<Record<string, PhaseCodes>> = {
  'pre-hours-close': { begins: '130', ends: '139', expected: '' },
  'pre-market': { begins: '130', ends: '139', expected: '' },
  'opening-auction': { begins: '110', ends: '112', expected: '311' },
  continuous: { begins: '112', ends: '129', expected: '112' },
  'closing-auction': { begins: '121', ends: '129', expected: '121' },
  'after-hours-close': { begins: '140', ends: '149', expected: '' },
  'after-hours-single': { begins: '150', ends: '159', expected: '' },
  'after-market': { begins: '150', ends: '159', expected: '' },
};

/** `EXCH_CLS_CODE`. */
const boardCodes = { KRX: '1', NXT: '2' } as const;

/**
 * One record of H0STMKO0, H0NXMKO0 or H0UNMKO0 for `desk`, 11 fields; null when the operation has no code. A reason
 * that is not given stands as the letters `(null)`, as live frames have it.
 *
 * @param phaseBefore the phase that ended: nothing but it tells what a close is the close of
 */
export function encodeOperationRecord(
  desk: QuoteDesk,
  operation: MarketOperation,
  phaseBefore: string | null,
): readonly string[] | null {
  const codes = codesOf(operation, phaseBefore);
  if (codes === null) return null;
  const isVi = operation.kind === 'interruption' ? operation.interruption.endedAt === null : isInterrupted(desk);
  return [
    desk.instrument.symbol,
    desk.isHalted ? 'Y' : 'N',
    '(null)',
    codes.operation,
    codes.expected,
    '',
    '',
    '55',
    isVi ? 'Y' : 'N',
    'N',
    boardCodes[operation.board],
  ];
}

interface Announced {
  readonly operation: string;
  readonly expected: string;
}

/** An interruption halts and releases under the codes of a temporary halt and of the open. */
function codesOf(operation: MarketOperation, phaseBefore: string | null): Announced | null {
  if (operation.kind === 'interruption') {
    const hasEnded = operation.interruption.endedAt !== null;
    return hasEnded ? { operation: '112', expected: '112' } : { operation: '164', expected: '311' };
  }
  if (operation.phase === 'closed') {
    const ended = phaseCodes[phaseBefore ?? ''];
    return ended === undefined ? null : { operation: ended.ends, expected: '129' };
  }
  const begun = phaseCodes[operation.phase];
  return begun === undefined ? null : { operation: begun.begins, expected: begun.expected };
}
