import type { Head } from './record-line.ts';
import type { JournalEntry } from './record.ts';
import type { JournalSigner } from './signer.ts';

/** Names the key that signs from here on, and how often. */
export const keyKind = 'journal.key';
/** Signs the record before it, and through the chain everything up to it. */
export const checkpointKind = 'journal.checkpoint';
/** Records that may stand between two checkpoints. */
export const checkpointEvery = 1_000;

export type CheckpointReason = 'start' | 'count' | 'day' | 'close';

/** Records that the journal writes about itself; who folds the rest never sees them. */
export function isJournalsOwn(kind: string): boolean {
  return kind === keyKind || kind === checkpointKind;
}

export function keyEntry(signer: JournalSigner, every: number): JournalEntry {
  return { kind: keyKind, body: { publicKey: signer.publicKey, every } };
}

/** The entry that must follow `head` at once. */
export function checkpointEntry(
  signer: JournalSigner,
  head: Head,
  at: { readonly recordedAt: string; readonly why: CheckpointReason },
): JournalEntry {
  const { sequence, hash } = head;
  const signature = signer.sign(checkpointText(head, at.recordedAt));
  return { kind: checkpointKind, body: { sequence, hash, why: at.why, signature } };
}

/** What is signed, as UTF-8. The time is that of the checkpoint's own record. */
export function checkpointText({ sequence, hash }: Head, recordedAt: string): string {
  return `snowball-checkpoint 1\n${sequence}\n${hash}\n${recordedAt}\n`;
}
