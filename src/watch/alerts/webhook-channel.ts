import type { AlertClass } from '#link/alert-codes.ts';
import type { Resolve } from '#wire/checked-lookup.ts';
import { createHttpClient, type HttpResult } from '#wire/http-client.ts';
import type { Attempt, Channel } from './alert.ts';
import type { WebhookAddress } from './webhook-address.ts';
import { webhookBody, type WebhookKind } from './webhook-body.ts';

export interface WebhookChannelOptions {
  readonly name: string;
  readonly kind: WebhookKind;
  readonly from: AlertClass;
  readonly address: WebhookAddress;
  /** How names become addresses; the system's way if not said. */
  readonly resolve?: Resolve;
  /** From the call to the end of the answer; 4,000 ms if not said. */
  readonly totalTimeoutMs?: number;
}

/** A critical alert is to arrive within five seconds: a first try that hangs must leave room for being noticed. */
const connectTimeoutMs = 3_000;
const totalTimeoutMs = 4_000;
/** Longest wait that a `Retry-After` is granted; whoever asks for more is asked again all the same. */
const retryAfterMaxMs = 60_000;
const answerBytesMax = 64 * 1024;

/** HTTPS to one host and no other: its origin is the whole list of what the client may reach, and no redirect is followed. */
export function webhookChannel(options: WebhookChannelOptions): Channel {
  const { name, kind, from, address } = options;
  const http = createHttpClient({
    allowedOrigins: [address.origin],
    connectTimeoutMs,
    totalTimeoutMs: options.totalTimeoutMs ?? totalTimeoutMs,
    bodyBytesMax: answerBytesMax,
    connectionsMax: 4,
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
  });
  return {
    name,
    kind,
    from,
    async send(alert, text) {
      const { contentType, headers, body } = webhookBody(kind, alert, text, address.chat?.reveal() ?? null);
      const token = address.token === null ? {} : { authorization: `Bearer ${address.token.reveal()}` };
      const result = await http.send({
        method: 'POST',
        url: new URL(address.url.reveal()),
        headers: { 'content-type': contentType, 'user-agent': 'snowball', ...headers, ...token },
        body,
      });
      return attemptOf(result);
    },
    close: () => http.close(),
  };
}

/** The body is not looked at: what the other side writes must have no way into our records. */
function attemptOf(result: HttpResult): Attempt {
  if (result.kind !== 'answer') return { kind: 'again', detail: result.cause.slice(0, 60), afterMs: 0 };
  const detail = `HTTP ${result.status}`;
  if (result.status >= 200 && result.status < 300) return { kind: 'delivered', detail };
  const isWorthIt = result.status >= 500 || result.status === 429 || result.status === 408;
  if (!isWorthIt) return { kind: 'refused', detail };
  return { kind: 'again', detail, afterMs: retryAfterMs(result.headers['retry-after']) };
}

/** Seconds, as every one of these services says it; a date or nonsense counts as nothing said. */
function retryAfterMs(header: string | undefined): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(retryAfterMaxMs, seconds * 1_000) : 0;
}
