import { parseStrictJson } from '#wire/strict-json.ts';

import type { NoticeKey } from './stream-frame.ts';

/** The server's answer to a registration, or its heartbeat (which has no code). */
export interface SocketAnswer {
  readonly trId: string;
  readonly trKey: string;
  readonly code: string;
  /** In every acknowledgement; null when it is not of the form AES-256 needs. */
  readonly noticeKey: NoticeKey | null;
}

/** @returns null for anything that is not an object with a header */
export function readSocketAnswer(text: string): SocketAnswer | null {
  const json = parseStrictJson(text);
  if (json.kind === 'unreadable') return null;
  const header = property(json.value, 'header');
  const trId = property(header, 'tr_id');
  if (typeof trId !== 'string') return null;
  const body = property(json.value, 'body');
  const output = property(body, 'output');
  return {
    trId,
    trKey: textOf(property(header, 'tr_key')),
    code: textOf(property(body, 'msg_cd')),
    noticeKey: noticeKeyOf(property(output, 'key'), property(output, 'iv')),
  };
}

function noticeKeyOf(key: unknown, iv: unknown): NoticeKey | null {
  if (typeof key !== 'string' || typeof iv !== 'string') return null;
  return key.length === 32 && iv.length === 16 ? { key, iv } : null;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
