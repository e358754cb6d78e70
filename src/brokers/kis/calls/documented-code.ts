import { gatewayCodes, ledgerCodes, type KisCode } from '../codes.ts';

/**
 * What KIS documents about a code, or undefined. The ledger refuses with HTTP 200; the same code on an error page
 * proves nothing.
 */
export function documentedCode(code: string, status: number): KisCode | undefined {
  if (Object.hasOwn(gatewayCodes, code)) return gatewayCodes[code];
  return status === 200 && Object.hasOwn(ledgerCodes, code) ? ledgerCodes[code] : undefined;
}
