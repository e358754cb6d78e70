import type { HttpResult } from '#wire/http-client.ts';
import { parseStrictJson } from '#wire/strict-json.ts';

import { unreadable } from './wire-row.ts';

/** What every answer says, whether of the ledger, the gateway in front of it, or the sign-in service. */
export type Envelope =
  | { readonly kind: 'success'; readonly code: string; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failure'; readonly code: string; readonly message: string; readonly status: number }
  | { readonly kind: 'unreadable'; readonly cause: string };

type Answer = Extract<HttpResult, { kind: 'answer' }>;

/**
 * Success is `rt_cd` "0" with HTTP 200 and nothing else. A failure is believed only when it carries a code: `msg_cd`
 * beside another `rt_cd`, or `error_code` of the sign-in service.
 */
export function readEnvelope(answer: Answer): Envelope {
  const json = parseStrictJson(answer.body);
  if (json.kind === 'unreadable') return { kind: 'unreadable', cause: `${json.cause}, HTTP ${answer.status}` };
  if (!isRecord(json.value)) return { kind: 'unreadable', cause: `no object, HTTP ${answer.status}` };
  const body = json.value;
  const code = body['msg_cd'] ?? body['error_code'];
  const message = body['msg1'] ?? body['error_description'];
  const isSuccess = body['rt_cd'] === '0';
  if (typeof code !== 'string' || code === '') return { kind: 'unreadable', cause: `no code, HTTP ${answer.status}` };
  if (isSuccess && answer.status === 200) return { kind: 'success', code, body };
  if (isSuccess) return { kind: 'unreadable', cause: `success with HTTP ${answer.status}` };
  if (typeof body['rt_cd'] !== 'string' && typeof body['error_code'] !== 'string') {
    return { kind: 'unreadable', cause: `no result code, HTTP ${answer.status}` };
  }
  return { kind: 'failure', code, message: typeof message === 'string' ? message.trim() : '', status: answer.status };
}

/** The one row of a block. KIS sends single rows as an object or as an array of one. */
export function blockOf(trId: string, body: Readonly<Record<string, unknown>>, name: string): unknown {
  const block = body[name];
  const [only] = Array.isArray(block) ? block : [block];
  if (!isRecord(only)) throw unreadable(trId, name, 'missing');
  return only;
}

/** All rows of a block, empty objects left out; a block that is absent is an error and never an empty list. */
export function rowsOf(trId: string, body: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const block = body[name];
  const rows: readonly unknown[] | null = Array.isArray(block) ? block : isRecord(block) ? [block] : null;
  if (rows === null) throw unreadable(trId, name, 'missing');
  return rows.filter((row) => !isRecord(row) || Object.keys(row).length > 0);
}

/** A JSON object, and not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
