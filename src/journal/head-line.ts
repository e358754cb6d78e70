import { hash } from 'node:crypto';
import { FixConfiguration } from '#domain/errors.ts';
import { anchorText, type AnchoredHead } from './anchor-file.ts';
import type { Head } from './record-line.ts';
import { isSigned } from './signer.ts';

/** A head as it stands in a message: the key by its fingerprint alone, because the journal has the key. */
export interface HeadLine extends Head {
  readonly at: string;
  readonly previous: string;
  readonly fingerprint: string;
  readonly signature: string;
}

const linePattern =
  /snowball-head 1 (?<sequence>\d{1,16}) (?<hash>[0-9a-f]{64}) (?<at>\d{4}-\d\d-\d\dT[\d:.]{8,18}Z) (?<previous>[0-9a-f]{64}) (?<fingerprint>[0-9a-f]{16}) (?<signature>[0-9a-f]{128})(?![0-9a-f])/;

/** One line that proves what the journal held: number, hash, time, link, fingerprint of the key, signature. */
export function headLine({ sequence, hash: head, at, previous, publicKey, signature }: AnchoredHead): string {
  return `snowball-head 1 ${sequence} ${head} ${at} ${previous} ${fingerprintOf(publicKey)} ${signature}`;
}

/**
 * Reads the line from whatever a person copied it with: the rest of the message, and spaces or line breaks that the
 * messenger put between its words.
 *
 * @throws FixConfiguration `journal.head-line`
 */
export function readHeadLine(text: string): HeadLine {
  const found = linePattern.exec(text.replace(/\s+/g, ' '))?.groups;
  if (found === undefined) {
    throw new FixConfiguration(
      'journal.head-line',
      'Cannot read the head of the journal: it is cut short or changed, wanted the line from "snowball-head 1" to its end',
    );
  }
  const { sequence = '', hash: head = '', at = '', previous = '', fingerprint = '', signature = '' } = found;
  return { sequence: Number(sequence), hash: head, at, previous, fingerprint, signature };
}

/** Whether one of the keys of the journal made the line. */
export function isHeadSigned(line: HeadLine, publicKeys: readonly string[]): boolean {
  return publicKeys.some(
    (key) => fingerprintOf(key) === line.fingerprint && isSigned(anchorText(line), line.signature, key),
  );
}

/** 16 hex digits of the SHA-256 of the 64 hex digits of a key. */
function fingerprintOf(publicKey: string): string {
  return hash('sha256', publicKey, 'hex').slice(0, 16);
}
