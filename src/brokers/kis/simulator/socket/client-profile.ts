import type { WireProfile } from './wire-profile.ts';

/** What a websocket client lets be known of itself before its first registration. */
export interface ClientTraits {
  /** `User-Agent` of the request for its latest approval key; empty when it sent none. */
  readonly approvalAgent: string;
  /** `User-Agent` of the websocket's opening; empty when it sent none. */
  readonly openingAgent: string;
  /** Whether its first frame carries `personalseckey`, which only programs of the first generation send. */
  readonly hasPersonalKey: boolean;
}

/**
 * The edition that a client was written for, so that programs which reject or misread a field more or less all run side
 * by side with no option (spec §7.6): pykis knows 23 fields of a notice and mojito names 23, the vendor's samples need
 * 26, and none of the three can read the 47 fields of a trade. A client that shows none of these signs gets what the
 * broker sends today.
 */
export function profileOfClient(client: ClientTraits): WireProfile {
  if (isPyKis(client.approvalAgent) || client.hasPersonalKey) return 'legacy';
  const isPython = [client.approvalAgent, client.openingAgent].some((agent) => clientFamily(agent) === 'python');
  return isPython ? '2025' : '2026-09';
}

/** Programs that can be told apart by their `User-Agent`: the minute between two tokens runs for each on its own. */
export function clientFamily(userAgent: string): 'pykis' | 'python' | 'other' {
  if (isPyKis(userAgent)) return 'pykis';
  return /^python[/-]/i.test(userAgent) ? 'python' : 'other';
}

/** Whether a `User-Agent` is that of pykis, on REST too. */
export function isPyKis(userAgent: string): boolean {
  return userAgent.startsWith('PyKis/');
}
