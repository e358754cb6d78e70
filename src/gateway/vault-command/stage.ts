import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import type { Journal } from '#journal/journal.ts';
import { scanJournal } from '#journal/scan.ts';
import { homeLayout } from '#link/home-layout.ts';
import { vaultCare, vaultCareFile, type VaultCare } from '#link/vault-care.ts';
import type { VaultRequest, VaultTask } from '#link/vault-request.ts';
import type { LocalVault } from '#vault/local-vault.ts';
import { openVaultWith } from '#vault/open-vault.ts';
import { readRecoverySheet, type RecoverySheet } from '#vault/backup/recovery-sheet.ts';
import type { VaultKey } from '#vault/vault-key.ts';
import { vaultSeen } from '../keys/vault-seen.ts';
import type { Asker } from './asker.ts';

export type Say = (korean: string, english: string) => string;

/** What a task did, for a person and for a machine. */
export interface Outcome {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Everything a task of `snowball vault …` works with. */
export interface Stage<Task extends VaultTask = VaultTask> {
  readonly request: VaultRequest;
  readonly task: Task;
  readonly ask: Asker;
  readonly say: Say;
  /** The vault's file. */
  readonly file: string;
}

/** Where the vault of a home lies. */
export function vaultFileOf(home: string): string {
  return join(homeLayout(home).gateway, 'vault');
}

/** Asks for the passphrase, or the recovery key when the person said so. */
export async function askKey({ request, ask, say }: Stage): Promise<VaultKey> {
  if (request.withRecovery) return { kind: 'recovery', sheet: (await askSheet({ ask, say })).key };
  return { kind: 'passphrase', passphrase: await ask.secret(say('금고 암호문:', 'Passphrase of the vault:')) };
}

/** A recovery sheet as it was typed. @throws {FixConfiguration} vault.sheet · vault.input */
export async function askSheet({ ask, say }: Pick<Stage, 'ask' | 'say'>): Promise<RecoverySheet> {
  return await readRecoverySheet(
    await ask.secret(say('복구 종이의 열쇠(AGE-SECRET-KEY-1…):', 'Key of the recovery sheet (AGE-SECRET-KEY-1…):')),
  );
}

/** Asks for the key and opens the vault for the time of `work`. @throws what `openVaultWith()` throws */
export async function withVault<Answer>(stage: Stage, work: (vault: LocalVault) => Promise<Answer>): Promise<Answer> {
  needVault(stage);
  return await withKey(stage, await askKey(stage), work);
}

/** Opens the vault with a key that was asked for. */
export async function withKey<Answer>(
  { file, request }: Stage,
  key: VaultKey,
  work: (vault: LocalVault) => Promise<Answer>,
): Promise<Answer> {
  const vault = await openVaultWith({
    file,
    key,
    seen: seenVault(request.home),
  });
  try {
    return await work(vault);
  } finally {
    vault.seal();
  }
}

/** Said before anything is asked. @throws {FixConfiguration} vault.not-found */
export function needVault({ file }: Stage): void {
  if (existsSync(file)) return;
  throw new FixConfiguration(
    'vault.not-found',
    `Cannot open the vault: "${file}" is not there, wanted a vault. Make it with "snowball vault create"`,
  );
}

/** The vault that the gateway's journal saw last; null without one. The journal may be in use. */
export function seenVault(home: string): ReturnType<typeof vaultSeen> {
  const file = join(homeLayout(home).gateway, 'journal');
  return existsSync(file) ? vaultSeen({ read: () => recordsOf(file) }) : null;
}

/** Good records up to the first that is not whole: a gateway may be writing it at this moment. */
function* recordsOf(file: string): ReturnType<Journal['read']> & Generator {
  for (const step of scanJournal(file, Number.MAX_SAFE_INTEGER)) {
    if (step.kind === 'broken') return;
    yield step.record;
  }
}

/** What is known of backups and drills; as of now when nothing was noted. */
export function readCare(file: string): VaultCare {
  try {
    return vaultCare.parse(JSON.parse(readFileSync(`${file}${vaultCareFile.slice('vault'.length)}`, 'utf8')));
  } catch {
    // None yet or not readable: the days count from now on.
    return { createdAt: Temporal.Now.instant().toString(), backedUpAt: null, drilledAt: null };
  }
}

/** Notes a backup or a drill. */
export async function noteCare(file: string, change: Partial<VaultCare>): Promise<void> {
  const care = { ...readCare(file), ...change };
  await writeFile(`${file}${vaultCareFile.slice('vault'.length)}`, `${JSON.stringify(care)}\n`, { mode: 0o600 });
}
