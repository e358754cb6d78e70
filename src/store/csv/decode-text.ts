import { decodeCp949 } from '#text/cp949.ts';

export type TextEncoding = 'UTF-8' | 'CP949';

/** A file's text and how it was written, or why it cannot be read as text. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: TextEncoding }
  | { readonly kind: 'unreadable'; readonly found: string };

/**
 * Reads Korean text files: strict UTF-8 first (a byte order mark is dropped), then CP949, which Excel on a Korean Windows
 * writes. Every byte string of Korean CP949 breaks the rules of UTF-8, so the order decides safely.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (isUtf16(bytes)) return { kind: 'unreadable', found: 'UTF-16 text' };
  if (bytes.includes(0)) return { kind: 'unreadable', found: 'a binary file' };
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== null) return { kind: 'text', text: utf8, encoding: 'UTF-8' };
  const cp949 = decodeCp949(bytes);
  if (cp949 !== null) return { kind: 'text', text: cp949, encoding: 'CP949' };
  return { kind: 'unreadable', found: 'bytes that are neither UTF-8 nor CP949' };
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A fatal decoder answers by throwing; null is that answer.
    return null;
  }
}
