import { checkpointKind, checkpointText, keyKind } from './checkpoint.ts';
import type { JournalRecord } from './record.ts';
import { isSigned } from './signer.ts';

/** What the checkpoints up to some record prove. */
export interface Signed {
  /** Keys in the order they came; more than one means that the key was changed, which a person must know of. */
  readonly keys: readonly { readonly sequence: number; readonly publicKey: string }[];
  readonly checkpoints: number;
  /** Newest record under a signature; 0 for none, and then everything rests on the chain alone. */
  readonly signedUpTo: number;
  /** Records between two checkpoints at most; 0 before there is a key. */
  readonly every: number;
}

export const unsigned: Signed = { keys: [], checkpoints: 0, signedUpTo: 0, every: 0 };

/**
 * One record further.
 *
 * @param trusted the only public key that may have signed; null to take the journal's own word
 * @returns a sentence when a signature is false, foreign or overdue
 */
export function checkSignatures(signed: Signed, record: JournalRecord, trusted: string | null): Signed | string {
  if (record.kind === keyKind) return withKey(signed, record, trusted);
  if (record.kind === checkpointKind) return withCheckpoint(signed, record);
  const since = Math.max(signed.signedUpTo, signed.keys.at(-1)?.sequence ?? 0);
  // The checkpoint itself stands between two stretches.
  if (signed.every > 0 && record.sequence - since > signed.every + 1) {
    return `${signed.every} records before it have no checkpoint, wanted one`;
  }
  return signed;
}

function withKey(signed: Signed, record: JournalRecord, trusted: string | null): Signed | string {
  const { publicKey, every } = bodyOf(record);
  if (typeof publicKey !== 'string' || typeof every !== 'number' || !(every >= 1)) return 'its key has the wrong shape';
  if (trusted !== null && publicKey !== trusted) return 'its key is not the one that was asked for';
  return { ...signed, every, keys: [...signed.keys, { sequence: record.sequence, publicKey }] };
}

function withCheckpoint(signed: Signed, record: JournalRecord): Signed | string {
  const { sequence, hash, signature } = bodyOf(record);
  const key = signed.keys.at(-1);
  if (key === undefined) return 'it is a checkpoint, and no key was named before it';
  if (sequence !== record.sequence - 1 || hash !== record.previousHash)
    return 'its checkpoint is not of the record before';
  const text = checkpointText({ sequence, hash: record.previousHash }, record.recordedAt);
  if (typeof signature !== 'string' || !isSigned(text, signature, key.publicKey)) return 'its signature is false';
  return { ...signed, signedUpTo: sequence, checkpoints: signed.checkpoints + 1 };
}

function bodyOf(record: JournalRecord): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(record.body);
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    // A body that is no JSON says nothing, and is then refused for what it lacks.
    return {};
  }
}
