import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { timingSafeEqual } from 'node:crypto';
import { FixConfiguration } from '#domain/errors.ts';
import type { LocalVault } from '../local-vault.ts';
import { openVaultBytes, readBytes } from '../open-vault.ts';
import { generationPath, saveFile } from '../save-file.ts';
import type { RandomKey } from '../vault-key.ts';
import { readVaultFile } from '../read-vault-file.ts';
import { readWitness, witnessPath } from '../witness.ts';
import { decryptWith, encryptTo } from './age-file.ts';
import type { RecoverySheet } from './recovery-sheet.ts';

/**
 * Writes the vault file, as it stands, into an age file for the vault's recovery sheet. The plain content of the backup is
 * the vault file byte for byte, so the public tools are enough (INV-23).
 *
 * @param vault open, which proves that the file is whole and the recipient is its own
 * @returns bytes written
 * @throws {FixConfiguration} vault.no-recovery · vault.save
 */
export async function writeBackup(vault: LocalVault, file: string, target: string): Promise<number> {
  const age = await toRecipient(vault, await readBytes(file));
  try {
    await saveFile(target, age);
  } catch (cause) {
    throw new FixConfiguration('vault.save', `Cannot write the backup "${target}": the disk refused it`, { cause });
  }
  return age.length;
}

async function toRecipient(vault: LocalVault, plain: Buffer): Promise<Buffer> {
  const recipient = vault.slots().find(({ kind }) => kind === 'recovery')?.recipient;
  if (recipient) return await encryptTo(recipient, plain);
  throw new FixConfiguration(
    'vault.no-recovery',
    'Cannot back the vault up: it has no recovery sheet, wanted one. Make it with "snowball vault recovery"',
  );
}

/** Opens a backup in memory. Its path is where a save would go. @throws {FixConfiguration} vault.backup · as `openVault()` */
export async function openBackup(source: string, path: string, sheet: RecoverySheet): Promise<LocalVault> {
  return await openVaultBytes(path, await decryptWith(sheet, await readBytes(source)), keyOf(sheet));
}

function keyOf(sheet: RecoverySheet): RandomKey {
  return { kind: 'recovery', sheet: sheet.key };
}

/**
 * Puts a backup in the place of the vault. Its generation becomes later than any that was seen, so that it is not taken
 * for a rollback; a vault that lay there stays beside it as `<file>.before-restore`.
 *
 * @param seen the last generation that the journal knows; 0 when there is no journal
 * @throws {FixConfiguration} vault.backup · vault.save
 */
export async function restoreBackup(
  source: string,
  file: string,
  sheet: RecoverySheet,
  seen: number,
): Promise<LocalVault> {
  const draft = `${file}.restored`;
  const plain = await decryptWith(sheet, await readBytes(source));
  const vault = await openVaultBytes(draft, plain, keyOf(sheet));
  const own = vault.generation;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const latest = Math.max(seen, await generationOf(file), await witnessed(file));
  await saveFile(draft, plain);
  await vault.saveAs(latest + 1);
  vault.seal();
  // The old vault first: between the two renames there is none, and both lie beside the place.
  await moved(file, `${file}.before-restore`);
  await rename(draft, file);
  await rename(witnessPath(draft), witnessPath(file));
  // What the draft kept of its own past is the backup itself.
  await rm(generationPath(draft, own), { force: true });
  return await openVaultBytes(file, await readBytes(file), keyOf(sheet));
}

/** 0 when nothing readable lies there: whatever it is, it is moved aside and kept. */
async function generationOf(file: string): Promise<number> {
  try {
    return readVaultFile(await readFile(file)).file.generation;
  } catch {
    return 0;
  }
}

/** 0 when there is no readable witness; the journal and the file speak too. */
async function witnessed(file: string): Promise<number> {
  try {
    return (await readWitness(file))?.generation ?? 0;
  } catch {
    return 0;
  }
}

async function moved(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

export interface DrillResult {
  readonly secrets: number;
  /** The generations of the backup and of the vault; the backup is older by their difference. */
  readonly backupGeneration: number;
  readonly vaultGeneration: number;
  /** Names whose values differ or that one of the two lacks; empty when the backup is as good as the vault. */
  readonly different: readonly string[];
}

/**
 * The restore drill: the backup is restored into a temporary folder and every value compared with the vault's.
 *
 * @throws {FixConfiguration} as `restoreBackup()`
 */
export async function drillBackup(vault: LocalVault, source: string, sheet: RecoverySheet): Promise<DrillResult> {
  const folder = await mkdtemp(join(tmpdir(), 'snowball-drill-'));
  try {
    const before = await openBackup(source, join(folder, 'backup'), sheet);
    const backupGeneration = before.generation;
    before.seal();
    const restored = await restoreBackup(source, join(folder, 'vault'), sheet, 0);
    const different = differences(vault, restored);
    const secrets = restored.versions().length;
    restored.seal();
    return { secrets, backupGeneration, vaultGeneration: vault.generation, different };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function differences(ours: LocalVault, theirs: LocalVault): readonly string[] {
  const idOf = ({ name, label }: { readonly name: string; readonly label: string }): string => `${name} ${label}`;
  const all = new Map([...ours.versions(), ...theirs.versions()].map((meta) => [idOf(meta), meta]));
  const inBoth = new Set(ours.versions().map(idOf)).intersection(new Set(theirs.versions().map(idOf)));
  return [...all]
    .filter(([key, { name, label }]) => !inBoth.has(key) || !isSame(ours.get(name, label), theirs.get(name, label)))
    .map(([key]) => key)
    .toSorted();
}

function isSame(a: { reveal(): string }, b: { reveal(): string }): boolean {
  const [left, right] = [Buffer.from(a.reveal()), Buffer.from(b.reveal())];
  return left.length === right.length && timingSafeEqual(left, right);
}
