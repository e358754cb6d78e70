import { existsSync } from 'node:fs';
import { readAnchor } from '#journal/anchor-file.ts';
import { verifyJournal } from '#journal/verify-journal.ts';

/** No head of the journal may be older outside (threat-model N11). */
export const anchorAgeMaxMs = 26 * 3_600_000;

/** `absent`: there is no journal yet. */
export type AuditFinding =
  | { readonly kind: 'fine' | 'absent' }
  | { readonly kind: 'broken'; readonly detail: string }
  | { readonly kind: 'anchor-late'; readonly detail: string };

export interface AuditFiles {
  readonly journal: string;
  readonly anchor: string;
}

/**
 * Rule N11: every record, signature and acknowledged end of the journal, against the heads outside it, and how old the
 * newest of those is. Reads the whole journal: some four seconds for a million records.
 *
 * @param nowMs epoch milliseconds of the machine
 */
export function checkAudit({ journal, anchor }: AuditFiles, nowMs: number): AuditFinding {
  if (!existsSync(journal)) return { kind: 'absent' };
  const hasAnchor = existsSync(anchor);
  const verified = verifyJournal(journal, hasAnchor ? { anchorFile: anchor } : {});
  if (verified.kind === 'broken') return { kind: 'broken', detail: `record ${verified.sequence}: ${verified.reason}` };
  const last = hasAnchor ? readAnchor(anchor).heads.at(-1) : undefined;
  if (last === undefined) return { kind: 'anchor-late', detail: 'no head has gone outside' };
  const ageMs = nowMs - Temporal.Instant.from(last.at).epochMilliseconds;
  if (ageMs <= anchorAgeMaxMs) return { kind: 'fine' };
  return { kind: 'anchor-late', detail: `the last head outside is ${Math.floor(ageMs / 3_600_000)} hours old` };
}
