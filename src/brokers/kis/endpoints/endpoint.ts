/** Which lane of the rate budget a call takes; `sign-in` calls have their own, much slower limits. */
export type KisRateClass = 'cancel' | 'order' | 'query' | 'sign-in';

/** One REST operation of KIS. Quotes carry the same TR id in both environments; sign-in calls carry none. */
export interface KisEndpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** TR id on the real host; empty for calls that carry none. */
  readonly real: string;
  /** TR id on the paper host; null when the operation does not exist there. */
  readonly paper: string | null;
  /** TR ids of before 2025-03 that servers still take; we never send them. */
  readonly legacyReal?: string;
  readonly legacyPaper?: string;
  readonly rateClass: KisRateClass;
  /** Least milliseconds of real time between two of our calls, beside the budget all endpoints share; 0 if not said. */
  readonly spacingMs?: number;
}

/** A quote: one TR id for both hosts, or `real-only`. */
export function quote(path: string, trId: string, where: 'both' | 'real-only' = 'both'): KisEndpoint {
  return { method: 'GET', path, real: trId, paper: where === 'both' ? trId : null, rateClass: 'query' };
}

/** An inquiry of one account; `paper` null when the paper host does not offer it. */
export function inquiry(path: string, real: string, paper: string | null): KisEndpoint {
  return { method: 'GET', path, real, paper, rateClass: 'query' };
}

/** A call that changes something at the broker, and is therefore sent at most once. */
export function change(
  path: string,
  real: string,
  paper: string | null,
  rateClass: 'order' | 'cancel' = 'order',
): KisEndpoint {
  return { method: 'POST', path, real, paper, rateClass };
}
