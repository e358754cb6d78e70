import { createDecipheriv } from 'node:crypto';

/** One text message of the websocket, taken apart but not believed yet. */
export type StreamFrame =
  | {
      readonly kind: 'data';
      readonly trId: string;
      readonly isEncrypted: boolean;
      /** Records the frame says it holds, 1 to 999. */
      readonly count: number;
      readonly payload: string;
    }
  | { readonly kind: 'control'; readonly text: string }
  | { readonly kind: 'garbage' };

const dataHead = /^([01])\|([A-Z0-9]{1,16})\|(\d{3})\|/;

/** What stands before the payload of a data frame. */
export interface FrameHead {
  readonly trId: string;
  readonly isEncrypted: boolean;
  /** 1 to 999. */
  readonly count: number;
  /** Position of the payload's first byte. */
  readonly payloadAt: number;
}

/** Longer than any head: flag, sixteen characters, three digits and three bars. */
const headMaxBytes = 24;

/** The head of a data frame as bytes; null for anything else. It says the same as `parseFrame`. */
export function readHead(frame: Buffer): FrameHead | null {
  const head = dataHead.exec(frame.toString('latin1', 0, headMaxBytes));
  const count = Number(head?.[3]);
  if (head === null || count === 0) return null;
  return { isEncrypted: head[1] === '1', trId: head[2] ?? '', count, payloadAt: head[0].length };
}

/** `0|H0STCNT0|002|…` is data, anything that starts with a brace is a control message. */
export function parseFrame(text: string): StreamFrame {
  if (text.startsWith('{')) return { kind: 'control', text };
  const head = dataHead.exec(text);
  const count = Number(head?.[3]);
  if (head === null || count === 0) return { kind: 'garbage' };
  return {
    kind: 'data',
    isEncrypted: head[1] === '1',
    trId: head[2] ?? '',
    count,
    payload: text.slice(head[0].length),
  };
}

/**
 * The records of a payload. How many fields a record has is taken from the frame itself, because KIS appends fields
 * without notice: more than we know are fine, fewer than `fieldsMin` or a remainder mean that the layout has drifted.
 *
 * @returns null when the layout has drifted; no value may be read then
 */
export function splitRecords(payload: string, count: number, fieldsMin: number): readonly (readonly string[])[] | null {
  const fields = payload.split('^');
  const perRecord = fields.length / count;
  if (!Number.isInteger(perRecord) || perRecord < fieldsMin) return null;
  return Array.from({ length: count }, (_, index) => fields.slice(index * perRecord, (index + 1) * perRecord));
}

/** What an acknowledgement of a notice feed hands out: 32 and 16 characters, used as raw bytes. */
export interface NoticeKey {
  readonly key: string;
  readonly iv: string;
}

/** AES-256-CBC over base64. @returns null when it cannot be decrypted into text */
export function decryptNotice(payload: string, { key, iv }: NoticeKey): string | null {
  try {
    const decipher = createDecipheriv('aes-256-cbc', Buffer.from(key, 'latin1'), Buffer.from(iv, 'latin1'));
    const bytes = Buffer.concat([decipher.update(payload, 'base64'), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A wrong key, a cut payload or bytes that are no text: the caller reports a notice that could not be read.
    return null;
  }
}
