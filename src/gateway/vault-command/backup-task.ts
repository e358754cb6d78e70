import { performance } from 'node:perf_hooks';
import { existsSync } from 'node:fs';
import { FixConfiguration, SnowballError } from '#domain/errors.ts';
import { join } from 'node:path';
import { lockFile } from '#journal/file-lock.ts';
import { homeLayout } from '#link/home-layout.ts';
import { readBytes } from '#vault/open-vault.ts';
import { drillBackup, restoreBackup, writeBackup } from '#vault/backup/backup.ts';
import { askSheet, needVault, noteCare, seenVault, withKey, withVault, type Outcome, type Stage } from './stage.ts';

interface Filed {
  readonly file: string;
}

/** `snowball vault backup FILE`: an age file for the recovery sheet; nothing in it can be read without that. */
export async function backup(stage: Stage<Filed & { readonly kind: 'backup' }>): Promise<Outcome> {
  const { task, file, say } = stage;
  if (existsSync(task.file)) {
    throw new FixConfiguration(
      'vault.save',
      `Cannot write the backup "${task.file}": a file is there, wanted a new name`,
    );
  }
  return await withVault(stage, async (vault) => {
    const bytes = await writeBackup(vault, file, task.file);
    await noteCare(file, { backedUpAt: Temporal.Now.instant().toString() });
    return {
      text: say(
        `"${task.file}"에 백업했어요. 다른 곳에 옮겨 두고 "snowball vault drill"로 열리는지 확인해 주세요.`,
        `Backed up to "${task.file}": keep it elsewhere, and try it with "snowball vault drill".`,
      ),
      json: { file: task.file, bytes, generation: vault.generation },
    };
  });
}

/** `snowball vault restore FILE`: the backup takes the vault's place, under a generation that nobody saw yet. */
export async function restore(stage: Stage<Filed & { readonly kind: 'restore' }>): Promise<Outcome> {
  const { task, file, say, request } = stage;
  const release = standStill(request.home);
  try {
    const sheet = await askSheet(stage);
    await readBytes(task.file);
    const vault = await restoreBackup(task.file, file, sheet, seenVault(request.home)?.generation ?? 0);
    const { generation } = vault;
    const names = vault.names().map(({ name }) => name);
    vault.seal();
    return {
      text: say(
        `금고를 되돌렸어요. 비밀 ${names.length}개가 들어 있어요. 원래 파일은 ".before-restore"로 옆에 남겼어요.`,
        `The vault is restored with ${names.length} secrets. What was there is beside it as ".before-restore".`,
      ),
      json: { generation, names },
    };
  } finally {
    release();
  }
}

/** `snowball vault drill FILE`: restores into a temporary folder and compares every value. */
export async function drill(stage: Stage<Filed & { readonly kind: 'drill' }>): Promise<Outcome> {
  const { task, file, say } = stage;
  const startedAt = performance.now();
  needVault(stage);
  const sheet = await askSheet(stage);
  const key = { kind: 'recovery', sheet: sheet.key } as const;
  const result = await withKey(stage, key, (vault) => drillBackup(vault, task.file, sheet));
  if (result.different.length > 0) {
    throw new FixConfiguration(
      'vault.drill',
      `The backup opens but is older than the vault: ${result.different.join(', ')} differ, wanted the same values. Back up again`,
    );
  }
  await noteCare(file, { drilledAt: Temporal.Now.instant().toString() });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  return {
    text: say(
      `백업이 ${seconds}초 만에 열렸고, 비밀 ${result.secrets}개가 모두 같아요.`,
      `The backup opened in ${seconds} s, and all ${result.secrets} secrets are the same.`,
    ),
    json: { ...result, seconds: Number(seconds) },
  };
}

/** Holds the journal, so that no gateway runs on the vault that is replaced. @throws {FixConfiguration} vault.in-use */
function standStill(home: string): () => void {
  const folder = homeLayout(home).gateway;
  if (!existsSync(folder)) return () => {};
  try {
    const lock = lockFile(join(folder, 'journal.lock'));
    return () => lock.release();
  } catch (error) {
    if (!(error instanceof SnowballError) || error.code !== 'journal.locked') throw error;
    throw new FixConfiguration('vault.in-use', 'Cannot restore the vault: Snowball runs with it, wanted it stopped', {
      cause: error,
    });
  }
}
