import { hash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { canonicalJson } from './canonical-json.ts';
import { emptyHash, type Head } from './record-line.ts';
import { isSigned, type JournalSigner } from './signer.ts';

/** Some 200,000 lines: five centuries of daily heads, or 200 million records. */
const anchorBytesMax = 64 * 1024 * 1024;

/** A head of the journal as somebody outside keeps it. */
export interface AnchoredHead extends Head {
  /** ISO 8601, the machine's clock. */
  readonly at: string;
  readonly publicKey: string;
  /** Hex SHA-256 of the line before it in this anchor; 64 zeros for the first. */
  readonly previous: string;
  readonly signature: string;
}

export interface Anchor {
  /** Durable when it resolves. Lines come one after the other. */
  append(head: Head, signer: JournalSigner): Promise<AnchoredHead>;
  close(): Promise<void>;
}

/** Takes a head out of reach of whoever may change the journal: a message to the person, a printer, another machine. */
export type HeadChannel = (head: AnchoredHead) => Promise<void> | void;

/** What an anchor file says: its good lines, and what is wrong with the first bad one. */
export interface AnchorReading {
  readonly heads: readonly AnchoredHead[];
  readonly fault: { readonly line: number; readonly reason: string } | null;
}

/**
 * The journal's heads in a second file, which belongs on another disk or to another owner (`chattr +a`, a mounted
 * share): whoever rewrites the end of the journal would have to rewrite this as well. Opened for appending only, never
 * shortened; a line that a power cut left unfinished is ended and stays.
 */
export async function openAnchor(file: string, openFile: typeof open = open): Promise<Anchor> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const { heads } = readAnchor(file);
  const isTorn = existsSync(file) && statSync(file).size > 0 && readFileSync(file).at(-1) !== lineEnd;
  const handle = await openFile(file, 'a', 0o600);
  if (isTorn) await write(handle, '\n');
  let previous = heads.at(-1) === undefined ? emptyHash : lineHash(heads.at(-1));
  let turn: Promise<unknown> = Promise.resolve();
  const add = async (head: Head, signer: JournalSigner): Promise<AnchoredHead> => {
    const line = anchored(head, signer, previous);
    await write(handle, `${canonicalJson(line)}\n`);
    previous = lineHash(line);
    return line;
  };
  return {
    async append(head, signer) {
      const mine = turn.then(() => add(head, signer));
      // The next line waits for this one; how this one ended is its own caller's business.
      turn = mine.catch(() => null);
      return mine;
    },
    async close() {
      await turn;
      await handle.close();
    },
  };
}

/**
 * Reads an anchor; an absent file is an empty one. Each line must be signed, and hang on the last good line before it.
 *
 * @throws FixConfiguration `journal.anchor-size` above 64 MiB
 */
export function readAnchor(file: string): AnchorReading {
  if (!existsSync(file)) return { heads: [], fault: null };
  if (statSync(file).size > anchorBytesMax) {
    throw new FixConfiguration(
      'journal.anchor-size',
      `Cannot read the anchor "${file}": above ${anchorBytesMax} bytes`,
    );
  }
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const heads: AnchoredHead[] = [];
  for (const [index, text] of lines.entries()) {
    const head = decode(text);
    // Left by a power cut; that no whole line hides in it, the next line's link proves.
    if (head === null) continue;
    const before = heads.at(-1);
    const reason = faultOf(head, before);
    if (reason !== null) return { heads, fault: { line: index + 1, reason } };
    heads.push(head);
  }
  return { heads, fault: null };
}

const lineEnd = 10;

function faultOf(head: AnchoredHead, before: AnchoredHead | undefined): string | null {
  if (head.previous !== (before === undefined ? emptyHash : lineHash(before))) return 'a line before it was changed';
  if (head.sequence < (before?.sequence ?? 0)) return 'its count is below that of the line before';
  return isSigned(anchorText(head), head.signature, head.publicKey) ? null : 'its signature is false';
}

function anchored(head: Head, signer: JournalSigner, previous: string): AnchoredHead {
  const { sequence, hash } = head;
  const plain = { sequence, hash, at: Temporal.Now.instant().toString(), publicKey: signer.publicKey, previous };
  return { ...plain, signature: signer.sign(anchorText(plain)) };
}

/** What is signed, as UTF-8. */
export function anchorText({ sequence, hash, at, previous }: Omit<AnchoredHead, 'signature' | 'publicKey'>): string {
  return `snowball-anchor 1\n${sequence}\n${hash}\n${at}\n${previous}\n`;
}

function lineHash(head: AnchoredHead | undefined): string {
  return hash('sha256', canonicalJson({ ...head }), 'hex');
}

async function write(handle: FileHandle, text: string): Promise<void> {
  await handle.appendFile(text);
  await handle.datasync();
}

function decode(text: string): AnchoredHead | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not a line; the caller knows what that may mean.
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { sequence, hash, at, publicKey, previous, signature }: Readonly<Record<string, unknown>> = { ...value };
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || typeof hash !== 'string') return null;
  if (typeof at !== 'string' || typeof publicKey !== 'string') return null;
  if (typeof previous !== 'string' || typeof signature !== 'string') return null;
  return { sequence, hash, at, publicKey, previous, signature };
}
