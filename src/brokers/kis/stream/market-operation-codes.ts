/** What an exchange's announcement is about, in our words. */
export type OperationKind =
  | 'opening-auction'
  | 'open'
  | 'closing-auction'
  | 'close'
  | 'pre-hours'
  | 'pre-hours-end'
  | 'after-hours-close'
  | 'after-hours-close-execution'
  | 'after-hours-close-end'
  | 'after-hours-single-price'
  | 'after-hours-single-price-execution'
  | 'after-hours-single-price-end'
  | 'temporary-halt'
  | 'circuit-breaker-on'
  | 'circuit-breaker-off'
  | 'circuit-breaker-closing-auction'
  | 'sidecar-sell-on'
  | 'sidecar-sell-off'
  | 'sidecar-buy-on'
  | 'sidecar-buy-off'
  | 'open-soon'
  | 'close-soon'
  | 'none'
  /** A code that the table does not have: visible, and no phase may be concluded from it. */
  | 'unknown';

/**
 * `MKOP_CLS_CODE`. 174/175 and 184/185 both tell of a circuit breaker; the second pair frames its pause.
 *
 * @see spec §7.7, values of the portal
 */
export const operationCodes: Readonly<Record<string, OperationKind>> = {
  '': 'none',
  '110': 'opening-auction',
  '112': 'open',
  '121': 'closing-auction',
  '129': 'close',
  '130': 'pre-hours',
  '139': 'pre-hours-end',
  '140': 'after-hours-close',
  '146': 'after-hours-close-execution',
  '149': 'after-hours-close-end',
  '150': 'after-hours-single-price',
  '156': 'after-hours-single-price-execution',
  '159': 'after-hours-single-price-end',
  '164': 'temporary-halt',
  '174': 'circuit-breaker-on',
  '175': 'circuit-breaker-off',
  '182': 'circuit-breaker-closing-auction',
  '184': 'circuit-breaker-on',
  '185': 'circuit-breaker-off',
  '387': 'sidecar-sell-on',
  '388': 'sidecar-sell-off',
  '397': 'sidecar-buy-on',
  '398': 'sidecar-buy-off',
};

/** `ANTC_MKOP_CLS_CODE` where it has a code of its own: expected trades begin before the open. */
export const expectedCodes: Readonly<Record<string, OperationKind>> = { '311': 'opening-auction' };

/** Minutes and seconds before the open (0) and the close (1) are counted down with F, on another board with P. */
export const countdownCode = /^[FP]([01])[16789]$/;
