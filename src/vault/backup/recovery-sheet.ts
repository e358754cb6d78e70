import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { FixConfiguration } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { normaliseSheet } from '../vault-key.ts';

/** 256 random bits on paper, and the public name under which backups are encrypted to them. */
export interface RecoverySheet {
  /** `AGE-SECRET-KEY-1…`: an age identity. Its last six characters check the others (Bech32). */
  readonly key: Secret;
  /** `age1…`; no secret. */
  readonly recipient: string;
}

/** A new sheet. The public `age` tool reads its key as it stands. */
export async function newRecoverySheet(): Promise<RecoverySheet> {
  const identity = await generateX25519Identity();
  return { key: new Secret(identity), recipient: await identityToRecipient(identity) };
}

/**
 * Reads what a person typed from a sheet: spaces and case do not matter.
 *
 * @throws {FixConfiguration} vault.sheet when a character is missing, of another alphabet, or does not fit the check characters
 */
export async function readRecoverySheet(typed: Secret): Promise<RecoverySheet> {
  const identity = normaliseSheet(typed.reveal());
  try {
    return { key: new Secret(identity), recipient: await identityToRecipient(identity) };
  } catch {
    // The cause would quote what was typed.
    throw new FixConfiguration(
      'vault.sheet',
      `Cannot read the recovery key: ${identity.length} characters whose check does not fit, wanted 74 that begin with AGE-SECRET-KEY-1. Compare it with the sheet, group by group`,
    );
  }
}

const groupLength = 4;
const groupsInRow = 5;

/** The key in groups of four, five groups a row, for a page that is read and typed by a person. */
export function sheetRows({ key }: RecoverySheet): readonly string[] {
  const [prefix = '', rest = ''] = key.reveal().split(/(?<=^AGE-SECRET-KEY-1)/);
  const groups = rest.match(new RegExp(`.{1,${groupLength}}`, 'g')) ?? [];
  const rows: string[] = [prefix];
  for (let at = 0; at < groups.length; at += groupsInRow) rows.push(groups.slice(at, at + groupsInRow).join(' '));
  return rows;
}
