import { alertCode, type AlertClass } from '#link/alert-codes.ts';

/** What a person is told. */
export interface Alert {
  /** Short enough to be typed; the same alert has the same id over restarts. */
  readonly id: string;
  /** A row of `link/alert-codes.ts`. */
  readonly code: string;
  /** ISO 8601, market time. */
  readonly at: string;
  /** The head of the journal, for that code alone. */
  readonly line: string | null;
}

/** How one attempt ended. `detail` is a status or a short code: never an address, a token or an answer's body. */
export type Attempt =
  | { readonly kind: 'delivered'; readonly detail: string }
  /** Worth trying again, not before `afterMs` where the other side said so. */
  | { readonly kind: 'again'; readonly detail: string; readonly afterMs: number }
  /** Trying the same again changes nothing: a wrong address or token, or a redirect, which is not followed. */
  | { readonly kind: 'refused'; readonly detail: string };

/** One way to the person. */
export interface Channel {
  readonly name: string;
  readonly kind: string;
  /** The least class that goes this way; critical ones go every way. */
  readonly from: AlertClass;
  /** Resolves within some four seconds; never rejects. */
  send(alert: Alert, text: string): Promise<Attempt>;
  close(): Promise<void>;
}

const ranks: Readonly<Record<AlertClass, number>> = { notice: 0, warning: 1, critical: 2 };

/** How urgent an alert is: 0 notice, 1 warning, 2 critical. */
export function rankOf(code: string): number {
  return ranks[alertCode(code).class];
}

/** Whether an alert of this code goes through the channel. A test goes everywhere: that is what it is for. */
export function isFor(channel: Pick<Channel, 'from'>, code: string): boolean {
  return code === 'test' || rankOf(code) >= ranks[channel.from];
}
